import { and, asc, eq, gt, lte, min } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type ExecutiveDigest = Tables['executiveDigests']['$inferSelect'];
export type To = Pick<ExecutiveDigest, 'toKind' | 'toId'>;

export async function executiveById(db: Db, org: string, id: string): Promise<ExecutiveDigest | undefined> {
  const { executiveDigests: t } = db.t;
  const [row] = await db
    .select()
    .from(t)
    .where(and(eq(t.org, org), eq(t.id, id)));
  return row;
}

export async function executiveTo(db: Db, org: string, to: To): Promise<ExecutiveDigest | undefined> {
  const { executiveDigests: t } = db.t;
  const [row] = await db
    .select()
    .from(t)
    .where(and(eq(t.org, org), eq(t.toKind, to.toKind), eq(t.toId, to.toId)));
  return row;
}

export function executivesDue(db: Db, now: Instant, limit: number): Promise<ExecutiveDigest[]> {
  const { executiveDigests: t } = db.t;
  return db
    .select()
    .from(t)
    .where(and(eq(t.active, true), lte(t.nextAt, now)))
    .orderBy(asc(t.nextAt))
    .limit(limit);
}

export async function nextExecutiveAt(db: Db, now: Instant): Promise<Instant | undefined> {
  const { executiveDigests: t } = db.t;
  const [row] = await db
    .select({ at: min(t.nextAt) })
    .from(t)
    .where(and(eq(t.active, true), gt(t.nextAt, now)));
  return row?.at ?? undefined;
}

/** Every seat, the retired ones too, by key: what the funnel counts. */
export function seatsEver(db: Db, org: string) {
  const { seats } = db.t;
  return db
    .select({
      id: seats.id,
      key: seats.key,
      name: seats.name,
      stage: seats.stage,
      halted: seats.halted,
      createdAt: seats.createdAt,
    })
    .from(seats)
    .where(eq(seats.org, org))
    .orderBy(asc(seats.key));
}
