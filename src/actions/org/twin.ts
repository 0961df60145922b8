import { type Person, accountsOf, peopleOfAddress } from '../../../db/people.ts';
import type { Db } from '../../../db/store.ts';

/**
 * The same human in another place: one active member with the same verified address and no account where `person` has
 * one. Guests are never matched, and nobody is guessed: two of that address are none.
 */
export async function twinOf(
  tx: Db,
  org: string,
  person: Pick<Person, 'id' | 'email' | 'guest' | 'active'>,
): Promise<Person | undefined> {
  if (person.email === null || person.guest || !person.active) return undefined;
  const others = (await peopleOfAddress(tx, org, person.email)).filter((p) => p.id !== person.id);
  const [one, more] = others;
  if (one === undefined || more !== undefined || one.guest) return undefined;
  const accounts = await accountsOf(tx, org, [one.id, person.id]);
  const theirs = new Set(accounts.flatMap((a) => (a.person === one.id ? [`${a.platform}:${a.tenant}`] : [])));
  return accounts.some((a) => a.person === person.id && theirs.has(`${a.platform}:${a.tenant}`))
    ? undefined
    : one;
}
