import { accountsOf, membersByRole, peopleByIds } from '../../db/people.ts';
import { installationsOf } from '../../db/orgs.ts';
import type { Db } from '../../db/store.ts';
import type { Gone } from '../domain/account.ts';
import type { PlatformKind, RoleInCoxswain } from '../domain/person.ts';
import { mightHaveTwin } from '../domain/twin.ts';

/** Somebody as they are described to who has to know them. */
export interface Described {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: RoleInCoxswain;
  /** `Slack, Harbour Insurance` */
  readonly places: readonly {
    readonly platform: PlatformKind;
    readonly name: string;
    /** Why the account does not count any more. */
    readonly gone: Gone;
  }[];
  readonly active: boolean;
  readonly aloneAt: number | null;
  /** May have another account that nobody linked: their approval does not count yet. */
  readonly unsure: boolean;
}

/** These people with where they have accounts, in the order of the ids; who is not known is left out. */
export async function describePeople(db: Db, org: string, ids: readonly string[]): Promise<Described[]> {
  const [people, accounts, installations] = await Promise.all([
    peopleByIds(db, org, ids),
    accountsOf(db, org, ids),
    installationsOf(db, org),
  ]);
  const connected = installations.filter(({ active }) => active);
  return ids.flatMap((id) => {
    const person = people.get(id);
    if (person === undefined) return [];
    const theirs = accounts.filter((a) => a.person === id);
    const { name, email, role, active, aloneAt } = person;
    const places = theirs.map((a) => ({
      platform: a.platform,
      name: installations.find((i) => i.platform === a.platform && i.tenant === a.tenant)?.name ?? '',
      gone: a.gone,
    }));
    return [
      { id, name, email, role, active, aloneAt, places, unsure: mightHaveTwin(connected, theirs, aloneAt) },
    ];
  });
}

export interface Roster {
  readonly people: readonly Described[];
  readonly page: number;
  readonly pages: number;
  readonly unsure: number;
}

const PAGE = 20;

/** Who has a role, the highest first; then members who may have a second account that nobody linked. */
export async function loadRoster(db: Db, org: string, page: number): Promise<Roster> {
  const members = await membersByRole(db, org);
  const all = await describePeople(
    db,
    org,
    members.map(({ id }) => id),
  );
  const listed = [
    ...all.filter((p) => p.role !== 'member'),
    ...all.filter((p) => p.role === 'member' && p.unsure),
  ];
  const pages = Math.max(1, Math.ceil(listed.length / PAGE));
  const at = Math.min(page, pages);
  return {
    people: listed.slice((at - 1) * PAGE, at * PAGE),
    page: at,
    pages,
    unsure: listed.filter((p) => p.unsure).length,
  };
}
