import { eq, and, sql } from 'drizzle-orm';
import type { Issue } from '../../../db/issues.ts';
import type { Db } from '../../../db/store.ts';
import { type Move, statesFor } from '../../domain/issue.ts';
import type { Scope } from '../action.ts';
import { needIssue } from '../find.ts';
import { assertPossible } from './who-was-first.ts';

type By = Pick<Scope<unknown>, 'tx' | 'org' | 'person'>;

/**
 * The issue as it is now, if `move` is possible; nobody else moves it until this transaction ends. Otherwise a
 * Conflict that says who was first.
 */
export async function takeIssue({ tx, org, person }: By, ref: string, move: Move): Promise<Issue> {
  const { id } = await needIssue(tx, org, ref);
  const { issues } = tx.t;
  // Changes nothing, but locks the row, so that of two at the same moment the second sees what the first did.
  const [issue] = await tx
    .update(issues)
    .set({ ref: sql`${issues.ref}` })
    .where(and(eq(issues.org, org), eq(issues.id, id)))
    .returning();
  if (!statesFor(move).includes(issue!.state)) await assertPossible(tx, org, move, issue!, person?.id);
  return issue!;
}

/** Changes an issue that was taken in this transaction. */
export async function setIssue(tx: Db, issue: Issue, change: Partial<Issue>): Promise<Issue> {
  const { issues } = tx.t;
  const [row] = await tx
    .update(issues)
    .set(change)
    .where(and(eq(issues.org, issue.org), eq(issues.id, issue.id), eq(issues.state, issue.state)))
    .returning();
  return row!;
}
