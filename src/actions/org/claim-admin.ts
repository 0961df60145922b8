import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Effects, defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { codeDigest } from '../one-time-code.ts';
import { assertMayTry, countWrong } from '../person/index.ts';

/** Makes whoever redeems the one-time code of the first start an admin. The code works once. */
export const claimAdmin = defineAction({
  name: 'org.claim-admin',
  input: z.object({ code: z.string({ error: 'Please give the code that was printed at the first start.' }) }),
  allow: anyone,
  async run({ tx, org, now, input, person }): Promise<Effects<{ claimed: boolean }>> {
    const { orgs, people } = tx.t;
    assertMayTry(person!, now);
    const [used] = await tx
      .update(orgs)
      .set({ adminCode: null })
      .where(and(eq(orgs.id, org), eq(orgs.adminCode, codeDigest(input.code))))
      .returning({ id: orgs.id });
    if (used === undefined) {
      await countWrong(tx, person!, now);
      return { result: { claimed: false }, audit: { subject: `org:${org}`, facts: { adminCode: 'wrong' } } };
    }
    await tx
      .update(people)
      .set({ role: 'admin' })
      .where(and(eq(people.org, org), eq(people.id, person!.id)))
      .returning({ id: people.id });
    return {
      result: { claimed: true },
      audit: { subject: `person:${person!.id}`, facts: { role: 'admin', by: 'code' } },
    };
  },
});
