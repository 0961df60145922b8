import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { setGone } from '../../../db/accounts.ts';
import { lockOrg } from '../../../db/orgs.ts';
import { accountsOf, personById } from '../../../db/people.ts';
import { goneOf, personOf } from '../../domain/account.ts';
import { PLATFORMS } from '../../domain/person.ts';
import { notFound } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { rerouteFrom } from '../escalation/index.ts';
import { loseRoles } from './leave.ts';
import { returned } from './returned.ts';

const input = z.object({
  person: z.string(),
  guest: z.boolean(),
  active: z.boolean(),
  /** Which account it is about; all of the person's when left out. */
  account: z.object({ platform: z.enum(PLATFORMS), tenant: z.string(), ref: z.string() }).optional(),
});

/**
 * What a platform says about an account now: guest or member, active or not. Who has another account that works keeps
 * everything. Who is no active member any more loses every role; who is one again has none until somebody gives it.
 */
export const refreshPerson = defineAction({
  name: 'org.refresh-person',
  input,
  allow: onlyCoxswain,
  async run({ tx, org, now, input: { person, account, ...said } }) {
    const { people } = tx.t;
    // Two admins who leave at the same moment do it one after the other: one of them is the last.
    await lockOrg(tx, org);
    const before = await personById(tx, org, person);
    if (before === undefined) throw notFound('This person is not known here.');
    await setGone(tx, org, person, account, goneOf(said), now);
    const accounts = (await accountsOf(tx, org, [person])).map((one) => one.gone);
    const { guest, active } = account === undefined || accounts.length === 0 ? said : personOf(accounts);
    const member = active && !guest;
    const was = before.active && !before.guest;
    const what = active ? 'became a guest’s' : 'was deactivated';
    const { vacated, requests, ...effects } =
      was && !member
        ? await loseRoles(tx, { org, now, person, what })
        : { vacated: [], requests: [], shows: member && !was ? await returned(tx, org, person, now) : [] };
    await tx
      .update(people)
      .set({ guest, active })
      .where(and(eq(people.org, org), eq(people.id, person)))
      .returning({ id: people.id });
    const moved = was && !member ? await rerouteFrom(tx, org, now, person) : { shows: [], changed: [] };
    return {
      result: { vacated: vacated.length },
      audit: {
        subject: `person:${person}`,
        facts: {
          guest,
          active,
          vacated,
          ...(was && !member ? { role: before.role } : {}),
          ...(account === undefined ? {} : { account: account.platform, gone: goneOf(said) }),
          ...(requests.length === 0 ? {} : { notAskedForAnyMore: requests }),
        },
      },
      ...effects,
      shows: [...(effects.shows ?? []), ...moved.shows],
      changed: [...(effects.changed ?? []), ...moved.changed],
    };
  },
});
