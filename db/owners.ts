import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

type OwnerRow = Tables['owners']['$inferSelect'];
export type Owner = OwnerRow & { readonly name: string };

function withNames(db: Db) {
  const { owners, people } = db.t;
  return db
    .select({ owner: owners, name: people.name })
    .from(owners)
    .innerJoin(people, and(eq(people.org, owners.org), eq(people.id, owners.person)));
}

const flat = (rows: readonly { owner: OwnerRow; name: string }[]): Owner[] =>
  rows.map(({ owner, name }) => ({ ...owner, name }));

const ofSeat = prepared('owners_of_seat', (db, p: Places<'org' | 'seat'>) => {
  const { owners } = db.t;
  return withNames(db).where(and(eq(owners.org, p.org), eq(owners.seat, p.seat), isNotNull(owners.present)));
});

/** Present owners, accepted or not. */
export const ownersOfSeat = async (db: Db, org: string, seat: string): Promise<Owner[]> =>
  flat(await ofSeat(db, { org, seat }));

const ofSeats = prepared('owners_of_seats', (db, p: Places<'org' | 'seats'>) => {
  const { owners } = db.t;
  return withNames(db).where(
    and(eq(owners.org, p.org), among(db, owners.seat, p.seats), isNotNull(owners.present)),
  );
});

export async function ownersOfSeats(db: Db, org: string, seats: readonly string[]): Promise<Owner[]> {
  if (seats.length === 0) return [];
  return flat(await ofSeats(db, { org, seats: list(db, seats) }));
}

/** Everyone who ever was named, newest first. */
export async function ownerHistory(db: Db, org: string, seat: string, limit: number): Promise<Owner[]> {
  const { owners } = db.t;
  return flat(
    await withNames(db)
      .where(and(eq(owners.org, org), eq(owners.seat, seat)))
      .orderBy(desc(owners.namedAt), desc(owners.id))
      .limit(limit),
  );
}

export async function ownerById(db: Db, org: string, id: string): Promise<Owner | undefined> {
  const { owners } = db.t;
  return flat(await withNames(db).where(and(eq(owners.org, org), eq(owners.id, id))))[0];
}

const offers = prepared('open_offers', (db, p: Places<'org' | 'person'>) => {
  const { owners, seats } = db.t;
  return db
    .select({ owner: owners, seat: seats })
    .from(owners)
    .innerJoin(seats, and(eq(seats.org, owners.org), eq(seats.id, owners.seat)))
    .where(
      and(
        eq(owners.org, p.org),
        eq(owners.person, p.person),
        isNotNull(owners.present),
        isNull(owners.acceptedAt),
      ),
    )
    .orderBy(asc(seats.key), asc(owners.role));
});

/** Roles a person was named for and has not accepted yet, with the seat. */
export const openOffers = (db: Db, org: string, person: string) => offers(db, { org, person });

const ownedBy = prepared('seats_owned_by', (db, p: Places<'org' | 'person'>) => {
  const { owners, seats } = db.t;
  return db
    .select({ role: owners.role, seat: seats })
    .from(owners)
    .innerJoin(seats, and(eq(seats.org, owners.org), eq(seats.id, owners.seat)))
    .where(
      and(
        eq(owners.org, p.org),
        eq(owners.person, p.person),
        isNotNull(owners.present),
        isNotNull(owners.acceptedAt),
      ),
    )
    .orderBy(asc(seats.key), asc(owners.role));
});

/** Seats a person owns in any accepted role. */
export const seatsOwnedBy = (db: Db, org: string, person: string) => ownedBy(db, { org, person });

/** Every time a person was named in `from <= at < to`, with the seat, in the order of naming. */
export function ownersNamedBetween(db: Db, org: string, person: string, from: Instant, to: Instant) {
  const { owners, seats } = db.t;
  return db
    .select({ owner: owners, seat: seats })
    .from(owners)
    .innerJoin(seats, and(eq(seats.org, owners.org), eq(seats.id, owners.seat)))
    .where(
      and(eq(owners.org, org), eq(owners.person, person), gte(owners.namedAt, from), lt(owners.namedAt, to)),
    )
    .orderBy(asc(owners.namedAt), asc(owners.id));
}

/** Present, accepted owners in one role of seats in one of these stages, each person once. */
export async function acceptedInRole(
  db: Db,
  org: string,
  role: OwnerRow['role'],
  stages: readonly Tables['seats']['$inferSelect']['stage'][],
): Promise<string[]> {
  const { owners, seats } = db.t;
  const rows = await db
    .selectDistinct({ person: owners.person })
    .from(owners)
    .innerJoin(seats, and(eq(seats.org, owners.org), eq(seats.id, owners.seat)))
    .where(
      and(
        eq(owners.org, org),
        eq(owners.role, role),
        isNotNull(owners.present),
        isNotNull(owners.acceptedAt),
        inArray(seats.stage, [...stages]),
      ),
    )
    .orderBy(asc(owners.person));
  return rows.map((row) => row.person);
}
