import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { askedBy, linkAskSubject } from './linking.ts';

/** It is not theirs: the code is void. */
export const refuseLink = defineAction({
  name: 'person.refuse-link',
  input: z.object({ person: z.string() }),
  allow: anyone,
  async run({ tx, org, input, person }) {
    const { people } = tx.t;
    const [gone] = await tx
      .update(people)
      .set({ linkCode: null, linkCodeUntil: null })
      .where(and(eq(people.org, org), eq(people.id, person!.id), eq(people.linkCode, askedBy(input.person))))
      .returning({ id: people.id });
    if (gone === undefined) throw conflict('This does not wait for you any more.');
    return {
      result: null,
      audit: { subject: `person:${person!.id}`, facts: { linkRefused: input.person } },
      changed: [linkAskSubject(person!.id)],
    };
  },
});
