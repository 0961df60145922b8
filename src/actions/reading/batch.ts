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

/** Seats and metrics by the keys that readings name. */
export interface Abouts {
  /** Undefined for what does not exist or is paused. */
  readonly known: (named: Named) => About | undefined;
  /** Throws the sentence with the nearest one for what does not exist. */
  readonly need: (named: Named) => Promise<About>;
}

/** The seats and metrics of many readings, loaded in two queries. */
export async function loadAbout(db: Db, org: string, readings: readonly Named[]): Promise<Abouts> {
  const seats = await seatsByKeys(db, org, new Set(readings.map((r) => r.seat.toLowerCase())));
  const wanted = new Map<string, { seat: string; key: string }>();
  for (const r of readings) {
    const seat = seats.get(r.seat.toLowerCase());
    if (seat === undefined) continue;
    const key = r.metric.toLowerCase();
    wanted.set(`${seat.id} ${key}`, { seat: seat.id, key });
  }
  const metrics = await metricsByKeys(db, org, [...wanted.values()]);
  const known: Abouts['known'] = (named) => {
    const seat = seats.get(named.seat.toLowerCase());
    const metric = seat && metrics.get(seat.id)?.get(named.metric.toLowerCase());
    return seat !== undefined && metric?.active === true ? { seat, metric } : undefined;
  };
  return {
    known,
    async need(named) {
      const found = known(named);
      if (found !== undefined) return found;
      const seat = seats.get(named.seat.toLowerCase()) ?? (await needSeat(db, org, named.seat));
      return { seat, metric: await needMetric(db, org, seat, named.metric) };
    },
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
