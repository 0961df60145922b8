import { ownersOfSeat } from '../../db/owners.ts';
import { peopleWithRole } from '../../db/people.ts';
import { seatById } from '../../db/seats.ts';
import { type RoleInCoxswain, hasRole } from '../domain/person.ts';
import { OWNER_ROLES, type OwnerRole } from '../domain/seat.ts';
import type { TokenScope } from '../domain/token.ts';
import { forbidden } from '../errors.ts';
import type { Db } from '../../db/store.ts';
import type { Token } from '../../db/tokens.ts';
import type { Scope, Verdict } from './action.ts';
import { needSeat } from './find.ts';

const yes = (right: string): Verdict => ({ allowed: true, right });

/** Every active person of the organisation. */
export const anyone = (s: Scope<unknown>): Verdict =>
  s.person === undefined ? { allowed: false, whoMay: 'a person' } : yes('member');

/** Schedules and follow-ups: nobody can ask for it. */
export const onlyCoxswain = (s: Scope<unknown>): Verdict =>
  s.actor.kind === 'schedule' || s.actor.kind === 'system'
    ? yes(s.actor.kind)
    : { allowed: false, whoMay: 'Coxswain itself' };

const names = (people: readonly { name: string }[]): string =>
  people.length === 0
    ? 'nobody yet'
    : people
        .slice(0, 5)
        .map((p) => p.name)
        .join(', ');

export const atLeast =
  (role: RoleInCoxswain) =>
  async (s: Scope<unknown>): Promise<Verdict> => {
    if (s.person !== undefined && hasRole(s.person.role, role)) return yes(role);
    const who = await peopleWithRole(s.tx, s.org, role);
    return { allowed: false, whoMay: `${article(role)} (${names(who)})` };
  };

const article = (role: RoleInCoxswain) => (role === 'admin' ? 'an admin' : `a ${role}`);

/** Owners of the seat in one of `roles`, accepted. */
export const ownerOf =
  <I>(seatOf: (s: Scope<I>) => Promise<string> | string, roles: readonly OwnerRole[] = OWNER_ROLES) =>
  async (s: Scope<I>): Promise<Verdict> => {
    const owners = await ownersOfSeat(s.tx, s.org, await seatOf(s));
    const fitting = owners.filter((o) => roles.includes(o.role) && o.acceptedAt !== null);
    const mine = fitting.find((o) => o.person === s.person?.id);
    if (mine !== undefined) return yes(`owner:${mine.role}`);
    const which =
      roles.length === OWNER_ROLES.length ? 'an owner of the seat' : `its ${roles.join(' or ')} owner`;
    return { allowed: false, whoMay: `${which} (${names(uniqueByPerson(fitting))})` };
  };

/** Owners of the seat that the input names by its key. */
export const ownerOfNamedSeat = (roles: readonly OwnerRole[] = OWNER_ROLES) =>
  ownerOf<{ seat: string }>(async (s) => (await needSeat(s.tx, s.org, s.input.seat)).id, roles);

const uniqueByPerson = <P extends { person: string; name: string }>(people: readonly P[]): P[] => [
  ...new Map(people.map((p) => [p.person, p])).values(),
];

/** The first rule that allows it decides; otherwise all who may are named. */
export const either =
  <I>(...rules: readonly ((s: Scope<I>) => Promise<Verdict> | Verdict)[]) =>
  async (s: Scope<I>): Promise<Verdict> => {
    const refused: string[] = [];
    let why: string | undefined;
    for (const rule of rules) {
      const verdict = await rule(s);
      if (verdict.allowed) return verdict;
      if (verdict.whoMay !== '') refused.push(verdict.whoMay);
      why ??= verdict.why;
    }
    return { allowed: false, whoMay: refused.join(' or '), ...(why === undefined ? {} : { why }) };
  };

/**
 * Machines whose token has the scope and reaches the seats, given by their keys. Put it first in `either`: a token
 * that lacks something is told what, and people are told of the other rules only.
 */
export const machine =
  <I>(scope: TokenScope, seatsOf: (s: Scope<I>) => Iterable<string>) =>
  async (s: Scope<I>): Promise<Verdict> => {
    if (s.token === undefined) return { allowed: false, whoMay: '' };
    await assertTokenReaches(s.tx, s.token, scope, seatsOf(s));
    return yes(`token:${scope}`);
  };

/** Throws forbidden when the token lacks the scope, or is for another seat than one of these keys. */
export async function assertTokenReaches(
  db: Db,
  token: Token,
  scope: TokenScope,
  seats: Iterable<string>,
): Promise<void> {
  if (!token.scopes.includes(scope)) {
    throw forbidden(`The token “${token.name}” may not do this: it needs the scope ${scope}.`, {
      hint: `token new ${token.name}-2 scope=${scope}`,
    });
  }
  if (token.seat === null) return;
  const own = (await seatById(db, token.org, token.seat))?.key;
  for (const key of seats) {
    // Also for a seat that does not exist: such a token is not told which ones do.
    if (key.toLowerCase() !== own)
      throw forbidden(`The token “${token.name}” is for the seat ${own ?? 'that it was made for'} only.`);
  }
}
