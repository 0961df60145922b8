import { z } from 'zod';
import { lockOrg } from '../../../db/orgs.ts';
import { seatsOwnedBy } from '../../../db/owners.ts';
import { type Person, personByLinkCode } from '../../../db/people.ts';
import { seesAll } from '../../../db/sight.ts';
import type { Db } from '../../../db/store.ts';
import { LINK_CODE_LASTS } from '../../domain/one-time-code.ts';
import { type Effects, type Scope, defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { codeDigest } from '../one-time-code.ts';
import { type Redeemed, askWhether, merged } from './linking.ts';
import { assertMayTry, countWrong } from './tries.ts';

const input = z.object({
  code: z.string({ error: 'Please give the code that you made on the other platform.' }).max(100),
  /** Whether who redeems it has seen whose code it is. */
  sure: z.boolean().default(false),
});

/**
 * Links the account that redeems a code with the one that made it. First it is said whose code it is. Who has a role or
 * owns a seat gives both away by it, so where that is the maker, the maker has to say yes to who redeemed it.
 */
export const redeemLink = defineAction({
  name: 'person.link',
  input,
  allow: anyone,
  async run(s): Promise<Effects<Redeemed>> {
    const { tx, org, now, input, person } = s;
    const me = person!;
    assertMayTry(me, now);
    await lockOrg(tx, org);
    const maker = await personByLinkCode(tx, org, codeDigest(input.code), now);
    if (maker === undefined) {
      await countWrong(tx, me, now);
      return told(me.id, { state: 'wrong', person: null });
    }
    if (maker.id === me.id) return told(me.id, { state: 'own', person: null });
    if (!input.sure) return told(me.id, { state: 'ask', person: maker.id });
    if (await hasAuthority(tx, maker)) return ask(s, maker);
    return merged(tx, maker, me, now);
  },
});

const told = (me: string, result: Redeemed): Effects<Redeemed> => ({
  result,
  audit: { subject: `person:${me}`, facts: { linkCode: result.state, other: result.person } },
});

/** Whether an account may do what a plain member may not. */
async function hasAuthority(tx: Db, { org, id, role }: Person): Promise<boolean> {
  const all = seesAll(tx, 'who redeems a code would get seats that they may not see, too');
  return role !== 'member' || (await seatsOwnedBy(all, org, id)).length > 0;
}

async function ask({ tx, now, person }: Scope<unknown>, maker: Person): Promise<Effects<Redeemed>> {
  const me = person!.id;
  const until = now + LINK_CODE_LASTS;
  const question = await askWhether(tx, { asked: maker, other: me, now, until, how: 'code' });
  return { ...told(me, { state: 'waits', person: maker.id }), shows: [question] };
}
