import { letters } from '../domain/rubric.ts';
import { withUnit } from '../domain/metric.ts';
import type { Cell } from '../domain/scorecard.ts';
import type { Score } from '../queries/seat.ts';
import { type Inline, type Text, bold, date, status } from '../ui/text.ts';

/** `92 %`, or a dash where there is no value. */
export const value = (cell: Cell, unit: string): string =>
  cell.value === undefined ? '–' : withUnit(cell.value, unit);

/** The status word with its mark; a dash where nothing was awaited. */
export const cellStatus = (cell: Cell): Text => (cell.status === 'none' ? '–' : status(cell.status));

/** `G Y R G · 62 % · 2026-11-16` */
export function readiness(
  score: Pick<Score, 'marks' | 'percent' | 'at'> | undefined,
  zone: string,
): readonly Inline[] {
  if (score === undefined) return ['never scored'];
  return [bold(letters(score.marks)), ` · ${score.percent} % · `, date(score.at, zone)];
}

/** Age in whole days, hours below two days; what is younger than an hour is new. */
export function age(ms: number): string {
  const hours = Math.max(0, Math.floor(ms / 3_600_000));
  if (hours === 0) return 'new';
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
