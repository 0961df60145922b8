import { OWNER_ROLES, vacantOfFour } from '../domain/seat.ts';
import { latest } from '../domain/scorecard.ts';
import type { OwnerHistory, SeatLine, SeatView } from '../queries/seat.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  facts,
  formButton,
  list,
  note,
  paragraph,
  table,
} from '../ui/card.ts';
import { type Text, bold, code, date, inlines, person } from '../ui/text.ts';
import { issueLine } from './issue.ts';
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
      ...(view.parent === undefined ? [] : [['Reports to', view.parent.name] as const]),
    ),
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
    ),
  ];
  return card(seat.name, body, {
    fallback: `${seat.name} (${seat.key}), ${seat.stage}`,
    rest: `seat show ${seat.key}`,
  });
}

/** `seat list`. */
export function seatListCard(lines: readonly SeatLine[], where: string): Card {
  if (lines.length === 0) {
    return card('No seats yet', [
      paragraph('A seat is one job with one owner. Add the first one:'),
      buttons(formButton('Add a seat', 'seat.add', {}, { style: 'primary' })),
    ]);
  }
  const rows = lines.map(({ seat, accountable, standing, openIssues }): Text[] => [
    code(seat.key),
    seat.name,
    seat.halted ? `${seat.stage}, halted` : seat.stage,
    standing === undefined ? '–' : `${standing.now.percent} %`,
    openIssues === 0 ? '–' : String(openIssues),
    accountable === undefined
      ? 'vacant'
      : `${accountable.name}${accountable.acceptedAt === null ? ' (asked)' : ''}`,
  ]);
  return card(
    `Seats ${where}`,
    [
      table(
        [
          { title: 'Key' },
          { title: 'Name', weight: 2 },
          { title: 'Stage' },
          { title: 'Ready', align: 'right' },
          { title: 'Issues', align: 'right' },
          { title: 'Accountable', weight: 2 },
        ],
        rows,
      ),
      buttons(formButton('Add a seat', 'seat.add', {}), commandButton('My day', 'me')),
    ],
    { fallback: `${lines.length} ${lines.length === 1 ? 'seat' : 'seats'}`, rest: 'seat list' },
  );
}

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
    ],
    {
      rest: `seat history ${view.seat.key}`,
    },
  );
}
