import { and, asc, eq } from 'drizzle-orm';
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
