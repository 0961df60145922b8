import { and, asc, count, eq, isNull } from 'drizzle-orm';
import { type Places, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Rule = Tables['rules']['$inferSelect'];

const holding = prepared('rules_that_hold', (db, p: Places<'org'>) => {
  const { rules } = db.t;
  return db
    .select()
    .from(rules)
    .where(and(eq(rules.org, p.org), isNull(rules.endedAt)))
    .orderBy(asc(rules.at), asc(rules.id));
});

/** Rules that hold, oldest first. */
export const rulesThatHold = (db: Db, org: string): Promise<Rule[]> => holding(db, { org });

export async function ruleByRef(db: Db, org: string, ref: string): Promise<Rule | undefined> {
  const { rules } = db.t;
  const [row] = await db
    .select()
    .from(rules)
    .where(and(eq(rules.org, org), eq(rules.ref, ref)));
  return row;
}

/** How many rules there ever were; none is deleted. */
export async function countRules(db: Db, org: string): Promise<number> {
  const { rules } = db.t;
  const [row] = await db.select({ n: count() }).from(rules).where(eq(rules.org, org));
  return row?.n ?? 0;
}
