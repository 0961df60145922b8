import { and, asc, eq, ne, sql } from 'drizzle-orm';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Seat = Tables['seats']['$inferSelect'];

const byKey = prepared('seat_by_key', (db, p: Places<'org' | 'key'>) => {
  const { seats } = db.t;
  return db
    .select()
    .from(seats)
    .where(and(eq(seats.org, p.org), eq(seats.key, p.key)));
});

export async function seatByKey(db: Db, org: string, key: string): Promise<Seat | undefined> {
  return (await byKey(db, { org, key }))[0];
}

const byKeys = prepared('seats_by_keys', (db, p: Places<'org' | 'keys'>) => {
  const { seats } = db.t;
  return db
    .select()
    .from(seats)
    .where(and(eq(seats.org, p.org), among(db, seats.key, p.keys)));
});

/** Those of the keys that exist, by key. */
export async function seatsByKeys(db: Db, org: string, keys: Iterable<string>): Promise<Map<string, Seat>> {
  const rows = await byKeys(db, { org, keys: list(db, keys) });
  return new Map(rows.map((s) => [s.key, s]));
}

const byId = prepared('seat_by_id', (db, p: Places<'org' | 'id'>) => {
  const { seats } = db.t;
  return db
    .select()
    .from(seats)
    .where(and(eq(seats.org, p.org), eq(seats.id, p.id)));
});

export async function seatById(db: Db, org: string, id: string): Promise<Seat | undefined> {
  return (await byId(db, { org, id }))[0];
}

const byIds = prepared('seats_by_ids', (db, p: Places<'org' | 'ids'>) => {
  const { seats } = db.t;
  return db
    .select()
    .from(seats)
    .where(and(eq(seats.org, p.org), among(db, seats.id, p.ids)));
});

export async function seatsByIds(db: Db, org: string, ids: readonly string[]): Promise<Map<string, Seat>> {
  if (ids.length === 0) return new Map();
  const rows = await byIds(db, { org, ids: list(db, ids) });
  return new Map(rows.map((s) => [s.id, s]));
}

/** Keys for suggestions, in alphabetical order. */
export async function seatKeys(db: Db, org: string): Promise<string[]> {
  const { seats } = db.t;
  const rows = await db
    .select({ key: seats.key })
    .from(seats)
    .where(eq(seats.org, org))
    .orderBy(asc(seats.key));
  return rows.map((r) => r.key);
}

/** Every seat that is not retired, or only those of one channel, by key. */
export function listSeats(db: Db, org: string, filter: { channel?: string } = {}): Promise<Seat[]> {
  const { seats } = db.t;
  return db
    .select()
    .from(seats)
    .where(
      and(
        eq(seats.org, org),
        ne(seats.stage, 'retired'),
        filter.channel === undefined ? undefined : eq(seats.channel, filter.channel),
      ),
    )
    .orderBy(asc(seats.key));
}

/** Every seat, the retired ones too, by key. */
export function everySeat(db: Db, org: string): Promise<Seat[]> {
  const { seats } = db.t;
  return db.select().from(seats).where(eq(seats.org, org)).orderBy(asc(seats.key));
}

/** To which seat each of the seats reports, retired ones included, by id. */
export async function seatParents(db: Db, org: string): Promise<Map<string, string | null>> {
  const { seats } = db.t;
  const rows = await db.select({ id: seats.id, parent: seats.parent }).from(seats).where(eq(seats.org, org));
  return new Map(rows.map((row) => [row.id, row.parent]));
}

/** Takes the next number for an issue of this seat. */
export async function nextIssueNumber(tx: Db, org: string, seat: string): Promise<number> {
  const { seats } = tx.t;
  const [row] = await tx
    .update(seats)
    .set({ issueCount: sql`${seats.issueCount} + 1` })
    .where(and(eq(seats.org, org), eq(seats.id, seat)))
    .returning({ issueCount: seats.issueCount });
  if (row === undefined) throw new Error(`seat ${seat} does not exist`);
  return row.issueCount;
}
