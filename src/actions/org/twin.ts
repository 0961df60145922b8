import { installationsOf } from '../../../db/orgs.ts';
import { type Person, accountsOf, peopleOfAddress } from '../../../db/people.ts';
import type { Wanted } from '../../../db/messages.ts';
import type { Db } from '../../../db/store.ts';
import type { PlatformKind } from '../../domain/person.ts';
import { ADDRESS_ASK_LASTS } from '../../domain/one-time-code.ts';
import { isVerified } from '../../domain/twin.ts';
import { askWhether } from '../person/index.ts';

interface Account {
  readonly platform: PlatformKind;
  readonly tenant: string;
}

/** Somebody with accounts, as far as it counts for who else they are. */
interface Somebody {
  /** Undefined for who is met for the first time. */
  readonly id?: string;
  readonly email: string | null;
  readonly guest: boolean;
  readonly accounts: readonly Account[];
}

export interface Twin {
  readonly person: Person;
  /** Whose address is more than somebody's word; who has one says whether the other is theirs. */
  readonly verified: 'both' | 'theirs' | 'ours' | 'neither';
}

/**
 * The same human in another place: one active member with the same address and no account where `somebody` has one.
 * Guests are never matched, and nobody is guessed: two of that address are none.
 */
export async function twinOf(tx: Db, org: string, somebody: Somebody): Promise<Twin | undefined> {
  const { id, email, guest, accounts } = somebody;
  if (email === null || guest) return undefined;
  const [one, more] = (await peopleOfAddress(tx, org, email)).filter((p) => p.id !== id);
  if (one === undefined || more !== undefined || one.guest) return undefined;
  const theirs = await accountsOf(tx, org, [one.id]);
  if (theirs.some((a) => accounts.some((b) => a.platform === b.platform && a.tenant === b.tenant)))
    return undefined;
  const connected = await installationsOf(tx, org);
  const [ours, them] = [isVerified(connected, accounts), isVerified(connected, theirs)];
  return { person: one, verified: ours ? (them ? 'both' : 'ours') : them ? 'theirs' : 'neither' };
}

/** Where one of the two addresses is verified, its person is asked whether the other account is theirs, too. */
export async function questionOf(
  tx: Db,
  twin: Twin | undefined,
  me: Pick<Person, 'org' | 'id'>,
  now: number,
): Promise<Wanted[]> {
  if (twin === undefined || (twin.verified !== 'theirs' && twin.verified !== 'ours')) return [];
  const [asked, other] = twin.verified === 'theirs' ? [twin.person, me] : [me, twin.person];
  // A code of theirs, or an earlier question, is not voided by somebody who only says that they have their address.
  if (twin.verified === 'theirs' && (twin.person.linkCodeUntil ?? 0) > now) return [];
  return [
    await askWhether(tx, { asked, other: other.id, now, until: now + ADDRESS_ASK_LASTS, how: 'address' }),
  ];
}
