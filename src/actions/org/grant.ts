import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { lockOrg } from '../../../db/orgs.ts';
import { peopleWithRole, personById } from '../../../db/people.ts';
import { ROLES, hasRole } from '../../domain/person.ts';
import { conflict, notFound } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { oneOf } from '../inputs.ts';
import { takeBackRequests } from '../score/index.ts';

const input = z.object({
  /** Person id. */
  person: z.string({ error: 'Please name a person.' }),
  role: oneOf('a role', ROLES),
});

/** Gives a person a role in Coxswain. The last admin cannot step down. */
export const grantRole = defineAction({
  name: 'org.grant',
  input,
  allow: atLeast('admin'),
  async run({ tx, org, now, input }) {
    const { people } = tx.t;
    // Two admins who demote each other at the same moment do it one after the other.
    await lockOrg(tx, org);
    const person = await personById(tx, org, input.person);
    if (person === undefined || !person.active || person.guest) {
      throw notFound('Only active members of the organisation can have a role.');
    }
    const admins = await peopleWithRole(tx, org, 'admin');
    if (input.role !== 'admin' && admins.every((a) => a.id === person.id)) {
      throw conflict(`${person.name} is the only admin. Make somebody else admin first.`);
    }
    await tx
      .update(people)
      .set({ role: input.role })
      .where(and(eq(people.org, org), eq(people.id, person.id)))
      .returning({ id: people.id });
    // Who cannot score any more would be reminded of what they may not do.
    const { requests, ...effects } = hasRole(input.role, 'reviewer')
      ? { requests: [] }
      : await takeBackRequests(tx, org, now, { reviewer: person.id });
    return {
      result: { name: person.name, role: input.role, before: person.role },
      audit: {
        subject: `person:${person.id}`,
        facts: {
          role: input.role,
          before: person.role,
          ...(requests.length === 0 ? {} : { notAskedForAnyMore: requests }),
        },
      },
      ...effects,
    };
  },
});
