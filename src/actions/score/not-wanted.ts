import { type SQL, and, eq } from 'drizzle-orm';
import type { Db } from '../../../db/store.ts';
import type { Instant } from '../../clock.ts';
import type { Effects, FollowUp } from '../action.ts';
import { requestSubject } from './store.ts';

/** Requests that were taken back, and what follows from it. */
export interface TakenBack extends Required<Pick<Effects<unknown>, 'changed' | 'followUps'>> {
  /** Ids of the requests. */
  readonly requests: readonly string[];
}

/** Of whom, or for which seat, no score is waited for any more. */
type Of = { readonly reviewer: string } | { readonly seat: string } | { readonly request: string };

/**
 * Takes back the scores that are still asked for: nobody is reminded of them, and what was opened because they were
 * overdue is settled.
 */
export async function takeBackRequests(tx: Db, org: string, now: Instant, of: Of): Promise<TakenBack> {
  const { scoreRequests } = tx.t;
  const whose: SQL =
    'reviewer' in of
      ? eq(scoreRequests.reviewer, of.reviewer)
      : 'seat' in of
        ? eq(scoreRequests.seat, of.seat)
        : eq(scoreRequests.id, of.request);
  const rows = await tx
    .update(scoreRequests)
    .set({ state: 'cancelled', endedAt: now, openFor: null })
    .where(and(eq(scoreRequests.org, org), whose, eq(scoreRequests.state, 'open')))
    .returning({ id: scoreRequests.id, seat: scoreRequests.seat, issue: scoreRequests.issue });
  return {
    requests: rows.map(({ id }) => id),
    changed: rows.flatMap(({ id, seat }) => [`seat:${seat}`, requestSubject(id)]),
    followUps: rows.flatMap(({ id, issue }): FollowUp[] =>
      issue === null ? [] : [{ action: 'score.settle-overdue', input: { issue }, key: `cancelled:${id}` }],
    ),
  };
}
