import type { StatusWord } from './metric.ts';

/** A quarter. */
export const SCORECARD_WEEKS = 13;
/** As many weeks as a scorecard shows when asked. */
export const MOST_WEEKS = 52;

/** One week of one metric. */
export interface Cell {
  /** `none`: nothing was awaited yet. */
  readonly status: StatusWord | 'none';
  readonly value?: number;
  readonly note?: string;
}

const awaited = (cell: Cell): cell is Cell & { status: StatusWord } => cell.status !== 'none';

/** The newest week in which something was awaited; `cells` are oldest first. */
export const latest = (cells: readonly Cell[]): Cell => cells.findLast(awaited) ?? { status: 'none' };

/** The status now and, when it was another the week before, that one. Undefined when nothing was awaited yet. */
export function change(
  cells: readonly Cell[],
): { status: StatusWord; was: StatusWord | undefined } | undefined {
  const known = cells.filter(awaited);
  const now = known.at(-1);
  if (now === undefined) return undefined;
  const before = known.at(-2);
  return {
    status: now.status,
    was: before === undefined || before.status === now.status ? undefined : before.status,
  };
}

const WORST: readonly Cell['status'][] = ['red', 'missing', 'yellow', 'green', 'none'];

/** For how many of the awaited weeks, newest first, the status has been what it is now. */
function lasting(cells: readonly Cell[]): number {
  const known = cells.filter(awaited);
  const now = known.at(-1)?.status;
  return known.length - 1 - known.findLastIndex((cell) => cell.status !== now);
}

/** Red, missing, yellow, green, then what was never awaited; within one status what lasts longest first. */
export function worstFirst<T>(items: readonly T[], cellsOf: (item: T) => readonly Cell[]): T[] {
  return items
    .map((item) => {
      const cells = cellsOf(item);
      return { item, rank: WORST.indexOf(latest(cells).status), weeks: lasting(cells) };
    })
    .toSorted((a, b) => a.rank - b.rank || (a.rank < 3 ? b.weeks - a.weeks : 0))
    .map(({ item }) => item);
}

const LETTERS: Readonly<Record<Cell['status'], string>> = {
  green: 'G',
  yellow: 'Y',
  red: 'R',
  missing: 'M',
  none: '·',
};

/** One letter a week, oldest first: `GGGYRM` (green, yellow, red, missing). */
export const cellLetters = (cells: readonly Cell[]): string =>
  cells.map((cell) => LETTERS[cell.status]).join('');
