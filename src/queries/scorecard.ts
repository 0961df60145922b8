import { type Metric, type ShownReading, metricsOfSeats, readingsSince } from '../../db/metrics.ts';
import { peopleByIds } from '../../db/people.ts';
import type { Seat } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { formatTarget, statusOf } from '../domain/metric.ts';
import { type Period, dueAt, lastPeriods } from '../domain/period.ts';
import { type Cell, SCORECARD_WEEKS } from '../domain/scorecard.ts';

export interface MetricRow {
  readonly metric: Metric;
  readonly ownerName: string | undefined;
  /** `≥ 92 %` */
  readonly target: string;
  /** One a week, oldest first, as many as the scorecard has weeks. */
  readonly cells: readonly Cell[];
}

export interface Scorecard {
  readonly seat: Seat;
  readonly rows: readonly MetricRow[];
}

export interface Scorecards {
  /** Oldest first. */
  readonly weeks: readonly Period[];
  readonly cards: readonly Scorecard[];
}

/**
 * The last weeks of these seats, newest last, in three queries whatever the number of seats. The present week is
 * the newest as soon as it has a reading; before that, the last complete one is.
 */
export async function loadScorecards(
  db: Db,
  org: string,
  zone: string,
  seats: readonly Seat[],
  now: Instant,
  count: number = SCORECARD_WEEKS,
): Promise<Scorecards> {
  const all = lastPeriods('weekly', count + 1, now, zone, { includeCurrent: true });
  const metrics = await metricsOfSeats(
    db,
    org,
    seats.map((s) => s.id),
  );
  const readings = await readingsSince(
    db,
    org,
    metrics.map((m) => m.id),
    all[0]!.start,
  );
  const owners = await peopleByIds(
    db,
    org,
    metrics.flatMap((m) => (m.owner === null ? [] : [m.owner])),
  );
  const current = all.at(-1)!;
  const begun = readings.some((r) => r.periodStart >= current.start);
  const weeks = begun ? all.slice(1) : all.slice(0, -1);
  const byMetric = Map.groupBy(readings, (r) => r.metric);
  const bySeat = Map.groupBy(metrics, (m) => m.seat);
  const cards = seats.map((seat) => ({
    seat,
    rows: (bySeat.get(seat.id) ?? []).map((metric) => ({
      metric,
      ownerName: metric.owner === null ? undefined : owners.get(metric.owner)?.name,
      target: formatTarget(metric, metric.unit),
      cells: cellsOf(metric, byMetric.get(metric.id) ?? [], weeks, now, zone),
    })),
  }));
  return { weeks, cards };
}

/** Both lists are in the order of time, so one pass is enough. */
function cellsOf(
  metric: Metric,
  readings: readonly ShownReading[],
  weeks: readonly Period[],
  now: Instant,
  zone: string,
): Cell[] {
  let next = 0;
  return weeks.map((week) => {
    let reading: ShownReading | undefined;
    while (next < readings.length && readings[next]!.periodStart < week.end) {
      if (readings[next]!.periodStart >= week.start) reading = readings[next];
      next += 1;
    }
    if (reading !== undefined) {
      const note = reading.note === null ? {} : { note: reading.note };
      return { status: statusOf(metric, reading.value), value: reading.value, ...note };
    }
    const awaited = metric.cadence !== 'monthly' && week.end > metric.createdAt && dueAt(week, zone) <= now;
    return { status: awaited ? 'missing' : 'none' };
  });
}
