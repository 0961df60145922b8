import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { personById } from '../../../db/people.ts';
import { scoreRequestById } from '../../../db/scores.ts';
import { seatById } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { type Effects, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { openIssue } from '../issue/index.ts';
import { requestSubject } from './store.ts';

/** A score that was asked for did not come in time: that is an issue like any other, and is escalated alike. */
export const overdueScore = defineAction({
  name: 'score.overdue',
  /** Id of the request. */
  input: z.object({ request: z.string() }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }): Promise<Effects<{ ref: string | null }>> {
    const request = (await scoreRequestById(tx, org, input.request))!;
    const seat = (await seatById(tx, org, request.seat))!;
    if (request.state !== 'open' || request.issue !== null || seat.stage === 'retired') {
      return {
        result: { ref: null },
        audit: { subject: `seat:${seat.id}`, facts: { request: request.id, state: request.state } },
      };
    }
    if (!(await takeTurn(tx, org, request.id))) {
      return {
        result: { ref: null },
        audit: { subject: `seat:${seat.id}`, facts: { request: request.id, state: 'answered meanwhile' } },
      };
    }
    const reviewer = (await personById(tx, org, request.reviewer))!;
    const effects = await openIssue(tx, {
      org,
      now,
      seat,
      metric: null,
      kind: 'blocker',
      severity: 3,
      title: `The readiness score of ${reviewer.name} is overdue`,
      assignee: reviewer.active ? reviewer.id : undefined,
      openedBy: null,
      signal: {
        kind: 'score overdue',
        sentence: `${reviewer.name} was asked to score ${seat.name} and has not done it in time.`,
        period: null,
        facts: { request: request.id },
      },
    });
    const { scoreRequests } = tx.t;
    await tx
      .update(scoreRequests)
      .set({ issue: effects.result.id })
      .where(and(eq(scoreRequests.org, org), eq(scoreRequests.id, request.id), isNull(scoreRequests.issue)))
      .returning({ id: scoreRequests.id });
    return {
      ...effects,
      result: { ref: effects.result.ref },
      changed: [...(effects.changed ?? []), requestSubject(request.id)],
    };
  },
});

/**
 * Changes nothing but locks the request while it is open: a score that comes at the same moment either came first, or
 * waits and finds the issue that it settles.
 */
async function takeTurn(tx: Db, org: string, request: string): Promise<boolean> {
  const { scoreRequests } = tx.t;
  const rows = await tx
    .update(scoreRequests)
    .set({ state: 'open' })
    .where(and(eq(scoreRequests.org, org), eq(scoreRequests.id, request), eq(scoreRequests.state, 'open')))
    .returning({ id: scoreRequests.id });
  return rows.length > 0;
}
