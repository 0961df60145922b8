import { openIssuesOfSeat } from '../../../db/issues.ts';
import type { Db } from '../../../db/store.ts';
import { moved } from '../../domain/issue.ts';
import { endEscalation } from '../escalation/end.ts';
import { issueSubjects } from '../subjects.ts';
import { setIssue } from './take.ts';

interface Drop {
  readonly org: string;
  readonly now: number;
  readonly by: string;
  /** Id of the seat. */
  readonly seat: string;
  readonly because: string;
}

/** Drops every open issue of a seat, and ends their escalations. */
export async function dropIssuesOf(
  tx: Db,
  { org, now, by, seat, because }: Drop,
): Promise<{ readonly refs: readonly string[]; readonly changed: readonly string[] }> {
  const issues = await openIssuesOfSeat(tx, org, seat);
  const changed: string[] = [];
  for (const issue of issues) {
    await setIssue(tx, issue, {
      ...moved(issue, 'drop', now, by),
      dropReason: because,
      openFor: null,
    });
    await endEscalation(tx, org, issue.id, now);
    changed.push(...(await issueSubjects(tx, org, issue.id)));
  }
  return { refs: issues.map((issue) => issue.ref), changed };
}
