import { and, asc, eq, gt, lte, min } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Digest = Tables['digests']['$inferSelect'];

export async function digestOfChannel(db: Db, org: string, channel: string): Promise<Digest | undefined> {
  const { digests } = db.t;
  const [row] = await db
    .select()
    .from(digests)
    .where(and(eq(digests.org, org), eq(digests.channel, channel)));
  return row;
}

export async function digestById(db: Db, org: string, id: string): Promise<Digest | undefined> {
  const { digests } = db.t;
  const [row] = await db
    .select()
    .from(digests)
    .where(and(eq(digests.org, org), eq(digests.id, id)));
  return row;
}

export function digestsDue(db: Db, now: Instant, limit: number): Promise<Digest[]> {
  const { digests } = db.t;
  return db
    .select()
    .from(digests)
    .where(and(eq(digests.active, true), lte(digests.nextAt, now)))
    .orderBy(asc(digests.nextAt))
    .limit(limit);
}

/** When the next digest is due after `now`, in any organisation. */
export async function nextDigestAt(db: Db, now: Instant): Promise<Instant | undefined> {
  const { digests } = db.t;
  const [row] = await db
    .select({ at: min(digests.nextAt) })
    .from(digests)
    .where(and(eq(digests.active, true), gt(digests.nextAt, now)));
  return row?.at ?? undefined;
}
