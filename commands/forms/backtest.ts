import { needSeat } from '../../src/actions/find.ts';
import { backtestCard } from '../../src/cards/backtest.ts';
import { backtest } from '../../src/domain/drift/backtest.ts';
import { boundsOf } from '../../src/domain/drift/bounds.ts';
import {
  type LineFault,
  MOST_PASTED,
  type Pasted,
  readPasted,
  watchedOf,
} from '../../src/domain/drift/pasted.ts';
import { DIRECTIONS, type Target, parseNumber } from '../../src/domain/metric.ts';
import { CADENCES } from '../../src/domain/period.ts';
import { invalid } from '../../src/errors.ts';
import { formButton, paragraph } from '../../src/ui/card.ts';
import type { Field } from '../../src/ui/form.ts';
import { asksOf } from '../backtest-asks.ts';
import type { Asked } from '../command.ts';
import type { Filled, FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { initial, seatField, texts } from './fields.ts';
import { textIn } from './given-file.ts';
import { cadenceField, directionField } from './metric-fields.ts';

const number = (name: string, label: string, hint: string, known: string | undefined): Field => ({
  kind: 'number',
  name,
  label,
  hint,
  optional: true,
  ...initial(known),
});

/** Past numbers to look at: nothing of it is kept. */
export const backtestForm: FormSpec = {
  name: 'backtest',
  args: texts,
  open: async (asked, args) => ({
    name: 'backtest',
    args: {},
    title: 'Backtest numbers',
    submit: 'Look',
    items: [
      {
        kind: 'hint',
        body: paragraph(
          'Give past numbers and see in which periods an issue would have opened. They are looked at, and nothing is kept.',
        ),
      },
      {
        kind: 'long_text',
        name: 'numbers',
        label: 'Numbers',
        optional: true,
        max: 3000,
        placeholder: '2026-W40, 91.5',
        hint: `One a line, oldest first, with or without period; “-” where there was none. At most ${MOST_PASTED}.`,
        ...initial(args['numbers']),
      },
      {
        kind: 'file',
        name: 'file',
        label: 'Or a file',
        optional: true,
        types: ['csv', 'txt'],
        hint: 'A text or CSV file: period, value.',
      },
      {
        kind: 'text',
        name: 'name',
        label: 'Name',
        optional: true,
        max: 80,
        placeholder: 'Acceptance rate',
        ...initial(args['name']),
      },
      {
        kind: 'text',
        name: 'unit',
        label: 'Unit',
        optional: true,
        max: 20,
        placeholder: '%',
        ...initial(args['unit']),
      },
      { ...cadenceField(args['cadence'] ?? 'weekly'), hint: 'What a number is for.' },
      { ...directionField(args['direction']), optional: true },
      number(
        'target',
        'Target',
        'Without one, only statistics judge. Of a range: its lower end.',
        args['target'],
      ),
      number('targetHigh', 'Upper end', 'Only for a range.', args['targetHigh']),
      number('tolerance', 'Tolerance', 'How far beyond the target is still yellow.', args['tolerance']),
      { ...(await seatField(asked, args['seat'])), optional: true, hint: 'Its owners would be asked.' },
    ],
  }),
  async submit(asked, _args, filled) {
    const text = (name: string): string | undefined => {
      const value = filled[name];
      return typeof value === 'string' ? value : undefined;
    };
    const cadence = CADENCES.find((c) => c === filled['cadence']) ?? 'weekly';
    const { periods } = pastedIn(asked, filled, cadence);
    const target = targetIn(filled);
    const seatKey = text('seat');
    const seat = seatKey === undefined ? undefined : await needSeat(asked.store.read, asked.org, seatKey);
    const unit = text('unit') ?? '';
    const metric = { name: text('name') ?? 'This number', unit, cadence, source: 'chat' } as const;
    const history = watchedOf(periods, target);
    const values = history.map(({ value }) => value);
    const known = Object.fromEntries(
      ['seat', 'name', 'unit', 'direction', 'target', 'targetHigh', 'tolerance', 'cadence'].flatMap(
        (name) => {
          const value = text(name);
          return value === undefined ? [] : [[name, value]];
        },
      ),
    );
    return toMe(
      backtestCard({
        metric,
        seatName: seat?.name,
        history,
        results: backtest(history, boundsOf(unit, values)),
        asks: await asksOf(asked, seat?.id ?? null, seat === undefined ? null : asked.me.id),
        picture: {
          name: 'backtest',
          args: {
            name: metric.name,
            ...(seat === undefined ? {} : { seat: seat.name }),
            unit,
            cadence,
            target: target === null ? null : { ...target },
            last: history.at(-1)!.period,
            values: values.map((value) => (value === null ? null : Number(value.toPrecision(6)))),
          },
        },
        buttons: [formButton('Add this number', 'metric.add', known, { style: 'primary' })],
      }),
    );
  },
};

const MOST_NAMED = 8;

const told = (faults: readonly LineFault[]): string => {
  const named = faults.slice(0, MOST_NAMED).map(({ line, say }) => `Line ${line}: ${say}`);
  const more = faults.length - named.length;
  return `${named.join(' ')}${more > 0 ? ` And ${more} more.` : ''}`;
};

/** Throws `invalid` beside the field in which a line is wrong. */
function pastedIn(asked: Asked, filled: Filled, cadence: (typeof CADENCES)[number]): Pasted {
  const file = textIn(filled, 'file');
  const field = file === undefined ? 'numbers' : 'file';
  const given = file ?? filled['numbers'];
  if (typeof given !== 'string') {
    const say = 'Paste past numbers here, one a line, or choose a file.';
    throw invalid(say, { fields: { numbers: say } });
  }
  if (field === 'file' && typeof filled['numbers'] === 'string') {
    const say = 'Give either pasted numbers or a file, not both.';
    throw invalid(say, { fields: { numbers: say } });
  }
  const pasted = readPasted(given, cadence, asked.clock.now(), asked.zone);
  if (pasted.faults.length > 0)
    throw invalid(told(pasted.faults), { fields: { [field]: told(pasted.faults) } });
  if (!pasted.periods.some(({ value }) => value !== null)) {
    const say = 'There is no number in it.';
    throw invalid(say, { fields: { [field]: say } });
  }
  return pasted;
}

/** Null when no target is given: then only statistics judge. */
function targetIn(filled: Filled): Target | null {
  const read = (name: string): number | undefined => {
    const typed = filled[name];
    if (typeof typed !== 'string') return undefined;
    const value = parseNumber(typed);
    if (value !== undefined) return value;
    const say = `“${typed.slice(0, 40).toWellFormed()}” is not a number. Give it like 0.92, 92 or 1,5.`;
    throw invalid(say, { fields: { [name]: say } });
  };
  const [target, high, tolerance] = [read('target'), read('targetHigh'), read('tolerance') ?? 0];
  if (target === undefined) return null;
  const direction = DIRECTIONS.find((one) => one === filled['direction']);
  if (direction === undefined)
    throw invalid('A target needs to know what is good.', { fields: { direction: 'Choose what is good.' } });
  if (tolerance < 0)
    throw invalid('The tolerance cannot be negative.', { fields: { tolerance: 'Give 0 or more.' } });
  if (direction === 'range' && (high === undefined || high < target)) {
    const say = 'Give the upper end, not below the target.';
    throw invalid(say, { fields: { targetHigh: say } });
  }
  return { direction, target, targetHigh: direction === 'range' ? (high ?? null) : null, tolerance };
}
