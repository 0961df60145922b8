import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { LINK_CODE_LASTS } from '../../domain/one-time-code.ts';
import { type Effects, defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { codeDigest, newCode } from '../one-time-code.ts';

/** Null in the answer to a repeated call: the code is shown once. */
type Made = { code: string | null; until: number };

/** A one-time code with which this person links another account of theirs. The one before is void. */
export const makeLinkCode = defineAction({
  name: 'person.link-code',
  input: z.object({}),
  allow: anyone,
  async run({ tx, org, now, person }): Promise<Effects<Made>> {
    const { people } = tx.t;
    const code = newCode();
    const until = now + LINK_CODE_LASTS;
    await tx
      .update(people)
      .set({ linkCode: codeDigest(code), linkCodeUntil: until })
      .where(and(eq(people.org, org), eq(people.id, person!.id)))
      .returning({ id: people.id });
    return {
      result: { code, until },
      kept: { code: null, until },
      audit: { subject: `person:${person!.id}`, facts: { linkCode: 'made', until } },
    };
  },
});
