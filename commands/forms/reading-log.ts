import { logReadings } from '../../src/actions/reading/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { formatTarget } from '../../src/domain/metric.ts';
import { dueAt } from '../../src/domain/period.ts';
import { CoxswainError, invalid } from '../../src/errors.ts';
import { type MissingNumber, missingNumbers } from '../../src/queries/missing.ts';
import { commandButton, buttons, paragraph } from '../../src/ui/card.ts';
import type { Field, Form } from '../../src/ui/form.ts';
import { clip } from '../../src/text.ts';
import type { Asked } from '../command.ts';
import type { Args, FormSpec } from '../form.ts';
import { loggedCard } from '../logged.ts';
import { openForm, say } from '../reply.ts';
import { initial, seatField, texts } from './fields.ts';

/** Numbers on one page: what both platforms show without trouble. The rest follows on the next page. */
const PAGE = 20;

/** A reminder asks for what a digest will miss: `until` is when it comes. What has not begun by now is not asked for. */
async function missing(asked: Asked, until?: string): Promise<MissingNumber[]> {
  const { store, org, zone, me, clock } = asked;
  const now = clock.now();
  const at = Math.max(now, Number(until ?? now) || now);
  const found = await missingNumbers(store.read, org, zone, me.id, at);
  return found
    .filter(({ period }) => period.start <= now)
    .map((number) => ({ ...number, late: dueAt(number.period, zone) <= now }));
}

/** All missing numbers of a person, one field each. Without any, one number can be chosen and logged. */
async function open(asked: Asked, args: Args): Promise<Form> {
  const all = args['seat'] === undefined ? await missing(asked, args['until']) : [];
  if (all.length === 0) return single(asked, args);
  const page = all.slice(0, PAGE);
  const more = all.length > PAGE ? ` These are ${PAGE} of ${all.length}; the next ones follow.` : '';
  return {
    name: 'reading.log',
    args: { numbers: page.map((m) => `${m.seat.key}/${m.metric.key}/${m.period.key}`).join(' ') },
    title: 'Log your numbers',
    submit: 'Log',
    items: [
      { kind: 'hint', body: paragraph(`Leave a number empty when you do not have it yet.${more}`) },
      ...page.map((m, i): Field => ({
        kind: 'number',
        name: `value_${i}`,
        label: clip(
          `${m.metric.name} of ${m.seat.name}${m.metric.unit === '' ? '' : ` (${m.metric.unit})`}${beforeIn(page, i)}`,
          140,
        ),
        hint: `For ${m.period.key}${m.late ? ', late' : ''}; target ${formatTarget(m.metric, m.metric.unit)}.${alsoMissing(m)}`,
        optional: true,
      })),
      { kind: 'text', name: 'note', label: 'Note', optional: true, max: 1000 },
    ],
  };
}

/** The period in the label of a number that is asked for more than once. */
const beforeIn = (page: readonly MissingNumber[], i: number): string =>
  page[i - 1]?.metric.id === page[i]!.metric.id ? `, ${page[i]!.period.key}` : '';

/** Only the newest day is asked for; the earlier ones have to be typed, or come in a file. */
function alsoMissing({ seat, metric, earlier }: MissingNumber): string {
  const [next, ...others] = earlier;
  if (next === undefined) return '';
  const which = others.length === 0 ? next.key : `${next.key} and ${others.length} before it`;
  return ` Missing too: ${which}; type log ${seat.key} ${metric.key} <value> period=${next.key}.`;
}

const single = async (asked: Asked, args: Args): Promise<Form> => ({
  name: 'reading.log',
  args: {},
  title: 'Log a number',
  submit: 'Log',
  items: [
    ...(args['seat'] === undefined
      ? [
          {
            kind: 'hint' as const,
            body: paragraph('None of your numbers is missing. You can log any number of your seats.'),
          },
        ]
      : []),
    await seatField(asked, args['seat']),
    {
      kind: 'text',
      name: 'metric',
      label: 'Number',
      hint: 'Its key, for example acceptance.',
      max: 30,
      ...initial(args['metric']),
    },
    { kind: 'number', name: 'value', label: 'Value' },
    {
      kind: 'text',
      name: 'period',
      label: 'Period',
      optional: true,
      max: 40,
      placeholder: '2026-W47',
      hint: 'Left empty, it is for the period that is awaited.',
      ...initial(args['period']),
    },
    { kind: 'text', name: 'note', label: 'Note', optional: true, max: 1000 },
  ],
});

export const readingLogForm: FormSpec = {
  name: 'reading.log',
  args: texts,
  open,
  async submit(asked, args, filled) {
    const note = filled['note'] === undefined ? {} : { note: filled['note'] };
    if (args['numbers'] === undefined) {
      const result = await perform(asked, logReadings, { readings: [{ ...filled }] });
      return say(...loggedCard(result.logged));
    }
    const fields = args['numbers']
      .split(' ')
      .map((number, i) => [...number.split('/'), `value_${i}`] as const);
    const given = fields.flatMap(([seat, metric, period, field]) =>
      filled[field!] === undefined
        ? []
        : [{ reading: { seat, metric, period, value: filled[field!], ...note }, field: field! }],
    );
    if (given.length === 0)
      throw invalid('No number was filled in.', { fields: { value_0: 'Fill in at least one number.' } });
    const result = await perform(asked, logReadings, { readings: given.map((g) => g.reading) }).catch(
      (error: unknown) => {
        throw besideFields(
          error,
          given.map((g) => g.field),
        );
      },
    );
    const left = await missing(asked);
    if (left.length > 0 && given.length === fields.length) return openForm('reading.log', {});
    return say(
      ...loggedCard(result.logged),
      ...(left.length === 0 ? [] : [buttons(commandButton('Log the rest', 'log'))]),
    );
  },
};

/** The action counts the readings it was given; the form has a field for each number, also the empty ones. */
function besideFields(error: unknown, fields: readonly string[]): unknown {
  if (!(error instanceof CoxswainError)) return error;
  const beside = Object.entries(error.fields).flatMap(([name, sentence]) => {
    const at = /^(?:value_|readings\.)(\d+)$/.exec(name)?.[1];
    return at === undefined ? [] : [[fields[Number(at)] ?? 'value_0', sentence]];
  });
  return new CoxswainError(error.code, error.message, {
    fields: beside.length === 0 ? { [fields[0] ?? 'value_0']: error.message } : Object.fromEntries(beside),
  });
}
