import { RECORD_KEYS, fieldOf, missingOf } from '../domain/inventory.ts';
import { OWNER_ROLES, vacantOfFour } from '../domain/seat.ts';
import { VISIBLE_TO } from '../domain/visibility.ts';
import { latest } from '../domain/scorecard.ts';
import type { OwnerHistory, SeatView } from '../queries/seat.ts';
import { clip } from '../text.ts';
import {
  type Card,
  type Element,
  type Json,
  buttons,
  card,
  commandButton,
  facts,
  formButton,
  list,
  note,
  paragraph,
} from '../ui/card.ts';
import { type Text, bold, code, date, inlines, person } from '../ui/text.ts';
import { issueLine } from './issue.ts';
import { missingWords } from './seat-record.ts';
import { ruleElements } from './rule.ts';
import { cellStatus, readiness, value } from './say.ts';

function ownersOf({ owners }: SeatView): Element {
  const items = OWNER_ROLES.flatMap((role): Text[] => {
    const owner = owners.find((o) => o.role === role);
    if (owner === undefined) return [];
    const waiting = owner.acceptedAt === null ? ' (has not accepted yet)' : '';
    return [[bold(role), ': ', person(owner.person, owner.name), waiting]];
  });
  return items.length === 0 ? paragraph('It has no owners yet.') : list(items);
}

/** What the inventory says of it in a few words; `seat record` has all of it. */
function recordFacts({ record, vendors }: SeatView): (readonly [string, Text])[] {
  const model = [record.modelClass, record.modelProvider].filter((text) => text !== null).join(', ');
  return [
    ...(record.useCase === null ? [] : [['Use case', clip(record.useCase, 300)] as const]),
    ...(model === '' ? [] : [['Model', clip(model, 200)] as const]),
    ...(vendors.length === 0 ? [] : [['Vendors', vendors.map(({ name }) => name).join(', ')] as const]),
  ];
}

function recordNote({ seat, record }: SeatView): Element[] {
  const missing = missingOf(record, seat.holder);
  if (missing.length === 0) return [];
  return [note(`Missing in its record: ${missingWords(missing)}. `, code(`seat edit ${seat.key}`))];
}

/** `seat show`. */
export function seatCard(view: SeatView, now: number): Card {
  const { seat, zone, rows, issues, standing } = view;
  const vacant = vacantOfFour(view.owners);
  const numbers = rows.slice(0, 10).map((row): Text => {
    const cell = latest(row.cells);
    return [
      bold(row.metric.name),
      `: ${value(cell, row.metric.unit)} `,
      ...inlines(cellStatus(cell)),
      ` (target ${row.target})`,
    ];
  });
  const body: Element[] = [
    paragraph(seat.accountability),
    facts(
      ['Key', code(seat.key)],
      ['Stage', seat.halted ? `${seat.stage}, halted` : seat.stage],
      ['Risk', seat.risk],
      ['Holder', seat.holder === 'ai' ? 'AI' : 'human'],
      ['Agentic level', `${seat.level} of 8`],
      ['Readiness', readiness(standing, zone, view.nameOf)],
      [
        'Channel',
        view.channelName === undefined
          ? ['none; in a channel type ', code(`seat here ${seat.key}`)]
          : `#${view.channelName}`,
      ],
      ...(view.visibility === 'everyone' ? [] : [['Who sees it', VISIBLE_TO[view.visibility]] as const]),
      ...(view.parent === undefined ? [] : [['Reports to', view.parent.name] as const]),
      ...recordFacts(view),
    ),
    ...recordNote(view),
    ownersOf(view),
    ...(vacant.length === 0
      ? []
      : [note(`Vacant: ${vacant.join(', ')}. Without all four it cannot leave pilot.`)]),
    ...(numbers.length === 0 ? [note('No numbers yet: ', code(`metric add ${seat.key}`))] : [list(numbers)]),
    ...(rows.length > 10 ? [note(`${rows.length - 10} more numbers: `, code(`scorecard ${seat.key}`))] : []),
    ...ruleElements(view.rules, seat.key),
    ...(issues.length === 0 ? [] : [list(issues.slice(0, 5).map((line) => issueLine(line, now)))]),
    buttons(
      commandButton('Scorecard', `scorecard ${seat.key}`),
      formButton('Score readiness', 'score.full', { seat: seat.key }),
      formButton('Name an owner', 'seat.own', { seat: seat.key }),
      formButton('Raise an issue', 'issue.new', { seat: seat.key }),
      commandButton('Record', `seat record ${seat.key}`),
    ),
  ];
  return card(seat.name, body, {
    fallback: `${seat.name} (${seat.key}), ${seat.stage}`,
    rest: `seat show ${seat.key}`,
  });
}

const FIELD_TITLES: Readonly<Record<string, string>> = {
  name: 'Name',
  accountability: 'Accountability',
  holder: 'Holder',
  risk: 'Risk',
  level: 'Level',
  parent: 'Reports to',
  channel: 'Channel',
  vendors: 'Vendors',
  extra: 'Imported texts',
  importedFrom: 'Imported from',
  externalId: 'Name in the import',
  ...Object.fromEntries(RECORD_KEYS.map((key) => [key, fieldOf(key).title])),
};

/** Which fields an edit changed, in a sentence. */
export const changedSentence = (changed: readonly string[]): string =>
  changed.length === 0
    ? 'Nothing changed: all of it was so already.'
    : `Changed: ${changed.map((field) => (FIELD_TITLES[field] ?? field).toLowerCase()).join(', ')}.`;

function wasText(field: string, value: Json, nameOf: (id: string) => string): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return 'not said';
  if (field === 'parent' && typeof value === 'string') return nameOf(value);
  if (field === 'vendors' && Array.isArray(value)) return value.map((id) => nameOf(String(id))).join(', ');
  if (Array.isArray(value)) return `“${clip(value.join(' · '), 120)}”`;
  if (typeof value === 'object') return `${Object.keys(value).length} texts`;
  return typeof value === 'string' ? `“${clip(value, 120)}”` : String(value);
}

const changeText = (change: OwnerHistory['changes'][number], { zone, nameOf }: OwnerHistory): Text => [
  date(change.at, zone),
  `, ${change.name ?? 'an import'}: `,
  Object.entries(change.before)
    .filter(([field]) => field !== 'channel')
    .map(([field, value]) => `${FIELD_TITLES[field] ?? field} was ${wasText(field, value, nameOf)}`)
    .join('; '),
];

/** Everyone who ever was named, and every stage it moved to, with the dates. */
export function ownerHistoryCard(view: OwnerHistory): Card {
  const items = view.named.map((o): Text => [
    bold(o.role),
    ': ',
    person(o.person, o.name),
    ', named ',
    date(o.namedAt, view.zone),
    ...(o.acceptedAt === null ? [', not accepted'] : [', accepted ', date(o.acceptedAt, view.zone)]),
    ...(o.endedAt === null ? [] : [', until ', date(o.endedAt, view.zone)]),
  ]);
  const moves = view.moves.map((move): Text => [
    bold(`${move.from} to ${move.to}`),
    ', ',
    date(move.at, view.zone),
    `, ${move.name}: ${move.reason}`,
  ]);
  return card(
    `History of ${view.seat.name}`,
    [
      paragraph(bold('Owners')),
      items.length === 0 ? paragraph('Nobody was named yet.') : list(items),
      ...(moves.length === 0 ? [] : [paragraph(bold('Stages')), list(moves)]),
      ...(view.changes.length === 0
        ? []
        : [
            paragraph(bold('What it said before')),
            list(view.changes.map((change) => changeText(change, view))),
          ]),
    ],
    {
      rest: `seat history ${view.seat.key}`,
    },
  );
}
