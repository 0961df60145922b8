import { and, asc, desc, eq } from 'drizzle-orm';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type StageChange = Tables['stageChanges']['$inferSelect'];

/** Every move of every seat, oldest first. */
export function stageChanges(db: Db, org: string): Promise<StageChange[]> {
  const { stageChanges: t } = db.t;
  return db.select().from(t).where(eq(t.org, org)).orderBy(asc(t.at), asc(t.id));
}

/** The moves of one seat with the name of who decided, newest first. */
export async function stageHistory(
  db: Db,
  org: string,
  seat: string,
  limit: number,
): Promise<(StageChange & { readonly name: string })[]> {
  const { stageChanges: t, people } = db.t;
  const rows = await db
    .select({ change: t, name: people.name })
    .from(t)
    .innerJoin(people, and(eq(people.org, t.org), eq(people.id, t.by)))
    .where(and(eq(t.org, org), eq(t.seat, seat)))
    .orderBy(desc(t.at), desc(t.id))
    .limit(limit);
  return rows.map(({ change, name }) => ({ ...change, name }));
}
