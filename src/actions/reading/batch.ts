import { type Metric, metricsByKeys } from '../../../db/metrics.ts';
import { type Owner, ownersOfSeats } from '../../../db/owners.ts';
import { type Seat, seatsByKeys } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { needMetric, needSeat } from '../find.ts';

/** What a reading says that it is about. */
export interface Named {
  readonly seat: string;
  readonly metric: string;
}

export interface About {
  readonly seat: Seat;
  readonly metric: Metric;
}

/**
 * The seats and metrics of many readings, loaded in two queries. Asking for one that does not exist throws the
 * sentence with the nearest one, when its turn comes.
 */
export async function loadAbout(
  db: Db,
  org: string,
  readings: readonly Named[],
): Promise<(named: Named) => Promise<About>> {
  const seats = await seatsByKeys(
    db,
    org,
    readings.map((r) => r.seat.toLowerCase()),
  );
  const metrics = await metricsByKeys(
    db,
    org,
    readings.flatMap((r) => {
      const seat = seats.get(r.seat.toLowerCase());
      return seat === undefined ? [] : [{ seat: seat.id, key: r.metric.toLowerCase() }];
    }),
  );
  return async (named) => {
    const seat = seats.get(named.seat.toLowerCase()) ?? (await needSeat(db, org, named.seat));
    const metric = metrics.get(seat.id)?.get(named.metric.toLowerCase());
    return { seat, metric: metric?.active === true ? metric : await needMetric(db, org, seat, named.metric) };
  };
}

/** Accepted owners by seat, in one query. */
export async function loadAccepted(
  db: Db,
  org: string,
  seats: readonly string[],
): Promise<ReadonlyMap<string, readonly Owner[]>> {
  const owners = await ownersOfSeats(db, org, seats);
  return Map.groupBy(
    owners.filter((o) => o.acceptedAt !== null),
    (o) => o.seat,
  );
}
