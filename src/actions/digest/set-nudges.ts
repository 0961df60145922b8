import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { anyone } from '../allow.ts';

/** Whether I am reminded before a digest. It holds until I say otherwise. */
export const setNudges = defineAction({
  name: 'digest.set-nudges',
  input: z.object({ on: z.boolean() }),
  allow: anyone,
  async run({ tx, org, input, person }) {
    const { people } = tx.t;
    await tx
      .update(people)
      .set({ nudges: input.on })
      .where(and(eq(people.org, org), eq(people.id, person!.id)))
      .returning({ id: people.id });
    return {
      result: { on: input.on },
      audit: { subject: `person:${person!.id}`, facts: { nudges: input.on } },
    };
  },
});
