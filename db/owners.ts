import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
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

/** Present owners, accepted or not. */
export async function ownersOfSeat(db: Db, org: string, seat: string): Promise<Owner[]> {
  const { owners } = db.t;
  return flat(
    await withNames(db).where(and(eq(owners.org, org), eq(owners.seat, seat), isNotNull(owners.present))),
  );
}

export async function ownersOfSeats(db: Db, org: string, seats: readonly string[]): Promise<Owner[]> {
  if (seats.length === 0) return [];
  const { owners } = db.t;
  return flat(
    await withNames(db).where(and(eq(owners.org, org), inArray(owners.seat, [...seats]), isNotNull(owners.present))),
  );
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

/** Roles a person was named for and has not accepted yet, with the seat. */
export function openOffers(db: Db, org: string, person: string) {
  const { owners, seats } = db.t;
  return db
    .select({ owner: owners, seat: seats })
    .from(owners)
    .innerJoin(seats, and(eq(seats.org, owners.org), eq(seats.id, owners.seat)))
    .where(
      and(eq(owners.org, org), eq(owners.person, person), isNotNull(owners.present), isNull(owners.acceptedAt)),
    )
    .orderBy(asc(seats.key), asc(owners.role));
}

/** Seats a person owns in any accepted role. */
export function seatsOwnedBy(db: Db, org: string, person: string) {
  const { owners, seats } = db.t;
  return db
    .select({ role: owners.role, seat: seats })
    .from(owners)
    .innerJoin(seats, and(eq(seats.org, owners.org), eq(seats.id, owners.seat)))
    .where(
      and(eq(owners.org, org), eq(owners.person, person), isNotNull(owners.present), isNotNull(owners.acceptedAt)),
    )
    .orderBy(asc(seats.key), asc(owners.role));
}

/** Every time a person was named in `from <= at < to`, with the seat, in the order of naming. */
export function ownersNamedBetween(db: Db, org: string, person: string, from: Instant, to: Instant) {
  const { owners, seats } = db.t;
  return db
    .select({ owner: owners, seat: seats })
    .from(owners)
    .innerJoin(seats, and(eq(seats.org, owners.org), eq(seats.id, owners.seat)))
    .where(and(eq(owners.org, org), eq(owners.person, person), gte(owners.namedAt, from), lt(owners.namedAt, to)))
    .orderBy(asc(owners.namedAt), asc(owners.id));
}
