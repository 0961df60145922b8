import { FOOTER, LARGEST_SIDE, headerHeight } from './frame.ts';
import type { ScorecardPicture, ScorecardRow } from './scorecard-data.ts';

const TALLEST = 68;
const SHORTEST = 32;
const SEAT_LINE = 40;
export const COLUMN_LABELS = 30;

/** Rows of one seat that stand together. */
export interface Block {
  /** Absent where the seat is said in each row instead. */
  readonly seat: string | undefined;
  readonly rows: readonly ScorecardRow[];
}

export interface Plan {
  readonly blocks: readonly Block[];
  readonly rowHeight: number;
  readonly seatHeight: number;
  /** Where the first row begins. */
  readonly top: number;
  /** Where the last row ends. */
  readonly bottom: number;
  /** Rows that are not in the picture. */
  readonly more: number;
}

function runs(rows: readonly ScorecardRow[]): Block[] {
  const blocks: { seat: string | undefined; rows: ScorecardRow[] }[] = [];
  for (const row of rows) {
    const last = blocks.at(-1);
    if (last !== undefined && last.seat === row.seat) last.rows.push(row);
    else blocks.push({ seat: row.seat, rows: [row] });
  }
  return blocks;
}

/** Seats get a line of their own where that saves words: a few seats with several rows each, all in view. */
function seatLines(rows: readonly ScorecardRow[], room: number): Block[] | undefined {
  const blocks = runs(rows);
  if (!rows.every((row) => row.seat) || blocks.length * 2 > rows.length) return undefined;
  return blocks.length * SEAT_LINE + rows.length * SHORTEST <= room ? blocks : undefined;
}

/** Divides the height that Teams allows among the rows: roomy for a few, dense for many. */
export function plan(data: ScorecardPicture): Plan {
  const top = headerHeight(data.subtitle) + COLUMN_LABELS;
  const room = LARGEST_SIDE - top - FOOTER;
  const rows = data.rows.slice(0, Math.floor(room / SHORTEST));
  const blocks = seatLines(rows, room);
  const seatHeight = blocks === undefined ? 0 : SEAT_LINE;
  const seats = seatHeight * (blocks?.length ?? 0);
  const rowHeight = Math.min(TALLEST, Math.floor((room - seats) / Math.max(1, rows.length)));
  return {
    blocks: blocks ?? [{ seat: undefined, rows }],
    rowHeight,
    seatHeight,
    top,
    bottom: top + seats + rowHeight * Math.max(1, rows.length),
    more: Math.max(0, data.more ?? 0) + data.rows.length - rows.length,
  };
}
