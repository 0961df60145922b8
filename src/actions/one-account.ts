import { installationsOf } from '../../db/orgs.ts';
import { type Person, accountsOf } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import { mightHaveTwin } from '../domain/twin.ts';
import { forbidden } from '../errors.ts';
import type { Scope, Verdict } from './action.ts';

/** Whether this person may have another account in the organisation that nobody has linked. */
export async function mayHaveTwin(
  tx: Db,
  org: string,
  { id, aloneAt }: Pick<Person, 'id' | 'aloneAt'>,
): Promise<boolean> {
  if (aloneAt !== null) return false;
  const connected = (await installationsOf(tx, org)).filter(({ active }) => active);
  return mightHaveTwin(connected, await accountsOf(tx, org, [id]), aloneAt);
}

/**
 * For approvals that need several people: only who has one account here for certain. What one person decides by their
 * own right does not need it, since a second account would add nothing.
 */
export const oneAccount =
  <I>(rule: (s: Scope<I>) => Promise<Verdict> | Verdict) =>
  async (s: Scope<I>): Promise<Verdict> => {
    const verdict = await rule(s);
    if (!verdict.allowed || s.person === undefined || !(await mayHaveTwin(s.tx, s.org, s.person)))
      return verdict;
    throw forbidden(
      'You may have a second account here that is not linked, and two accounts of one person must not approve twice. Link it, or have it confirmed that this is your only one.',
      { hint: 'me link', offer: 'link' },
    );
  };
