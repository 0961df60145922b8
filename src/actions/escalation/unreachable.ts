import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { escalationOf } from '../../../db/issues.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/** A ping could not be delivered: the escalation goes on at once instead of waiting for who will never see it. */
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
    if (escalation?.state === 'running') {
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
