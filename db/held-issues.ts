import { type SQL, and, asc, eq, inArray } from 'drizzle-orm';
import { type Issue, openForKey } from './issues.ts';
import type { Db } from './store.ts';

/**
 * Issues that stay as they are read until the transaction ends. SQLite has one writer at a time anyway. Whoever changes
 * an escalation holds its issue first, so that two never wait for each other.
 */
function held(tx: Db, org: string, which: SQL): Promise<Issue[]> {
  const { issues } = tx.t;
  const query = tx
    .select()
    .from(issues)
    .where(and(eq(issues.org, org), which))
    .orderBy(asc(issues.id));
  return tx.engine === 'postgres' ? query.for('update').execute() : query.execute();
}

/** The issue as it is now; nobody else changes it until this transaction ends. */
export async function holdIssue(tx: Db, org: string, id: string): Promise<Issue | undefined> {
  const [row] = await held(tx, org, eq(tx.t.issues.id, id));
  return row;
}

/** The open issue of a seat and metric as it is now; nobody else changes it until this transaction ends. */
export async function holdOpenIssueFor(
  tx: Db,
  org: string,
  seat: string,
  metric: string,
): Promise<Issue | undefined> {
  const [row] = await held(tx, org, eq(tx.t.issues.openFor, openForKey(seat, metric)));
  return row;
}

/** Nobody else changes the issues of these escalations until this transaction ends. */
export async function holdIssuesOf(tx: Db, org: string, chains: readonly string[]): Promise<void> {
  if (tx.engine === 'sqlite') return;
  const { escalations, issues } = tx.t;
  const of = tx
    .select({ issue: escalations.issue })
    .from(escalations)
    .where(and(eq(escalations.org, org), inArray(escalations.id, [...chains])));
  await held(tx, org, inArray(issues.id, of));
}
