import type { Wanted } from '../../../db/messages.ts';
import { nextIssueNumber } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import type { Seat } from '../../../db/seats.ts';
import { type IssueKind, type Severity, type SignalKind, issueRef } from '../../domain/issue.ts';
import { openForKey } from '../../../db/issues.ts';
import { newId } from '../../ids.ts';
import type { Effects } from '../action.ts';
import { startRound } from '../escalation/index.ts';

export interface NewIssue {
  readonly org: string;
  readonly now: number;
  readonly seat: Seat;
  readonly metric: string | null;
  readonly kind: IssueKind;
  readonly severity: Severity;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly link?: string | undefined;
  /** Person id; null when Coxswain opens it by itself. */
  readonly openedBy: string | null;
  readonly signal: { readonly kind: SignalKind; readonly sentence: string; readonly period: string | null };
}

export type Opened = { readonly id: string; readonly ref: string };

/**
 * Opens an issue with its first signal and starts its escalation. Severity 4 waits for the digest. A missing number is
 * named by the digest, so it has no post of its own in the channel.
 */
export async function openIssue(tx: Db, n: NewIssue): Promise<Effects<Opened>> {
  const { issues } = tx.t;
  const id = newId();
  const ref = issueRef(n.seat.key, await nextIssueNumber(tx, n.org, n.seat.id));
  await tx.insert(issues).values({
    org: n.org,
    id,
    ref,
    seat: n.seat.id,
    metric: n.metric,
    kind: n.kind,
    severity: n.severity,
    title: n.title,
    detail: n.detail ?? null,
    link: n.link ?? null,
    state: 'open',
    openedAt: n.now,
    openedBy: n.openedBy,
    openFor: n.metric === null ? null : openForKey(n.seat.id, n.metric),
  });
  await addSignal(tx, { org: n.org, issue: id, now: n.now, ...n.signal });
  await startRound(tx, {
    org: n.org,
    issue: id,
    seat: n.seat.id,
    severity: n.severity,
    now: n.now,
    because: 'opened',
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
      },
      text: { title: n.title, detail: n.detail ?? null, link: n.link ?? null, seen: n.signal.sentence },
    },
    shows: n.signal.kind === 'missing' ? [] : channelPost(n.seat, id),
    changed: [`seat:${n.seat.id}`],
  };
}

/** The issue's post in its seat's channel, where it has one. */
export const channelPost = ({ channel }: Pick<Seat, 'channel'>, issue: string): Wanted[] =>
  channel === null
    ? []
    : [
        {
          key: `issue:${issue}:channel`,
          to: { kind: 'channel', id: channel },
          view: 'issue',
          args: { issue },
          subject: `issue:${issue}`,
        },
      ];

export async function addSignal(
  tx: Db,
  s: { org: string; issue: string; now: number; kind: SignalKind; sentence: string; period: string | null },
): Promise<void> {
  await tx.insert(tx.t.signals).values({
    org: s.org,
    id: newId(),
    issue: s.issue,
    at: s.now,
    kind: s.kind,
    period: s.period,
    sentence: s.sentence,
  });
}
