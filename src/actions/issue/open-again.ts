import { and, eq, inArray } from 'drizzle-orm';
import { type Issue, openForOf } from '../../../db/issues.ts';
import type { Db } from '../../../db/store.ts';
import { moved, statesFor } from '../../domain/issue.ts';
import type { Effects } from '../action.ts';
import { startRound } from '../escalation/index.ts';
import { addSignal, channelPost } from './evidence.ts';
import type { NewIssue, Opened } from './open-issue.ts';
import { overdueCheck } from './overdue.ts';
import { promises } from './promises.ts';
import { issueSubjects } from '../subjects.ts';

type Change = Partial<Pick<Issue, 'severity' | 'title' | 'openedBy'>>;

/**
 * The issue is open again, its promises run anew, its people are asked anew. What was said when it was solved stays,
 * and so does the first acknowledgement. Undefined when somebody else was faster.
 */
export async function openAgain(
  tx: Db,
  r: { org: string; now: number; issue: Issue; by: string | null; change?: Change },
): Promise<Issue | undefined> {
  const { issues } = tx.t;
  const { org, now, issue, change = {} } = r;
  const severity = change.severity ?? issue.severity;
  const [row] = await tx
    .update(issues)
    .set({
      ...moved(issue, 'reopen', now, r.by),
      ...(await promises(tx, org, severity, now)),
      ...change,
      outcome: null,
      dropReason: null,
      openFor: openForOf(issue),
    })
    .where(and(eq(issues.org, org), eq(issues.id, issue.id), inArray(issues.state, [...statesFor('reopen')])))
    .returning();
  if (row !== undefined)
    await startRound(tx, { org, now, issue: row.id, seat: row.seat, severity, because: 'reopened' });
  return row;
}

/** A signal on what was solved a few days ago: the same issue is open again, as severe as what was seen now. */
export async function reopenBySignal(tx: Db, issue: Issue, n: NewIssue): Promise<Effects<Opened>> {
  const { org, now, severity, title, openedBy, signal } = n;
  const again = await openAgain(tx, { org, now, issue, by: null, change: { severity, title, openedBy } });
  await addSignal(tx, { org, issue: issue.id, now, ...signal });
  return {
    result: { id: issue.id, ref: issue.ref },
    audit: {
      subject: `issue:${issue.id}`,
      facts: {
        ref: issue.ref,
        state: 'open',
        reopened: true,
        metric: issue.metric,
        severity,
        signal: signal.kind,
        period: signal.period,
      },
      text: { title, seen: signal.sentence },
    },
    shows: signal.kind === 'missing' ? [] : channelPost(n.seat, issue.id),
    changed: [...(await issueSubjects(tx, org, issue.id)), `seat:${n.seat.id}`],
    followUps: again === undefined ? [] : overdueCheck(again, again, now),
  };
}
