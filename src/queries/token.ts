import { orgById } from '../../db/orgs.ts';
import { seatsOwnedBy } from '../../db/owners.ts';
import { type Person, peopleByIds } from '../../db/people.ts';
import { seatsByIds } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { type Token, listTokens, tokensByIds } from '../../db/tokens.ts';
import { hasRole } from '../domain/person.ts';
import { listSeatOptions } from './scope.ts';

/** Never with its hash or its sealed secret. */
export interface TokenLine extends Pick<
  Token,
  'id' | 'name' | 'scopes' | 'expiresAt' | 'usedAt' | 'createdAt'
> {
  readonly seatKey: string | undefined;
  readonly maker: string;
  readonly signs: boolean;
}

export interface TokenList {
  readonly zone: string;
  readonly tokens: readonly TokenLine[];
}

/** Tokens that this person may revoke: governors see all, others those of their seats and their own. */
export async function loadTokens(db: Db, org: string, me: Person): Promise<TokenList> {
  const [found, all, owned] = await Promise.all([
    orgById(db, org),
    listTokens(db, org),
    seatsOwnedBy(db, org, me.id),
  ]);
  const mine = new Set(owned.map(({ seat }) => seat.id));
  const governs = hasRole(me.role, 'governor');
  const shown = all.filter((t) => governs || t.createdBy === me.id || (t.seat !== null && mine.has(t.seat)));
  const [seats, people] = await Promise.all([
    seatsByIds(
      db,
      org,
      shown.flatMap((t) => (t.seat === null ? [] : [t.seat])),
    ),
    peopleByIds(
      db,
      org,
      shown.map((t) => t.createdBy),
    ),
  ]);
  const tokens = shown.map(({ id, name, scopes, expiresAt, usedAt, createdAt, ...t }) => ({
    id,
    name,
    scopes,
    expiresAt,
    usedAt,
    createdAt,
    seatKey: t.seat === null ? undefined : seats.get(t.seat)?.key,
    maker: people.get(t.createdBy)?.name ?? 'somebody who left',
    signs: t.signingSecret !== null,
  }));
  return { zone: found!.zone, tokens };
}

/** What stands in `readings.reporter` for a machine. */
const TOKEN_PREFIX = 'token:';

/** Who reported readings, by `readings.reporter`: a person's name, or `token ci`. In two queries. */
export async function reporterNames(
  db: Db,
  org: string,
  reporters: readonly string[],
): Promise<Map<string, string>> {
  const machines = reporters.filter((r) => r.startsWith(TOKEN_PREFIX));
  const ids = [...new Set(machines.map((r) => r.slice(TOKEN_PREFIX.length)))];
  const [people, tokens] = await Promise.all([
    peopleByIds(
      db,
      org,
      reporters.filter((r) => !r.startsWith(TOKEN_PREFIX)),
    ),
    tokensByIds(db, org, ids),
  ]);
  return new Map([
    ...[...people.values()].map((p) => [p.id, p.name] as const),
    ...tokens.map((t) => [`${TOKEN_PREFIX}${t.id}`, `token ${t.name}`] as const),
  ]);
}

/** Seats as choices for a token: all of them for governors, otherwise `onlyThese`, the seats that somebody owns. */
export async function seatOptionsForTokens(
  db: Db,
  org: string,
  me: Person,
): Promise<{ seats: { value: string; label: string }[]; onlyThese: boolean }> {
  if (hasRole(me.role, 'governor')) return { seats: await listSeatOptions(db, org), onlyThese: false };
  const owned = (await seatsOwnedBy(db, org, me.id)).map(({ seat }) => seat);
  const seats = new Map(owned.map((s) => [s.key, { value: s.key, label: `${s.key} · ${s.name}` }]));
  return { seats: [...seats.values()], onlyThese: true };
}
