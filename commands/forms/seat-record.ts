import { needSeat } from '../../src/actions/find.ts';
import { assertMay, perform } from '../../src/actions/perform.ts';
import { editSeat } from '../../src/actions/seat/index.ts';
import { type RecordKey, fieldOf, isList } from '../../src/domain/inventory.ts';
import { type SeatRecord, loadSeatRecord } from '../../src/queries/seat-record.ts';
import { vendorOptions } from '../../src/queries/vendor.ts';
import { CoxswainError } from '../../src/errors.ts';
import { paragraph } from '../../src/ui/card.ts';
import type { Field, Hint } from '../../src/ui/form.ts';
import { bold } from '../../src/ui/text.ts';
import type { Asked } from '../command.ts';
import type { Args, Filled, FormSpec } from '../form.ts';
import { openForm, toMe } from '../reply.ts';
import { changedSentence } from '../../src/cards/seat.ts';
import { shownRecord } from '../seat-record.ts';
import { initial, severalOf, texts } from './fields.ts';

/** A longer text does not fit into a field of Slack's (3,000 characters), and would be cut when it is sent back. */
const FITS = 3000;

const PAGES: readonly (readonly RecordKey[])[] = [
  ['useCase', 'users', 'dataSources', 'integrations'],
  ['modelClass', 'modelProvider', 'posture', 'source'],
];
const LAST = PAGES.length - 1;

const HINTS: Readonly<Record<RecordKey, string>> = {
  useCase: 'The job in today’s work, and what is expected of it.',
  users: 'Who works with it, and how many they are.',
  dataSources: 'One a line.',
  modelClass: 'For example: large language model, classifier, forecast.',
  modelProvider: 'Who makes or runs the model.',
  integrations: 'Systems that it reads from or writes to, one a line.',
  posture: 'What law and supervision demand here, and how it is met.',
  source: 'Who asked for it, or from where it was taken over.',
};

const present = ({ record }: SeatRecord, key: RecordKey): string => {
  const value = record[key];
  return typeof value === 'string' ? value : (value ?? []).join('\n');
};

function fieldFor(view: SeatRecord, key: RecordKey): Field {
  const { title, most } = fieldOf(key);
  const text = present(view, key);
  const tooLong = text.length > FITS;
  const short = most <= 300;
  return {
    kind: short ? 'text' : 'long_text',
    name: key,
    label: title,
    optional: true,
    max: short ? most : FITS,
    hint: tooLong
      ? `It says ${text.length} characters, more than fit here: left empty, all of it stays; what you write replaces it.`
      : HINTS[key],
    ...initial(tooLong || text === '' ? undefined : text),
  };
}

async function vendorField(asked: Asked, view: SeatRecord): Promise<Field | Hint> {
  const options = await vendorOptions(asked.store.read, asked.org);
  const keys = view.vendors.map((vendor) => vendor.key);
  const field = { name: 'vendors', label: 'Vendors', optional: true } as const;
  if (options.length === 0)
    return { kind: 'hint', body: paragraph('No vendor is recorded yet: ', bold('vendor add')) };
  return { ...field, ...severalOf('vendors', options, keys) };
}

const pageOf = (args: Args): number => (args['page'] === '1' ? 1 : 0);

/** The fields that were on this page: an empty one says nothing any more, unless its text did not fit. */
function recordIn(page: number, args: Args, filled: Filled): Record<string, string> {
  const long = (args['long'] ?? '').split(' ');
  const asked = (args['asked'] ?? '').split(' ');
  return Object.fromEntries(
    PAGES[page]!.filter((key) => asked.includes(key)).flatMap((key) => {
      const text = filled[key];
      if (typeof text === 'string') return [[key, isList(key) ? text : text.trim()]];
      return long.includes(key) ? [] : [[key, '']];
    }),
  );
}

/** The action tells faults of the record below `record`; here its fields stand by themselves. */
const besideFields = (error: unknown): never => {
  if (!(error instanceof CoxswainError)) throw error;
  const fields = Object.fromEntries(
    Object.entries(error.fields).map(([name, text]) => [name.replace(/^record\./, ''), text]),
  );
  throw new CoxswainError(error.code, error.message, {
    fields,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
};

/** The inventory record in two pages. Each is saved when it is sent, so closing the second loses nothing. */
export const seatRecordForm: FormSpec = {
  name: 'seat.record',
  args: texts,
  async open(asked, args) {
    await assertMay(asked, editSeat, { seat: args['seat'] ?? '' });
    const db = asked.store.read;
    const seat = await needSeat(db, asked.org, args['seat'] ?? '');
    const view = await loadSeatRecord(db, asked.org, seat);
    const page = pageOf(args);
    const keys = PAGES[page]!.filter(
      (key) => seat.holder === 'ai' || (key !== 'modelClass' && key !== 'modelProvider'),
    );
    const vendors = page === LAST ? await vendorField(asked, view) : undefined;
    const long = keys.filter((key) => present(view, key).length > FITS);
    return {
      name: 'seat.record',
      args: {
        seat: seat.key,
        page: String(page),
        seen: String(view.revision),
        asked: keys.join(' '),
        ...(long.length === 0 ? {} : { long: long.join(' ') }),
        ...(vendors?.kind === 'hint' || vendors === undefined ? {} : { vendors: 'asked' }),
      },
      title: `Record: page ${page + 1} of ${PAGES.length}`,
      submit: page === LAST ? 'Save' : 'Save, next page',
      items: [
        { kind: 'hint', body: paragraph(bold(seat.name)) },
        ...keys.map((key) => fieldFor(view, key)),
        ...(vendors === undefined ? [] : [vendors]),
      ],
    };
  },
  async submit(asked, args, filled) {
    const page = pageOf(args);
    const seat = args['seat'] ?? '';
    const vendors =
      page === LAST && args['vendors'] === 'asked' ? { vendors: filled['vendors'] ?? 'none' } : {};
    const record = recordIn(page, args, filled);
    const { changed } = await perform(asked, editSeat, {
      seat,
      seen: args['seen'],
      record,
      ...vendors,
    }).catch(besideFields);
    if (page < LAST) return openForm('seat.record', { seat, page: String(page + 1) });
    return toMe(await shownRecord(asked, seat, changedSentence(changed)));
  },
};
