import { type SeatSearch, lineOf } from '../domain/seat-filter.ts';
import type { SeatList } from '../queries/seat-list.ts';
import type { SeatLine } from '../queries/seat.ts';
import {
  type Card,
  type Table,
  buttons,
  card,
  commandButton,
  formButton,
  note,
  paragraph,
  pressButton,
  table,
} from '../ui/card.ts';
import { type Text, code } from '../ui/text.ts';

function seatTable(lines: readonly SeatLine[]): Table {
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
  return table(
    [
      { title: 'Key' },
      { title: 'Name', weight: 2 },
      { title: 'Stage' },
      { title: 'Ready', align: 'right' },
      { title: 'Issues', align: 'right' },
      { title: 'Accountable', weight: 2 },
    ],
    rows,
  );
}

const addButton = formButton('Add a seat', 'seat.add', {});

/** `seat list`: a page of the seats that fit what was typed, with the way to the other pages. */
export function seatListCard(found: SeatList, search: SeatSearch): Card {
  const line = lineOf(search);
  const everything = line === 'seat list';
  const { lines, total, page, pages } = found;
  if (total === 0 && everything) {
    return card('No seats yet', [
      paragraph('A seat is one job with one owner. Add the first one:'),
      buttons(formButton('Add a seat', 'seat.add', {}, { style: 'primary' })),
    ]);
  }
  // A mention is an id, which nobody knows anybody by.
  const named = { ...search, named: { ...search.named, ...found.names } };
  const what = lineOf(named, '').trim();
  const next = `${lineOf(named)} page=${Math.min(page + 1, pages)}`;
  if (total === 0) {
    return card('No seat fits', [
      paragraph('Looked for: ', code(what)),
      note(
        'With fewer words or filters there may be some. Retired ones are shown by ',
        code('seat list retired'),
      ),
      buttons(commandButton('All seats', 'seat list'), addButton),
    ]);
  }
  const turn = (label: string, to: number) => pressButton(label, 'seat.page', { search, page: to });
  const count = `${total} ${total === 1 ? 'seat' : 'seats'}`;
  const title = everything ? 'Seats of the organisation' : 'Seats that fit';
  return card(
    pages === 1 ? title : `${title}, page ${page} of ${pages}`,
    [
      ...(everything ? [] : [note(`${count} for `, code(what))]),
      seatTable(lines),
      ...(pages === 1 ? [] : [note(`${count} on ${pages} pages. `, 'Any page: ', code(next))]),
      buttons(
        ...(page > 1 ? [turn('Page before', page - 1)] : []),
        ...(page < pages ? [turn('Next page', page + 1)] : []),
        ...(pages === 1 ? [addButton, commandButton('My day', 'me')] : [addButton]),
        commandButton('Export', lineOf(search, 'seat export')),
      ),
    ],
    { fallback: count, rest: next },
  );
}
