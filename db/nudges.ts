import { DAY, type Instant } from '../src/clock.ts';
import { isAwaited } from '../src/domain/awaited.ts';
import { type Period, periodOf, previousPeriod } from '../src/domain/period.ts';
import { quarterAt } from '../src/domain/priority.ts';
import { type Metric, metricsOfSeats, presentKey, presentReadings } from './metrics.ts';
import { type Priority, latestTracks, openPriorities } from './priorities.ts';
import type { Seat } from './seats.ts';
import type { Db } from './store.ts';

/** A number without a reading for the period that a digest will show. */
export interface AwaitedNumber {
  readonly metric: Metric;
  readonly seat: Seat;
  readonly period: Period;
}

/** What a digest at one instant will miss. */
export interface AwaitedWords {
  readonly numbers: readonly AwaitedNumber[];
  /** Open priorities on which nobody has said a word for a week. */
  readonly priorities: readonly (Priority & { readonly seatName: string })[];
}

const WEEK = 7 * DAY;

const keyOf = ({ metric, period }: AwaitedNumber): string => presentKey(metric.id, period.key);

/** What a digest at `at` about these seats will miss unless it comes before: in four queries. */
export async function awaitedFor(
  db: Db,
  org: string,
  zone: string,
  seats: readonly Seat[],
  at: Instant,
): Promise<AwaitedWords> {
  const byId = new Map(seats.map((seat) => [seat.id, seat]));
  const ids = [...byId.keys()];
  const wanted = (await metricsOfSeats(db, org, ids)).flatMap((metric): AwaitedNumber[] => {
    const period = previousPeriod(metric.cadence, periodOf(metric.cadence, at, zone), zone);
    return isAwaited(metric, period) ? [{ metric, seat: byId.get(metric.seat)!, period }] : [];
  });
  const there = wanted.length === 0 ? new Map() : await presentReadings(db, org, wanted.map(keyOf));
  const present = quarterAt(at, zone);
  const open = (await openPriorities(db, org, ids)).filter((priority) => priority.quarter <= present);
  const tracks = await latestTracks(
    db,
    org,
    open.map((priority) => priority.id),
  );
  return {
    numbers: wanted.filter((number) => !there.has(keyOf(number))),
    priorities: open
      .filter(({ id }) => (tracks.get(id)?.at ?? 0) <= at - WEEK)
      .map((priority) => ({ ...priority, seatName: byId.get(priority.seat)!.name })),
  };
}
