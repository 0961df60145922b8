import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { forbidden } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { codeDigest } from '../one-time-code.ts';

/** Makes whoever redeems the one-time code of the first start an admin. The code works once. */
export const claimAdmin = defineAction({
  name: 'org.claim-admin',
  input: z.object({ code: z.string({ error: 'Please give the code that was printed at the first start.' }) }),
  allow: anyone,
  async run({ tx, org, input, person }) {
    const { orgs, people } = tx.t;
    const [used] = await tx
      .update(orgs)
      .set({ adminCode: null })
      .where(and(eq(orgs.id, org), eq(orgs.adminCode, codeDigest(input.code))))
      .returning({ id: orgs.id });
    if (used === undefined) {
      throw forbidden(
        'That code is not valid, or was used before. Admins can grant roles: “admin list” shows them.',
      );
    }
    await tx
      .update(people)
      .set({ role: 'admin' })
      .where(and(eq(people.org, org), eq(people.id, person!.id)))
      .returning({ id: people.id });
    return {
      result: { role: 'admin' },
      audit: { subject: `person:${person!.id}`, facts: { role: 'admin', by: 'code' } },
    };
  },
});
