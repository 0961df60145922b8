import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { installationsOf } from '../../../db/orgs.ts';
import { accountsOf } from '../../../db/people.ts';
import { isVerified } from '../../domain/twin.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/** Makes those admins whom the configuration names by an address that is verified (domain/twin.ts). Guests never are. */
export const appointAdmins = defineAction({
  name: 'org.appoint',
  /** Addresses in lower case. */
  input: z.object({ emails: z.array(z.string()).max(100) }),
  allow: onlyCoxswain,
  async run({ tx, org, input }) {
    const { people } = tx.t;
    const named = await tx
      .select({ id: people.id })
      .from(people)
      .where(
        and(
          eq(people.org, org),
          eq(people.active, true),
          eq(people.guest, false),
          inArray(people.email, input.emails),
        ),
      );
    const accounts = Map.groupBy(
      await accountsOf(
        tx,
        org,
        named.map(({ id }) => id),
      ),
      ({ person }) => person,
    );
    const connected = await installationsOf(tx, org);
    const ids = named.flatMap(({ id }) => (isVerified(connected, accounts.get(id) ?? []) ? [id] : []));
    await tx
      .update(people)
      .set({ role: 'admin' })
      .where(and(eq(people.org, org), inArray(people.id, ids)))
      .returning({ id: people.id });
    return {
      result: { appointed: ids.length },
      audit: { subject: `org:${org}`, facts: { admins: ids, by: 'configuration' } },
    };
  },
});
