import { RECORD_KEYS, type RecordKey, fieldOf } from '../domain/inventory.ts';
import type { SeatRecord } from '../queries/seat-record.ts';
import { clip } from '../text.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  facts,
  formButton,
  note,
} from '../ui/card.ts';
import { type Text, code, date } from '../ui/text.ts';

/** Of a long text as much stands in a card; the export has all of it. */
const SHOWN = 600;
/** As many of the texts beyond the record's own fields. */
const SHOWN_EXTRA = 12;

const said = (view: SeatRecord, key: RecordKey): string | undefined => {
  const value = view.record[key];
  const text = typeof value === 'string' ? value : (value ?? []).join(' · ');
  return text === '' ? undefined : clip(text, SHOWN);
};

export const missingWords = (missing: readonly RecordKey[]): string =>
  missing.map((key) => fieldOf(key).title.toLowerCase()).join(', ');

/** `seat record`: all that the inventory says of a seat, and what is missing by name. */
export function seatRecordCard(view: SeatRecord): Card {
  const { seat, record, vendors, missing, origin, zone } = view;
  const fields = RECORD_KEYS.flatMap((key): (readonly [string, Text])[] => {
    const text = said(view, key);
    return text === undefined ? [] : [[fieldOf(key).title, text]];
  });
  const named = vendors.map(({ name, key }) => `${name} (${key})`).join(', ');
  const extra = Object.entries(record.extra);
  const from =
    origin.importedFrom === null
      ? []
      : [['Imported from', `${origin.importedFrom}, ${origin.externalId ?? ''}`] as const];
  const all = [...fields, ...(named === '' ? [] : [['Vendors', named] as const]), ...from];
  const body: Element[] = [
    ...(all.length === 0 ? [] : [facts(...all)]),
    ...(extra.length === 0
      ? []
      : [
          facts(
            ...extra
              .slice(0, SHOWN_EXTRA)
              .map(([name, text]) => [clip(name, 80), clip(text === '' ? '–' : text, 200)] as const),
          ),
        ]),
    ...(extra.length > SHOWN_EXTRA
      ? [
          note(
            `${extra.length - SHOWN_EXTRA} more texts of the imported inventory: `,
            code(`seat export ${seat.key}`),
          ),
        ]
      : []),
    note(
      missing.length === 0
        ? 'Every field of the record says something.'
        : `Missing: ${missingWords(missing)}.`,
      ...(vendors.length === 0 && seat.holder === 'ai' ? [' No vendor is named.'] : []),
    ),
    ...(view.updatedAt === undefined
      ? []
      : [
          note(
            'Changed ',
            date(view.updatedAt, zone),
            view.updatedBy === undefined ? '' : ` by ${view.updatedBy}`,
          ),
        ]),
    buttons(
      formButton('Edit the record', 'seat.record', { seat: seat.key }),
      commandButton('Show the seat', `seat show ${seat.key}`),
      commandButton('History', `seat history ${seat.key}`),
    ),
  ];
  return card(`Record of ${seat.name}`, body, {
    fallback: `Record of ${seat.name} (${seat.key}): ${missing.length === 0 ? 'complete' : `${missing.length} fields are missing`}`,
    rest: `seat export ${seat.key}`,
  });
}
