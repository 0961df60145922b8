import { openForOf, quietIssueFor } from '../../../db/issues.ts';
import { type Seat, nextIssueNumber } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { type IssueKind, type Severity, issueRef } from '../../domain/issue.ts';
import { newId } from '../../ids.ts';
import type { Effects } from '../action.ts';
import { startRound } from '../escalation/index.ts';
import { type NewSignal, addSignal, channelPost } from './evidence.ts';
import { overdueCheck } from './overdue.ts';
import { promises } from './promises.ts';
import { reopenBySignal } from './open-again.ts';

export { addSignal } from './evidence.ts';

export interface NewIssue {
  readonly org: string;
  readonly now: number;
  readonly seat: Seat;
  readonly metric: string | null;
  /** The priority that is off track. */
  readonly priority?: string | undefined;
  readonly kind: IssueKind;
  readonly severity: Severity;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly link?: string | undefined;
  /** The message in chat that it was raised from. */
  readonly quote?: string | undefined;
  /** Runs the chain for real and counts in no figure about the seat. */
  readonly drill?: boolean | undefined;
  /** Person id: who has it from the start. */
  readonly assignee?: string | undefined;
  /** Person id; null when Coxswain opens it by itself. */
  readonly openedBy: string | null;
  readonly signal: NewSignal;
}

export type Opened = { readonly id: string; readonly ref: string };

/**
 * Opens an issue with its first signal and starts its escalation. Severity 4 waits for the digest. A missing number is
 * named by the digest, so it has no post of its own in the channel. What is solved but not closed is not over: a
 * signal on the same metric reopens that issue instead.
 */
export async function openIssue(tx: Db, n: NewIssue): Promise<Effects<Opened>> {
  const quiet = n.metric === null ? undefined : await quietIssueFor(tx, n.org, n.seat.id, n.metric, n.now);
  if (quiet !== undefined) return reopenBySignal(tx, quiet, n);
  const { issues } = tx.t;
  const id = newId();
  const ref = issueRef(n.seat.key, await nextIssueNumber(tx, n.org, n.seat.id));
  const about = { seat: n.seat.id, metric: n.metric, priority: n.priority ?? null };
  const promised = await promises(tx, n.org, n.severity, n.now);
  await tx.insert(issues).values({
    org: n.org,
    id,
    ref,
    ...about,
    kind: n.kind,
    severity: n.severity,
    title: n.title,
    detail: n.detail ?? null,
    link: n.link ?? null,
    quote: n.quote ?? null,
    drill: n.drill ?? false,
    assignee: n.assignee ?? null,
    state: 'open',
    openedAt: n.now,
    openedBy: n.openedBy,
    ...promised,
    openFor: openForOf(about),
  });
  await addSignal(tx, { org: n.org, issue: id, now: n.now, ...n.signal });
  await startRound(tx, {
    org: n.org,
    issue: id,
    seat: n.seat.id,
    severity: n.severity,
    now: n.now,
    because: n.drill === true ? 'drill' : 'opened',
  });
  return {
    result: { id, ref },
    audit: {
      subject: `issue:${id}`,
      facts: {
        ref,
        seat: n.seat.key,
        metric: n.metric,
        kind: n.kind,
        severity: n.severity,
        signal: n.signal.kind,
        period: n.signal.period,
        drill: n.drill ?? false,
        assignee: n.assignee ?? null,
      },
      text: {
        title: n.title,
        detail: n.detail ?? null,
        link: n.link ?? null,
        quote: n.quote ?? null,
        seen: n.signal.sentence,
      },
    },
    shows: n.signal.kind === 'missing' ? [] : channelPost(n.seat, id),
    changed: [`seat:${n.seat.id}`],
    followUps: overdueCheck({ id }, promised, n.now),
  };
}
