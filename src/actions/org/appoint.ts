import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/** Makes those admins whom the configuration names by an address that their platform verified. Guests never are. */
export const appointAdmins = defineAction({
  name: 'org.appoint',
  /** Addresses in lower case. */
  input: z.object({ emails: z.array(z.string()).max(100) }),
  allow: onlyCoxswain,
  async run({ tx, org, input }) {
    const { people } = tx.t;
    const appointed = await tx
      .update(people)
      .set({ role: 'admin' })
      .where(
        and(
          eq(people.org, org),
          eq(people.active, true),
          eq(people.guest, false),
          inArray(people.email, input.emails),
        ),
      )
      .returning({ id: people.id });
    const ids = appointed.map(({ id }) => id);
    return {
      result: { appointed: ids.length },
      audit: { subject: `org:${org}`, facts: { admins: ids, by: 'configuration' } },
    };
  },
});
