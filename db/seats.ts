import { and, asc, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Seat = Tables['seats']['$inferSelect'];

export async function seatByKey(db: Db, org: string, key: string): Promise<Seat | undefined> {
  const { seats } = db.t;
  const [row] = await db.select().from(seats).where(and(eq(seats.org, org), eq(seats.key, key)));
  return row;
}

export async function seatById(db: Db, org: string, id: string): Promise<Seat | undefined> {
  const { seats } = db.t;
  const [row] = await db.select().from(seats).where(and(eq(seats.org, org), eq(seats.id, id)));
  return row;
}

export async function seatsByIds(db: Db, org: string, ids: readonly string[]): Promise<Map<string, Seat>> {
  if (ids.length === 0) return new Map();
  const { seats } = db.t;
  const rows = await db.select().from(seats).where(and(eq(seats.org, org), inArray(seats.id, [...new Set(ids)])));
  return new Map(rows.map((s) => [s.id, s]));
}

/** Keys for suggestions, in alphabetical order. */
export async function seatKeys(db: Db, org: string): Promise<string[]> {
  const { seats } = db.t;
  const rows = await db.select({ key: seats.key }).from(seats).where(eq(seats.org, org)).orderBy(asc(seats.key));
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
