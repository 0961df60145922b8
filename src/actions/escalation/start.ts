import { and, eq } from 'drizzle-orm';
import { escalationOf, policyFor } from '../../../db/escalations.ts';
import type { Db } from '../../../db/store.ts';
import { type Policy, type RoundReason, defaultPolicy } from '../../domain/escalation.ts';
import type { Severity } from '../../domain/issue.ts';
import { newId } from '../../ids.ts';
import { endEscalation } from './end.ts';

export interface NewRound {
  readonly org: string;
  /** Issue id. */
  readonly issue: string;
  /** Seat id. */
  readonly seat: string;
  readonly severity: Severity;
  readonly now: number;
  readonly because: RoundReason;
}

/** The seat's own policy, else the organisation's, else the default; undefined where nobody is pinged. */
export async function policyOf(
  db: Db,
  org: string,
  seat: string | null,
  severity: Severity,
): Promise<Policy | undefined> {
  const { own, whole } = await policyFor(db, org, seat, severity);
  return own?.policy ?? whole?.policy ?? defaultPolicy(severity);
}

/**
 * Starts the chain of an issue, from its first step: the first round, or once more. The policy that holds now is kept
 * with it, so later changes do not reach it. Where the severity pings nobody, a chain that runs is ended.
 */
export async function startRound(tx: Db, n: NewRound): Promise<void> {
  const { escalations } = tx.t;
  const holds = await policyOf(tx, n.org, n.seat, n.severity);
  const policy = n.because === 'drill' ? drillOf(holds) : holds;
  if (policy === undefined) return endEscalation(tx, n.org, n.issue, n.now);
  const earlier = await escalationOf(tx, n.org, n.issue);
  const round = {
    policy,
    step: 0,
    repeats: 0,
    state: 'running' as const,
    startedAt: n.now,
    nextAt: n.now,
    endedAt: null,
    because: n.because,
    snoozedUntil: null,
    snoozedBy: null,
    handedTo: null,
    handedBy: null,
    reminders: 0,
  };
  if (earlier === undefined) {
    await tx.insert(escalations).values({ org: n.org, id: newId(), issue: n.issue, ...round });
    return;
  }
  await tx
    .update(escalations)
    .set({ ...round, round: earlier.round + 1 })
    .where(and(eq(escalations.org, n.org), eq(escalations.id, earlier.id)))
    .returning({ id: escalations.id });
}

/** A drill shows whether somebody answers; once the chain has ended it does not go on reminding everybody. */
function drillOf(policy: Policy | undefined): Policy | undefined {
  if (policy === undefined) return undefined;
  const { repeat: _, ...once } = policy;
  return once;
}
