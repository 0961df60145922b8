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
