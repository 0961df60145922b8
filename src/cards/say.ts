import { withUnit } from '../domain/metric.ts';
import type { Cell } from '../domain/scorecard.ts';
import type { SeatStanding } from '../queries/standing.ts';
import { clip } from '../text.ts';
import { trendText } from './score.ts';
import { type Inline, type Text, bold, date, status } from '../ui/text.ts';

const LONGEST_NAME = 60;

/** A name in a line of a list, so that many of them fit into a message. */
export const short = (name: string): string => clip(name, LONGEST_NAME);

/** `92 %`, or a dash where there is no value. */
export const value = (cell: Cell, unit: string): string =>
  cell.value === undefined ? '–' : withUnit(cell.value, unit);

/** The status word with its mark; a dash where nothing was awaited. */
export const cellStatus = (cell: Cell): Text => (cell.status === 'none' ? '–' : status(cell.status));

/** `G Y R G · 62 %, rose from 50 % · 2026-11-16 · by Ana, Bo` */
export function readiness(
  standing: SeatStanding | undefined,
  zone: string,
  nameOf?: (person: string) => string,
): readonly Inline[] {
  if (standing === undefined) return ['never scored'];
  const { now } = standing;
  const trend = trendText(standing);
  const many = now.reviewers.length === 1 ? '' : `, median of ${now.reviewers.length} reviewers`;
  const by = nameOf === undefined ? '' : ` · ${now.reviewers.map(nameOf).join(', ')}`;
  return [
    bold(now.letters),
    ` · ${now.percent} %${trend === undefined ? '' : `, ${trend}`} · ${now.kind}${many} · `,
    date(now.at, zone),
    by,
  ];
}

/** Age in whole days, hours below two days; what is younger than an hour is new. */
export function age(ms: number): string {
  const hours = Math.max(0, Math.floor(ms / 3_600_000));
  if (hours === 0) return 'new';
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
