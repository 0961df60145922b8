import { type ScorecardPicture, scorecardAlt } from '../charts/index.ts';
import type { Period } from '../domain/period.ts';
import type { MetricRow } from '../queries/scorecard.ts';
import { type Element, picture } from '../ui/card.ts';
import { value } from './say.ts';

/** One number of one seat. */
export interface SeatRow {
  readonly seat: { readonly id: string; readonly key: string; readonly name: string };
  readonly row: MetricRow;
}

export interface Pictured {
  /** Oldest first. */
  readonly weeks: readonly Period[];
  /** In the order in which they are drawn; more than fit are counted. */
  readonly rows: readonly SeatRow[];
  readonly title: string;
  /** Each row says its seat. */
  readonly named: boolean;
  /** How many more there are. */
  readonly more: number;
}

/** Rows that a picture shows; more are in the table or behind the pointer. */
export const PICTURE_ROWS = 12;

/** What the picture draws. The drawing and its alt text come from the same data. */
export function scorecardData({ weeks, rows, title, named, more }: Pictured): ScorecardPicture {
  return {
    title,
    subtitle: `${weeks[0]?.key ?? ''} to ${weeks.at(-1)?.key ?? ''}`,
    weeks: weeks.map((week) => week.key.slice(5)),
    rows: rows.slice(0, PICTURE_ROWS).map(({ seat, row }) => ({
      ...(named ? { seat: seat.name } : {}),
      metric: row.metric.name,
      unit: row.metric.unit,
      target: row.target,
      ...(row.ownerName === undefined ? {} : { owner: row.ownerName }),
      band: bandOf(row),
      cells: row.cells.map((cell) => ({
        ...cell,
        ...(cell.value === undefined ? {} : { text: value(cell, row.metric.unit) }),
      })),
    })),
    more: more + Math.max(0, rows.length - PICTURE_ROWS),
  };
}

function bandOf({ metric }: MetricRow): { low?: number; high?: number } {
  switch (metric.direction) {
    case 'higher':
      return { low: metric.target };
    case 'lower':
      return { high: metric.target };
    case 'range':
      return { low: metric.target, high: metric.targetHigh ?? metric.target };
    default:
      return metric.direction satisfies never;
  }
}

/** The picture of these rows, with the numbers and the instant that it is drawn from. */
export function scorecardPicture(pictured: Pictured, at: number, rest: string): Element {
  const data = scorecardData(pictured);
  const metrics = pictured.rows.slice(0, PICTURE_ROWS).map(({ row }) => row.metric.id);
  return picture({
    name: 'scorecard',
    args: { metrics, title: pictured.title, named: pictured.named, more: data.more ?? 0, at },
    alt: scorecardAlt(data, rest),
  });
}
