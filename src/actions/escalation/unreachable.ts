import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Escalation, type PingRow, escalationOf, pingsOf } from '../../../db/escalations.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/** Pings of the step whose time runs now; none once the chain has ended in the governance channel. */
const waitedFor = ({ step, repeats }: Escalation, pings: readonly PingRow[]): PingRow[] =>
  pings.filter((p) => repeats === 0 && p.step === step - 1 && p.person !== null);

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
    const escalation = await escalationOf(tx, org, input.issue);
    await tx
      .update(pings)
      .set({ outcome: 'unreachable' })
      .where(and(eq(pings.org, org), eq(pings.issue, input.issue), eq(pings.person, input.person)))
      .returning({ id: pings.id });
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
    return {
      result: null,
      audit: { subject: `issue:${input.issue}`, facts: { unreachable: input.person } },
      changed: [`issue:${input.issue}`],
    };
  },
});
