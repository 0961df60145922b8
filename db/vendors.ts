import { and, asc, desc, eq, ne } from 'drizzle-orm';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Vendor = Tables['vendors']['$inferSelect'];

/** Every vendor, those that are no longer one included, by key. */
export function allVendors(db: Db, org: string): Promise<Vendor[]> {
  const { vendors } = db.t;
  return db.select().from(vendors).where(eq(vendors.org, org)).orderBy(asc(vendors.key));
}

const ofSeats = prepared('vendors_of_seats', (db, p: Places<'org' | 'seats'>) => {
  const { seatVendors: t, vendors } = db.t;
  return db
    .select({ seat: t.seat, vendor: { id: vendors.id, key: vendors.key, name: vendors.name } })
    .from(t)
    .innerJoin(vendors, and(eq(vendors.org, t.org), eq(vendors.id, t.vendor)))
    .where(and(eq(t.org, p.org), among(db, t.seat, p.seats)))
    .orderBy(asc(vendors.key));
});

export interface VendorName {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

/** The vendors behind these seats, by seat, in the order of their keys. */
export async function vendorsOfSeats(
  db: Db,
  org: string,
  seats: readonly string[],
): Promise<Map<string, VendorName[]>> {
  if (seats.length === 0) return new Map();
  const found = Map.groupBy(await ofSeats(db, { org, seats: list(db, seats) }), (row) => row.seat);
  return new Map([...found].map(([seat, rows]) => [seat, rows.map((row) => row.vendor)]));
}

/** Ids of the seats that are not retired behind which it stands. */
export async function seatsOfVendor(db: Db, org: string, vendor: string): Promise<string[]> {
  const { seatVendors: t, seats } = db.t;
  const rows = await db
    .select({ seat: t.seat })
    .from(t)
    .innerJoin(seats, and(eq(seats.org, t.org), eq(seats.id, t.seat)))
    .where(and(eq(t.org, org), eq(t.vendor, vendor), ne(seats.stage, 'retired')));
  return rows.map((row) => row.seat);
}

/** Seats that are not retired, by the vendor that stands behind them. */
export async function countSeatsOfVendors(db: Db, org: string): Promise<Map<string, number>> {
  const { seatVendors: t, seats } = db.t;
  const rows = await db
    .select({ vendor: t.vendor })
    .from(t)
    .innerJoin(seats, and(eq(seats.org, t.org), eq(seats.id, t.seat)))
    .where(and(eq(t.org, org), ne(seats.stage, 'retired')));
  const counts = new Map<string, number>();
  for (const { vendor } of rows) counts.set(vendor, (counts.get(vendor) ?? 0) + 1);
  return counts;
}

/** What was known before each change, newest first, with the name of who changed it. */
export async function vendorChangesOf(db: Db, org: string, vendor: string, limit: number) {
  const { vendorChanges: t, people } = db.t;
  const rows = await db
    .select({ change: t, name: people.name })
    .from(t)
    .leftJoin(people, and(eq(people.org, t.org), eq(people.id, t.by)))
    .where(and(eq(t.org, org), eq(t.vendor, vendor)))
    .orderBy(desc(t.at), desc(t.id))
    .limit(limit);
  return rows.map(({ change, name }) => ({ ...change, name }));
}
