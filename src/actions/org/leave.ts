import { and, eq, isNotNull } from 'drizzle-orm';
import { z } from 'zod';
import { seatsOwnedBy } from '../../../db/owners.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/** The platform deactivated an account: its roles become vacant. */
export const leaveOrg = defineAction({
  name: 'org.leave',
  input: z.object({ person: z.string() }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const { people, owners } = tx.t;
    const owned = await seatsOwnedBy(tx, org, input.person);
    await tx
      .update(people)
      .set({ active: false })
      .where(and(eq(people.org, org), eq(people.id, input.person)))
      .returning({ id: people.id });
    await tx
      .update(owners)
      .set({ endedAt: now, present: null })
      .where(and(eq(owners.org, org), eq(owners.person, input.person), isNotNull(owners.present)))
      .returning({ id: owners.id });
    return {
      result: { vacated: owned.length },
      audit: { subject: `person:${input.person}`, facts: { active: false, vacated: owned.map((o) => `${o.seat.key}:${o.role}`) } },
      changed: owned.map((o) => `seat:${o.seat.id}`),
    };
  },
});
