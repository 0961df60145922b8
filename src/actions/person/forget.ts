import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { anyone } from '../allow.ts';

/** What was kept is not wanted any more. */
export const forgetKept = defineAction({
  name: 'person.forget-kept',
  input: z.object({}),
  allow: anyone,
  async run({ tx, org, person }) {
    const { people } = tx.t;
    await tx
      .update(people)
      .set({ kept: null })
      .where(and(eq(people.org, org), eq(people.id, person!.id)))
      .returning({ id: people.id });
    return { result: null, audit: { subject: `person:${person!.id}`, facts: { kept: null } } };
  },
});
