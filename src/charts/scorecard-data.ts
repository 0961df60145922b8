import type { CellStatus } from './palette.ts';

export const WEEKS = 13;

export interface ScorecardCell {
  readonly status: CellStatus;
  readonly value?: number;
  /** The value as it is written in the rest of the message; the unit may stand at its end. */
  readonly text?: string;
}

export interface ScorecardRow {
  readonly seat?: string;
  readonly metric: string;
  readonly unit: string;
  /** Already formatted, e.g. `≥ 92 %`. */
  readonly target: string;
  readonly owner?: string;
  /** The values that meet the target, shaded in the sparkline; a missing end is open. */
  readonly band?: { readonly low?: number; readonly high?: number };
  /** Oldest first, one per week; the last belongs to the last week. */
  readonly cells: readonly ScorecardCell[];
}

export interface ScorecardPicture {
  readonly title: string;
  readonly subtitle?: string;
  /** Labels of the thirteen weeks, oldest first, e.g. `W35`. */
  readonly weeks: readonly string[];
  readonly rows: readonly ScorecardRow[];
  /** How many rows exist beside these. */
  readonly more?: number;
}

/** Exactly thirteen, the newest last; weeks before the first are filled. */
export function lastWeeks<T>(items: readonly T[], filler: T): T[] {
  const kept = items.slice(-WEEKS);
  return [...Array.from({ length: WEEKS - kept.length }, () => filler), ...kept];
}

export const cellsOf = (row: ScorecardRow): ScorecardCell[] => lastWeeks(row.cells, { status: 'none' });
