import { type Metric, metricsOwnedBy, presentKey, presentReadings } from '../../db/metrics.ts';
import { type Seat, seatsByIds } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { isAwaited } from '../domain/awaited.ts';
import { type Cadence, type Period, dueAt, lastPeriods } from '../domain/period.ts';

export interface MissingNumber {
  readonly metric: Metric;
  readonly seat: Seat;
  readonly period: Period;
  /** Its time has passed; otherwise it is only awaited. */
  readonly late: boolean;
  /** Of a daily number: earlier days that are missing too and are not asked for, newest first. */
  readonly earlier: readonly Period[];
}

/** How many complete periods are looked at. */
const REMEMBERED: Readonly<Record<Cadence, number>> = { daily: 7, weekly: 4, monthly: 3 };

/**
 * The numbers a person owns that are wanted for their last complete period and have not come. Weeks and months that are
 * missing just before it are asked for too; of a daily number only the last day is.
 */
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
    if (seat === undefined || seat.stage === 'retired') return [];
    const periods = lastPeriods(metric.cadence, REMEMBERED[metric.cadence], now, zone)
      .filter((period) => isAwaited(metric, period))
      .toReversed();
    return periods.length === 0 ? [] : [{ metric, seat, periods }];
  });
  const there = await presentReadings(
    db,
    org,
    wanted.flatMap(({ metric, periods }) => periods.map((period) => presentKey(metric.id, period.key))),
  );
  return wanted.flatMap(({ metric, seat, periods }) => {
    const came = periods.findIndex((p) => there.has(presentKey(metric.id, p.key)));
    const gap = came === -1 ? periods : periods.slice(0, came);
    const [last, ...earlier] = gap;
    if (last === undefined) return [];
    const asked = metric.cadence === 'daily' ? [last] : gap;
    return asked.map((period) => ({
      metric,
      seat,
      period,
      late: dueAt(period, zone) <= now,
      earlier: metric.cadence === 'daily' ? earlier : [],
    }));
  });
}
