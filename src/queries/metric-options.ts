import { metricsOfSeats } from '../../db/metrics.ts';
import type { Seat } from '../../db/seats.ts';
import { listSeats, seatByKey } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';

/** As many as a choice can hold on every platform. */
const MOST = 100;

interface MetricOptions {
  /** `claims acceptance`, with both names; none where there are too many to choose from. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** Key of the only seat that reports here. */
  readonly here: string | undefined;
}

/** Numbers as a choice for a form: of one seat, or of those that report in a channel. */
export async function metricOptions(
  db: Db,
  org: string,
  channel: string | undefined,
  seatKey: string | undefined,
): Promise<MetricOptions> {
  const seats = await seatsOf(db, org, channel, seatKey);
  const metrics = await metricsOfSeats(
    db,
    org,
    seats.map((seat) => seat.id),
  );
  const byId = new Map(seats.map((seat) => [seat.id, seat]));
  const options = metrics.map((metric) => {
    const seat = byId.get(metric.seat)!;
    return { value: `${seat.key} ${metric.key}`, label: `${seat.key} · ${metric.name}`.slice(0, 75) };
  });
  return {
    options: options.length > MOST ? [] : options,
    here: seats.length === 1 ? seats[0]!.key : undefined,
  };
}

async function seatsOf(
  db: Db,
  org: string,
  channel: string | undefined,
  seatKey: string | undefined,
): Promise<Seat[]> {
  if (seatKey !== undefined) {
    const seat = await seatByKey(db, org, seatKey.toLowerCase());
    return seat === undefined ? [] : [seat];
  }
  return channel === undefined ? [] : listSeats(db, org, { channel });
}
