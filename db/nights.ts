import { and, asc, eq, gt, isNull, lte, min, or } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import type { Db } from './store.ts';

/** Organisations whose night has come, or for which none was set yet: in any organisation. */
export function nightsDue(db: Db, now: Instant, limit: number) {
  const { orgs } = db.t;
  return db
    .select({ org: orgs.id, nightlyAt: orgs.nightlyAt })
    .from(orgs)
    .where(and(isNull(orgs.joinedInto), or(isNull(orgs.nightlyAt), lte(orgs.nightlyAt, now))))
    .orderBy(asc(orgs.nightlyAt), asc(orgs.id))
    .limit(limit);
}

/** When the next night comes after `now`, in any organisation. */
export async function nextNightAt(db: Db, now: Instant): Promise<Instant | undefined> {
  const { orgs } = db.t;
  const [row] = await db
    .select({ at: min(orgs.nightlyAt) })
    .from(orgs)
    .where(and(isNull(orgs.joinedInto), gt(orgs.nightlyAt, now)));
  return row?.at ?? undefined;
}

/** Sets when an organisation's next night comes; false when another copy was first. */
export async function moveNight(tx: Db, org: string, from: Instant | null, to: Instant): Promise<boolean> {
  const { orgs } = tx.t;
  const rows = await tx
    .update(orgs)
    .set({ nightlyAt: to })
    .where(and(eq(orgs.id, org), from === null ? isNull(orgs.nightlyAt) : eq(orgs.nightlyAt, from)))
    .returning({ id: orgs.id });
  return rows.length > 0;
}
