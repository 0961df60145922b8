import { and, eq, ne } from 'drizzle-orm';
import { z } from 'zod';
import { type Escalation, type PingRow, escalationOf, pingsOf } from '../../../db/escalations.ts';
import { holdIssue } from '../../../db/held-issues.ts';
import { seatById } from '../../../db/seats.ts';
import { askedStep } from '../../domain/escalation.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { passedMessage } from './messages.ts';

/** Pings of the step whose time runs now; none once the chain has ended in the governance channel. */
export function waitedFor(escalation: Escalation, pings: readonly PingRow[]): PingRow[] {
  const { round, handedTo } = escalation;
  const present = pings.filter((p) => p.round === round && p.person !== null);
  if (handedTo !== null) return present.filter((p) => p.person === handedTo && p.target === 'handed');
  const asked = askedStep(escalation.policy, escalation);
  return present.filter((p) => p.step === asked && p.outcome !== 'away');
}

/**
 * A ping could not be delivered: the escalation goes on at once instead of waiting for who will never see it. Where
 * somebody else of the same or a later step was reached, they keep their time to answer.
 */
export const skipUnreachable = defineAction({
  name: 'escalation.unreachable',
  /** Issue id and person id. */
  input: z.object({ issue: z.string(), person: z.string() }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const { escalations, pings } = tx.t;
    const issue = await holdIssue(tx, org, input.issue);
    const escalation = await escalationOf(tx, org, input.issue);
    const lost = await tx
      .update(pings)
      .set({ outcome: 'unreachable' })
      .where(
        and(
          eq(pings.org, org),
          eq(pings.issue, input.issue),
          eq(pings.person, input.person),
          ne(pings.outcome, 'away'),
        ),
      )
      .returning({ at: pings.at });
    const waited = escalation === undefined ? [] : waitedFor(escalation, await pingsOf(tx, org, input.issue));
    const inVain =
      waited.some((p) => p.person === input.person) && waited.every((p) => p.outcome === 'unreachable');
    if (escalation?.state === 'running' && inVain) {
      await tx
        .update(escalations)
        .set({ nextAt: now })
        .where(and(eq(escalations.org, org), eq(escalations.id, escalation.id)))
        .returning({ id: escalations.id });
    }
    const seat = issue === undefined ? undefined : await seatById(tx, org, issue.seat);
    const channel = seat?.channel ?? null;
    return {
      result: null,
      audit: { subject: `issue:${input.issue}`, facts: { unreachable: input.person } },
      shows:
        seat === undefined || channel === null
          ? []
          : lost.map(({ at }) => passedMessage({ id: seat.id, channel }, input.issue, at)),
      changed: [`issue:${input.issue}`],
    };
  },
});
