import { scorecardAlt } from '../charts/index.ts';
import { SCORECARD_WEEKS, cellLetters, latest, worstFirst } from '../domain/scorecard.ts';
import type { PausedRow, Scorecards } from '../queries/scorecard.ts';
import { clip } from '../text.ts';
import {
  type Button,
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  note,
  paragraph,
  table,
} from '../ui/card.ts';
import { type Text, bold, code, plain } from '../ui/text.ts';
import { reportButton } from './issue.ts';
import { cellStatus, value } from './say.ts';
import { type SeatRow, scorecardData, scorecardPicture } from './scorecard-picture.ts';

/** Rows of one page at most, and what they may weigh, so that Teams takes the page (28 KB) with its picture and buttons. */
const PAGE_ROWS = 30;
const PAGE_BYTES = 17_000;
/** What a cell weighs besides its text, which stands in it and once more in what older clients show. */
const CELL_BYTES = 85;
/** Longer names are cut in the table; the picture and the seat show them whole. */
const LONGEST_NAME = 40;
const LONGEST_CELL = 24;

export interface ScorecardShown {
  readonly scorecards: Scorecards;
  readonly title: string;
  readonly at: number;
  /** The command that shows it: `scorecard all weeks=26`. */
  readonly line: string;
  /** From 1. */
  readonly page: number;
}

type Line = { readonly seat: SeatRow['seat']; readonly cells: readonly Text[] };

const cells = ({ seat, row }: SeatRow): Line => {
  const now = latest(row.cells);
  return {
    seat,
    cells: [
      clip(row.metric.name, LONGEST_NAME),
      clip(value(now, row.metric.unit), LONGEST_CELL),
      cellStatus(now),
      cellLetters(row.cells),
      clip(row.target, LONGEST_CELL),
      clip(row.ownerName ?? 'nobody', LONGEST_CELL),
    ],
  };
};

const pausedCells = (seat: SeatRow['seat'], { metric, target, ownerName }: PausedRow): Line => ({
  seat,
  cells: [
    clip(metric.name, LONGEST_NAME),
    '–',
    'paused',
    '',
    clip(target, LONGEST_CELL),
    clip(ownerName ?? 'nobody', LONGEST_CELL),
  ],
});

const weightOf = ({ seat, cells }: Line): number =>
  [seat.key, ...cells].reduce<number>(
    (sum, text) => sum + CELL_BYTES + 2 * Buffer.byteLength(JSON.stringify(plain(text))),
    0,
  );

/** Index of the first line of every page. */
function pageStarts(lines: readonly Line[]): number[] {
  const starts = [0];
  let bytes = 0;
  for (const [i, line] of lines.entries()) {
    const weight = weightOf(line);
    const from = starts.at(-1)!;
    if (i > from && (i - from >= PAGE_ROWS || bytes + weight > PAGE_BYTES)) {
      starts.push(i);
      bytes = 0;
    }
    bytes += weight;
  }
  return starts;
}

function linesTable(lines: readonly Line[], several: boolean, weeks: number): Element {
  return table(
    [
      ...(several ? [{ title: 'Seat' }] : []),
      { title: 'Number', weight: 2 },
      { title: 'Now', align: 'right' as const },
      { title: 'Status' },
      { title: weeks === 1 ? '1 week' : `${weeks} weeks`, weight: 2 },
      { title: 'Target' },
      { title: 'Owner' },
    ],
    lines.map(({ seat, cells }) => [...(several ? [seat.key] : []), ...cells]),
  );
}

/** The page that holds the rows worst first; the way to the other pages stands below. */
export function scorecardCard({ scorecards, title, at, line, page: asked }: ScorecardShown): Card {
  const { cards, weeks } = scorecards;
  const rows = worstFirst(
    cards.flatMap(({ seat, rows }) => rows.map((row) => ({ seat, row }))),
    ({ row }) => row.cells,
  );
  const paused = cards.flatMap(({ seat, paused }) => paused.map((row) => pausedCells(seat, row)));
  const lines = [...rows.map(cells), ...paused];
  if (lines.length === 0) return emptyCard(title, cards[0]?.seat.key ?? 'claims');
  const starts = pageStarts(lines);
  const page = Math.min(Math.max(1, asked), starts.length);
  const [from, to] = [starts[page - 1]!, starts[page] ?? lines.length];
  const seen = rows.slice(from, to);
  const seats = new Set(lines.map(({ seat }) => seat.id));
  const onlySeat = seats.size === 1 ? lines[0]!.seat : undefined;
  const pictured = {
    weeks: weeks.slice(-SCORECARD_WEEKS),
    rows: seen,
    title,
    named: onlySeat === undefined,
    more: rows.length - Math.min(rows.length, to),
  };
  return card(
    starts.length === 1 ? title : `${title}, page ${page} of ${starts.length}`,
    [
      ...(seen.length === 0 ? [] : [scorecardPicture(pictured, at, line)]),
      linesTable(lines.slice(from, to), seats.size > 1, weeks.length),
      note('Newest week last: G green, Y yellow, R red, M missing.'),
      ...(to === lines.length
        ? []
        : [
            note(
              `… and ${lines.length - to} more, the worst are shown first: `,
              code(`${line} page=${page + 1}`),
            ),
          ]),
      buttons(
        commandButton('Log numbers', 'log'),
        ...(onlySeat === undefined ? [] : [reportButton(onlySeat.key)]),
        ...turns(line, page, starts.length),
      ),
    ],
    { fallback: clip(scorecardAlt(scorecardData(pictured)), 300), rest: line },
  );
}

const turns = (line: string, page: number, pages: number): Button[] => [
  ...(page > 1 ? [commandButton('Page before', `${line} page=${page - 1}`)] : []),
  ...(page < pages ? [commandButton('Next page', `${line} page=${page + 1}`)] : []),
  ...(page < pages - 1 ? [commandButton('Last page', `${line} page=${pages}`)] : []),
];

const emptyCard = (title: string, key: string): Card =>
  card(title, [
    paragraph('There are no numbers yet. A number is added like this:'),
    paragraph(bold(`metric add ${key} acceptance quality % higher 90 5`)),
  ]);
