import { channelById, orgById } from '../../db/orgs.ts';
import { type Seat, listSeats } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';

/** The seats that report in a channel, or all of the organisation where none does, with a name for them. */
export async function seatsAround(
  db: Db,
  org: string,
  channel: string | undefined,
): Promise<{ name: string; seats: Seat[] }> {
  const here = channel === undefined ? [] : await listSeats(db, org, { channel });
  if (here.length > 0)
    return { name: `#${(await channelById(db, org, channel!))?.name ?? 'channel'}`, seats: here };
  const [found, seats] = await Promise.all([orgById(db, org), listSeats(db, org)]);
  return { name: found!.name, seats };
}

/** Every seat as a choice for a form, by key. */
export async function listSeatOptions(db: Db, org: string): Promise<{ value: string; label: string }[]> {
  const seats = await listSeats(db, org);
  return seats.map((s) => ({ value: s.key, label: `${s.key} · ${s.name}` }));
}
