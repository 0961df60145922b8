import { type Metric, metricsOwnedBy, metricsWithReading } from '../../db/metrics.ts';
import { type Seat, seatsByIds } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { type Period, dueAt, periodOf, previousPeriod } from '../domain/period.ts';

export interface MissingNumber {
  readonly metric: Metric;
  readonly seat: Seat;
  readonly period: Period;
  /** Its time has passed; otherwise it is only awaited. */
  readonly late: boolean;
}

/** The numbers a person owns that are wanted for their last complete period and have not come. */
export async function missingNumbers(
  db: Db,
  org: string,
  zone: string,
  person: string,
  now: Instant,
): Promise<MissingNumber[]> {
  const metrics = await metricsOwnedBy(db, org, person);
  const seats = await seatsByIds(
    db,
    org,
    metrics.map((m) => m.seat),
  );
  const wanted = metrics.flatMap((metric) => {
    const seat = seats.get(metric.seat);
    const period = previousPeriod(metric.cadence, periodOf(metric.cadence, now, zone), zone);
    const asked = seat !== undefined && seat.stage !== 'retired' && period.end > metric.createdAt;
    return asked ? [{ metric, seat, period, late: dueAt(period, zone) <= now }] : [];
  });
  const there = await metricsWithReading(
    db,
    org,
    wanted.map((w) => ({ metric: w.metric.id, period: w.period.key })),
  );
  return wanted.filter((w) => !there.has(w.metric.id));
}
