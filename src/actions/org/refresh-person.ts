import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { lockOrg } from '../../../db/orgs.ts';
import { personById } from '../../../db/people.ts';
import { notFound } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { rerouteFrom } from '../escalation/index.ts';
import { loseRoles } from './leave.ts';

/**
 * What a platform says about an account now: guest or member, active or not. Who is no active member any more loses
 * every role; who is one again has none until somebody gives it.
 */
export const refreshPerson = defineAction({
  name: 'org.refresh-person',
  input: z.object({ person: z.string(), guest: z.boolean(), active: z.boolean() }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const { people } = tx.t;
    const { guest, active } = input;
    // Two admins who leave at the same moment do it one after the other: one of them is the last.
    await lockOrg(tx, org);
    const before = await personById(tx, org, input.person);
    if (before === undefined) throw notFound('This person is not known here.');
    const loses = before.active && !before.guest && (guest || !active);
    const what = active ? 'became a guest’s' : 'was deactivated';
    const { vacated, requests, ...effects } = loses
      ? await loseRoles(tx, { org, now, person: before.id, what })
      : { vacated: [], requests: [] };
    await tx
      .update(people)
      .set({ guest, active })
      .where(and(eq(people.org, org), eq(people.id, before.id)))
      .returning({ id: people.id });
    const moved = loses ? await rerouteFrom(tx, org, now, before.id) : { issues: [], shows: [], changed: [] };
    return {
      result: { vacated: vacated.length },
      audit: {
        subject: `person:${before.id}`,
        facts: { guest, active, vacated, ...(requests.length === 0 ? {} : { notAskedForAnyMore: requests }) },
      },
      ...effects,
      shows: [...(effects.shows ?? []), ...moved.shows],
      changed: [...(effects.changed ?? []), ...moved.changed],
    };
  },
});
