import { and, eq, inArray } from 'drizzle-orm';
import type { Issue } from '../../../db/issues.ts';
import type { Db } from '../../../db/store.ts';
import { moved, statesFor } from '../../domain/issue.ts';
import { endEscalation } from '../escalation/end.ts';
import { issueSubjects } from '../subjects.ts';

/**
 * Solves an issue by itself: the number came, the alert is over. `fix` says what happened. Returns the subjects whose
 * messages changed, none when it was not open any more.
 */
export async function settleIssue(
  tx: Db,
  s: { readonly org: string; readonly now: number; readonly issue: Issue; readonly fix: string },
): Promise<readonly string[]> {
  const { org, now, issue, fix } = s;
  const { issues } = tx.t;
  const [row] = await tx
    .update(issues)
    .set({ ...moved(issue, 'solve', now, null), fix, openFor: null })
    .where(and(eq(issues.org, org), eq(issues.id, issue.id), inArray(issues.state, [...statesFor('solve')])))
    .returning({ id: issues.id });
  if (row === undefined) return [];
  await endEscalation(tx, org, issue.id, now);
  return [...(await issueSubjects(tx, org, issue.id)), `seat:${issue.seat}`];
}
