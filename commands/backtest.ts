import { needAnyMetric, needSeat } from '../src/actions/find.ts';
import { backtestCard } from '../src/cards/backtest.ts';
import { backtest } from '../src/domain/drift/backtest.ts';
import { invalid } from '../src/errors.ts';
import { loadBehaviour } from '../src/queries/drift.ts';
import { commandButton } from '../src/ui/card.ts';
import type { Command } from './command.ts';
import { asksOf } from './backtest-asks.ts';
import { openForm, toMe } from './reply.ts';

export const backtestCommand: Command = {
  name: 'backtest',
  summary: 'When past numbers would have opened an issue',
  examples: ['backtest claims acceptance', 'backtest'],
  verbs: [
    {
      name: '',
      usage: 'backtest [seat] [metric]',
      summary:
        'in which weeks an issue would have opened, why, and who would have been asked, at each sensitivity; alone it opens a form for numbers to paste or upload',
      positional: ['seat', 'metric'],
      named: ['seat', 'metric'],
      async run(asked, input) {
        if (input['seat'] === undefined || input['metric'] === undefined)
          return openForm('backtest', { ...input });
        const db = asked.store.read;
        const seat = await needSeat(db, asked.org, input['seat']);
        const metric = await needAnyMetric(db, asked.org, seat, input['metric']);
        const { history, options } = await loadBehaviour(db, asked.org, seat, metric, asked.clock.now());
        if (history.periods.length === 0) {
          throw invalid(
            `${metric.name} has no readings yet. Past ones can be pasted: they are looked at, and nothing is kept.`,
            { hint: `backtest ${seat.key}` },
          );
        }
        const { said: _, sensitivity: __, ...detecting } = options;
        return toMe(
          backtestCard({
            metric,
            seatName: seat.name,
            history: history.periods,
            results: backtest(history.periods, detecting),
            asks: await asksOf(asked, seat.id, metric.owner),
            picture: { name: 'behaviour', args: { metric: metric.id, at: history.periods.at(-1)!.start } },
            buttons: [commandButton('Show the number', `scorecard ${seat.key} ${metric.key}`)],
            rest: `backtest ${seat.key} ${metric.key}`,
          }),
        );
      },
    },
  ],
};
