import { channelById, orgById } from '../../db/orgs.ts';
import { type Seat, listSeats, seatById, seatByKey } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';

interface Around {
  readonly name: string;
  readonly seats: Seat[];
}

/** The seats that report in a channel, with its name. */
export async function seatsOfChannel(db: Db, org: string, channel: string): Promise<Around> {
  const [found, seats] = await Promise.all([channelById(db, org, channel), listSeats(db, org, { channel })]);
  return { name: `#${found?.name ?? 'channel'}`, seats };
}

/** Every seat of the organisation that is not retired, with its name. */
export async function seatsOfOrg(db: Db, org: string): Promise<Around> {
  const [found, seats] = await Promise.all([orgById(db, org), listSeats(db, org)]);
  return { name: found!.name, seats };
}

/** The seats that report in a channel, or all of the organisation where none does, with a name for them. */
export async function seatsAround(db: Db, org: string, channel: string | undefined): Promise<Around> {
  const here = channel === undefined ? undefined : await seatsOfChannel(db, org, channel);
  return here !== undefined && here.seats.length > 0 ? here : seatsOfOrg(db, org);
}

/** Every seat that is not retired as a choice for a form, by key; before them the one that `meant` names, if it is. */
export async function listSeatOptions(
  db: Db,
  org: string,
  meant?: string,
): Promise<{ value: string; label: string }[]> {
  const seats = await listSeats(db, org);
  const among = meant === undefined || seats.some((seat) => seat.key === meant);
  const retired = among ? undefined : await seatByKey(db, org, meant);
  return [...(retired === undefined ? [] : [retired]), ...seats].map((s) => ({
    value: s.key,
    label: `${s.key} · ${s.name}${s.stage === 'retired' ? ' (retired)' : ''}`,
  }));
}

export const seatKeyById = async (db: Db, org: string, id: string): Promise<string | undefined> =>
  (await seatById(db, org, id))?.key;
