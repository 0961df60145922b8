import { needSeat } from '../src/actions/find.ts';
import { scorecardCard } from '../src/cards/scorecard.ts';
import { loadScorecards } from '../src/queries/scorecard.ts';
import { seatsAround } from '../src/queries/scope.ts';
import { paragraph } from '../src/ui/card.ts';
import { bold } from '../src/ui/text.ts';
import type { Command } from './command.ts';
import { say, toAll } from './reply.ts';

export const scorecardCommand: Command = {
  name: 'scorecard',
  aliases: ['numbers'],
  summary: 'The last thirteen weeks, as a picture and a table',
  examples: ['scorecard claims', 'scorecard'],
  verbs: [
    {
      name: '',
      usage: 'scorecard [seat]',
      summary: 'of one seat, or of all that report in this channel',
      positional: ['seat'],
      async run(asked, input) {
        const db = asked.store.read;
        const now = asked.clock.now();
        if (input['seat'] !== undefined) {
          const seat = await needSeat(db, asked.org, input['seat']);
          const cards = await loadScorecards(db, asked.org, asked.zone, [seat], now);
          return toAll(scorecardCard(cards, seat.name, now, `scorecard ${seat.key}`));
        }
        const { name, seats } = await seatsAround(db, asked.org, await asked.channel());
        if (seats.length === 0)
          return say('No seats yet', paragraph('Add the first one: ', bold('seat add')));
        return toAll(
          scorecardCard(await loadScorecards(db, asked.org, asked.zone, seats, now), name, now, 'scorecard'),
        );
      },
    },
  ],
};
