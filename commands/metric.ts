import {
  addMetric,
  editMetric,
  noteReading,
  pauseMetric,
  resumeMetric,
  setTarget,
} from '../src/actions/metric/index.ts';
import { setBaseline } from '../src/actions/drift/index.ts';
import { needAnyMetric, needSeat } from '../src/actions/find.ts';
import { perform } from '../src/actions/perform.ts';
import { baselineCard } from '../src/cards/behaviour.ts';
import { catalogueCard, metricListCard, numberCard, targetCard } from '../src/cards/metric.ts';
import { parseNumber } from '../src/domain/metric.ts';
import { usualMetric } from '../src/domain/metric-catalogue.ts';
import { invalid } from '../src/errors.ts';
import { loadMetricLines } from '../src/queries/metric.ts';
import { seatsAround } from '../src/queries/scope.ts';
import { paragraph } from '../src/ui/card.ts';
import type { Asked, Command } from './command.ts';
import { needPerson } from './people.ts';
import { openForm, say, toMe } from './reply.ts';
import { shownMetric } from './metric-shown.ts';

type Input = Readonly<Record<string, string>>;

/** The person that was typed, as an id. */
const ownerIn = async (asked: Asked, { owner }: Input): Promise<{ owner?: string }> =>
  owner === undefined ? {} : { owner: (await needPerson(asked, owner)).id };

const lower = (input: Input, names: readonly string[]): Input =>
  Object.fromEntries(
    Object.entries(input).map(([name, text]) => [name, names.includes(name) ? text.toLowerCase() : text]),
  );

const WORDS = ['category', 'direction', 'cadence', 'source', 'sensitivity'];

/** `metric add claims acceptance-rate 90 5`: of a usual number only target and tolerance are typed. */
function usualInput(input: Input): Input {
  const { key, category, unit, ...rest } = input;
  const short =
    key !== undefined &&
    category !== undefined &&
    usualMetric(key) !== undefined &&
    parseNumber(category) !== undefined &&
    input['direction'] === undefined;
  if (!short) return input;
  return { ...rest, key, target: category, ...(unit === undefined ? {} : { tolerance: unit }) };
}

/** Seat and metric, or a sentence about which of them is not there. */
function named(input: Input, verb: string): { seat: string; metric: string } {
  const { seat, metric } = input;
  if (seat !== undefined && metric !== undefined) return { seat, metric };
  throw invalid(
    seat === undefined ? 'Which number? Name its seat and its key.' : `Which number of ${seat}?`,
    {
      hint: `metric ${verb} ${seat ?? 'claims'} acceptance`,
    },
  );
}

export const metricCommand: Command = {
  name: 'metric',
  aliases: ['metrics'],
  summary: 'The numbers of a seat',
  examples: [
    'metric add claims acceptance-rate 90',
    'metric add claims acceptance quality % higher 90 5',
    'metric add claims latency system ms lower 800 200 owner=@bo cadence=daily source=api',
    'metric target claims acceptance 92 because="The new prompt holds"',
    'metric pause claims acceptance because="Migration until May"',
  ],
  verbs: [
    {
      name: 'add',
      usage:
        'metric add <seat> <key> <system|quality|business|adoption> <unit> <higher|lower|range> <target> [tolerance] [high=…] [owner=@person] [name="…"]',
      summary:
        'add a number; one of “metric catalogue” needs only its target: metric add claims acceptance-rate 90; alone it opens a form',
      positional: ['seat', 'key', 'category', 'unit', 'direction', 'target', 'tolerance'],
      named: [
        'seat',
        'key',
        'name',
        'category',
        'unit',
        'direction',
        'target',
        'tolerance',
        'targetHigh|high',
        'cadence',
        'source',
        'sensitivity',
        'owner',
      ],
      async run(asked, typed) {
        const input = usualInput(typed);
        if (input['target'] === undefined) return openForm('metric.add', { ...input });
        const owner = await ownerIn(asked, input);
        const metric = await perform(asked, addMetric, { ...lower(input, WORDS), ...owner });
        return toMe(numberCard(metric));
      },
    },
    {
      name: 'list',
      usage: 'metric list [seat]',
      summary: 'all numbers with target, cadence, owner and what is awaited, also the paused ones',
      positional: ['seat'],
      async run(asked, input) {
        const db = asked.store.read;
        if (input['seat'] !== undefined) {
          const seat = await needSeat(db, asked.org, input['seat']);
          const lines = await loadMetricLines(db, asked.org, [seat]);
          return toMe(metricListCard(lines, `of ${seat.name}`, `metric list ${seat.key}`));
        }
        const { name, seats } = await seatsAround(db, asked.org, await asked.channel());
        return toMe(metricListCard(await loadMetricLines(db, asked.org, seats), `of ${name}`, 'metric list'));
      },
    },
    {
      name: 'show',
      usage: 'metric show <seat> <metric>',
      summary: 'one number: target and earlier targets, baseline, last readings with notes and corrections',
      positional: ['seat', 'metric'],
      async run(asked, input) {
        const { seat, metric } = named(input, 'show');
        return toMe(await shownMetric(asked, seat, metric));
      },
    },
    {
      name: 'edit',
      usage:
        'metric edit <seat> <metric> [name="…"] [owner=@person] [cadence=daily] [source=api] [sensitivity=quiet] [category=…] [unit=…]',
      summary: 'change what a number is; with seat and metric alone it opens a form',
      positional: ['seat', 'metric'],
      named: ['seat', 'metric', 'name', 'owner', 'cadence', 'source', 'sensitivity', 'category', 'unit'],
      async run(asked, input) {
        const { seat, metric } = named(input, 'edit');
        if (Object.keys(input).length === 2) return openForm('metric.edit', { seat, metric });
        const owner = await ownerIn(asked, input);
        await perform(asked, editMetric, { ...lower(input, WORDS), ...owner });
        return toMe(await shownMetric(asked, seat, metric));
      },
    },
    {
      name: 'target',
      usage: 'metric target <seat> <metric> <target> [tolerance] [high=…] [direction=higher] because="…"',
      summary: 'another target from now on; without a reason it opens a form',
      positional: ['seat', 'metric', 'target', 'tolerance'],
      named: ['seat', 'metric', 'target', 'tolerance', 'targetHigh|high', 'direction', 'because|reason'],
      async run(asked, input) {
        const about = named(input, 'target');
        if (input['target'] === undefined || input['because'] === undefined)
          return openForm('metric.target', { ...input, ...about });
        return toMe(targetCard(await perform(asked, setTarget, lower(input, WORDS))));
      },
    },
    {
      name: 'pause',
      usage: 'metric pause <seat> <metric> because="…"',
      summary: 'await nothing and judge nothing for now; without a reason it opens a form',
      positional: ['seat', 'metric'],
      named: ['seat', 'metric', 'because|reason'],
      async run(asked, input) {
        const { seat, metric } = named(input, 'pause');
        if (input['because'] === undefined) return openForm('metric.pause', { seat, metric });
        await perform(asked, pauseMetric, input);
        return toMe(await shownMetric(asked, seat, metric));
      },
    },
    {
      name: 'resume',
      usage: 'metric resume <seat> <metric>',
      summary: 'await it again, from the present period on',
      positional: ['seat', 'metric'],
      async run(asked, input) {
        const { seat, metric } = named(input, 'resume');
        const resumed = await perform(asked, resumeMetric, { seat, metric });
        return say(
          `${resumed.name} is no longer paused`,
          paragraph(`Its value for ${resumed.awaited} is awaited; the periods of the pause are not.`),
        );
      },
    },
    {
      name: 'baseline',
      aliases: ['rebaseline'],
      usage: 'metric baseline <seat> <metric> from=<period> because="…"',
      summary: 'say that a new normal began: from then on drift is judged against the readings since',
      positional: ['seat', 'metric', 'from'],
      named: ['seat', 'metric', 'from|since', 'because|reason'],
      async run(asked, input) {
        const about = named(input, 'baseline');
        if (input['from'] === undefined || input['because'] === undefined) {
          throw invalid('A new baseline needs the period with which it begins, and the reason.', {
            hint: `metric baseline ${about.seat} ${about.metric} from=2026-W40 because="The new form is live"`,
          });
        }
        const set = await perform(asked, setBaseline, input);
        return toMe(baselineCard(set));
      },
    },
    {
      name: 'note',
      usage: 'metric note <seat> <metric> <period> "…"',
      summary: 'note something on a value that was logged; the value stays',
      positional: ['seat', 'metric', 'period', '...note'],
      named: ['seat', 'metric', 'period', 'note'],
      async run(asked, input) {
        const { seat, metric } = named(input, 'note');
        if (input['period'] === undefined || input['note'] === undefined) {
          const of = await needSeat(asked.store.read, asked.org, seat);
          const { duePeriod } = await needAnyMetric(asked.store.read, asked.org, of, metric);
          throw invalid('A note needs the period of its value, and what is to be noted.', {
            hint: `metric note ${seat} ${metric} ${input['period'] ?? duePeriod} "Half the team was away"`,
          });
        }
        await perform(asked, noteReading, input);
        return toMe(await shownMetric(asked, seat, metric));
      },
    },
    {
      name: 'catalogue',
      aliases: ['catalog', 'usual'],
      usage: 'metric catalogue',
      summary: 'the usual numbers of each category, and how they are counted',
      positional: [],
      answer: () => toMe(catalogueCard()),
    },
  ],
};
