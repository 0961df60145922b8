import { and, desc, eq } from 'drizzle-orm';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Inventory = Tables['inventory']['$inferSelect'];
export type SeatChange = Tables['seatChanges']['$inferSelect'];

const ofSeats = prepared('inventory_of_seats', (db, p: Places<'org' | 'seats'>) => {
  const { inventory } = db.t;
  return db
    .select()
    .from(inventory)
    .where(and(eq(inventory.org, p.org), among(db, inventory.seat, p.seats)));
});

/** The records of these seats, by seat; a seat of which nothing was said has none. */
export async function recordsOfSeats(
  db: Db,
  org: string,
  seats: readonly string[],
): Promise<Map<string, Inventory>> {
  if (seats.length === 0) return new Map();
  const rows = await ofSeats(db, { org, seats: list(db, seats) });
  return new Map(rows.map((row) => [row.seat, row]));
}

const imported = prepared('inventory_imported', (db, p: Places<'org' | 'from'>) => {
  const { inventory } = db.t;
  return db
    .select({ seat: inventory.seat, externalId: inventory.externalId })
    .from(inventory)
    .where(and(eq(inventory.org, p.org), eq(inventory.importedFrom, p.from)));
});

/** Seat ids by the name that the inventory `from` has for the use case. */
export async function importedSeats(db: Db, org: string, from: string): Promise<Map<string, string>> {
  const rows = await imported(db, { org, from });
  return new Map(rows.flatMap(({ seat, externalId }) => (externalId === null ? [] : [[externalId, seat]])));
}

/** What a seat and its record said before each change, with the name of who changed it, newest first. */
export async function seatChangesOf(
  db: Db,
  org: string,
  seat: string,
  limit: number,
): Promise<(SeatChange & { readonly name: string | null })[]> {
  const { seatChanges: t, people } = db.t;
  const rows = await db
    .select({ change: t, name: people.name })
    .from(t)
    .leftJoin(people, and(eq(people.org, t.org), eq(people.id, t.by)))
    .where(and(eq(t.org, org), eq(t.seat, seat)))
    .orderBy(desc(t.at), desc(t.id))
    .limit(limit);
  return rows.map(({ change, name }) => ({ ...change, name }));
}
