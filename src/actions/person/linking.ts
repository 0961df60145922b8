import { and, eq } from 'drizzle-orm';
import type { Wanted } from '../../../db/messages.ts';
import type { Person } from '../../../db/people.ts';
import type { Db } from '../../../db/store.ts';
import { ROLES } from '../../domain/person.ts';
import type { Effects } from '../action.ts';
import { mergePeople } from './merge.ts';

/** What came of it; `person` is the other account, while it is one. */
export type Redeemed = { state: 'wrong' | 'own' | 'ask' | 'waits' | 'linked'; person: string | null };

/** What a maker's code becomes when somebody redeemed it who would get the maker's authority. */
export const askedBy = (person: string): string => `asked:${person}`;

export const linkAskSubject = (maker: string): string => `link:${maker}`;

interface Doubt {
  /** Who says whether it is theirs. */
  readonly asked: Pick<Person, 'org' | 'id'>;
  /** Person id of the other account. */
  readonly other: string;
  readonly now: number;
  readonly until: number;
  /** What makes us think so. */
  readonly how: 'code' | 'address';
}

/** Somebody is asked whether another account is theirs, too; `confirmLink` and `refuseLink` are the answers. */
export async function askWhether(tx: Db, { asked, other, now, until, how }: Doubt): Promise<Wanted> {
  const { people } = tx.t;
  await tx
    .update(people)
    .set({ linkCode: askedBy(other), linkCodeUntil: until })
    .where(and(eq(people.org, asked.org), eq(people.id, asked.id)))
    .returning({ id: people.id });
  return {
    key: `link:${asked.id}:${other}:${now}`,
    to: { kind: 'person', id: asked.id },
    view: 'link-ask',
    args: { maker: asked.id, other, how },
    subject: linkAskSubject(asked.id),
  };
}

const rank = (p: Person): number => ROLES.indexOf(p.role);

/** The account with the higher role stays; of two alike the one that made the code. */
export async function merged(tx: Db, maker: Person, other: Person, now: number): Promise<Effects<Redeemed>> {
  const [to, from] = rank(other) > rank(maker) ? [other, maker] : [maker, other];
  const { facts, changed } = await mergePeople(tx, to, from, now);
  return {
    result: { state: 'linked', person: to.id },
    audit: { subject: `person:${to.id}`, facts: { ...facts, by: 'code' } },
    shows: [linkedMessage(to.id, from.id)],
    changed: [...changed, linkAskSubject(maker.id)],
  };
}

const linkedMessage = (to: string, from: string): Wanted => ({
  key: `linked:${to}:${from}`,
  to: { kind: 'person', id: to },
  view: 'linked',
  args: { person: to, other: from },
  subject: `linked:${to}`,
});
