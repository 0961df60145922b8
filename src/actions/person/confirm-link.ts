import { z } from 'zod';
import { lockOrg } from '../../../db/orgs.ts';
import { personById } from '../../../db/people.ts';
import { conflict } from '../../errors.ts';
import { type Effects, defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { type Redeemed, askedBy, merged } from './linking.ts';

/** Who made the code says that the account which redeemed it is theirs. */
export const confirmLink = defineAction({
  name: 'person.confirm-link',
  /** Person id of the other account. */
  input: z.object({ person: z.string() }),
  allow: anyone,
  async run({ tx, org, now, input, person }): Promise<Effects<Redeemed>> {
    const me = person!;
    await lockOrg(tx, org);
    const other = await personById(tx, org, input.person);
    const waits = me.linkCode === askedBy(input.person) && (me.linkCodeUntil ?? 0) > now;
    if (!waits || other === undefined || !other.active || other.guest)
      throw conflict('This does not wait for you any more. Make a new code.', { hint: 'me link' });
    return merged(tx, me, other, now);
  },
});
