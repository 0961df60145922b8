import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { anyone } from '../allow.ts';

const data = z.record(z.string(), z.json());

/** Keeps what somebody may do only once their accounts are linked, so that it is not lost meanwhile. */
export const keepAction = defineAction({
  name: 'person.keep',
  input: z.object({
    label: z.string().max(75),
    on: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('press'), name: z.string(), payload: data }),
      z.object({ kind: z.literal('form'), name: z.string(), args: data }),
      z.object({ kind: z.literal('command'), line: z.string().max(1900) }),
    ]),
  }),
  allow: anyone,
  async run({ tx, org, now, input, person }) {
    const { people } = tx.t;
    await tx
      .update(people)
      .set({ kept: { ...input, at: now } })
      .where(and(eq(people.org, org), eq(people.id, person!.id)))
      .returning({ id: people.id });
    return { result: null, audit: { subject: `person:${person!.id}`, facts: { kept: input.on.kind } } };
  },
});
