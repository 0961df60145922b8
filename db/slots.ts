import { and, eq, max } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import type { Db } from './store.ts';

/** The latest slot that was ever claimed for a target. */
export async function lastSlot(
  db: Db,
  org: string,
  job: string,
  target: string,
): Promise<Instant | undefined> {
  const { slots } = db.t;
  const [row] = await db
    .select({ at: max(slots.nominal) })
    .from(slots)
    .where(and(eq(slots.org, org), eq(slots.job, job), eq(slots.target, target)));
  return row?.at ?? undefined;
}
