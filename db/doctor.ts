import { and, count, eq, inArray, isNotNull, isNull, lte, min, ne, notExists, or, sql } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import type { PlatformKind } from '../src/domain/person.ts';
import { FOUR_OWNERS } from '../src/domain/seat.ts';
import type { Db } from './store.ts';

/** What waits in an organisation although it is time, and since when the oldest does. */
export async function waitingIn(
  db: Db,
  org: string,
  now: Instant,
): Promise<Record<'followUps' | 'messages', { n: number; since: Instant | null }>> {
  const { followUps, messages } = db.t;
  const [late] = await db
    .select({ n: count(), since: min(followUps.dueAt) })
    .from(followUps)
    .where(and(eq(followUps.org, org), eq(followUps.state, 'waiting'), lte(followUps.dueAt, now)));
  const [unshown] = await db
    .select({ n: count(), since: min(messages.notBefore) })
    .from(messages)
    .where(
      and(
        eq(messages.org, org),
        eq(messages.state, 'live'),
        isNotNull(messages.tryAt),
        lte(messages.notBefore, now),
      ),
    );
  return { followUps: late ?? { n: 0, since: null }, messages: unshown ?? { n: 0, since: null } };
}

/** Present owners who cannot be asked: their account is not active, or is on no platform. */
export function ownersOutOfReach(db: Db, org: string, limit: number) {
  const { owners, people, seats, identities } = db.t;
  const accounts = db
    .select({ one: sql`1` })
    .from(identities)
    .where(and(eq(identities.org, people.org), eq(identities.person, people.id), isNull(identities.gone)));
  return db
    .select({ seat: seats.key, role: owners.role, name: people.name, active: people.active })
    .from(owners)
    .innerJoin(people, and(eq(people.org, owners.org), eq(people.id, owners.person)))
    .innerJoin(seats, and(eq(seats.org, owners.org), eq(seats.id, owners.seat)))
    .where(
      and(
        eq(owners.org, org),
        isNotNull(owners.present),
        sql`(${people.active} = ${sql.param(false, people.active)} or ${notExists(accounts)})`,
      ),
    )
    .limit(limit);
}

/**
 * Active people whom direct messages reach elsewhere than on their primary platform: they have no account there that
 * works, it is not among the platforms that are `connected` (undefined: unknown), or their tenant removed Coxswain.
 */
export async function reachedElsewhere(
  db: Db,
  org: string,
  connected: readonly string[] | undefined,
  limit: number,
): Promise<{ name: string; primary: PlatformKind; by: PlatformKind }[]> {
  const { people, identities, installations } = db.t;
  const of = and(
    eq(installations.org, identities.org),
    eq(installations.platform, identities.platform),
    eq(installations.tenant, identities.tenant),
  );
  const rows = await db
    .select({ id: people.id, name: people.name, primary: people.primaryPlatform, by: identities.platform })
    .from(people)
    .innerJoin(identities, and(eq(identities.org, people.org), eq(identities.person, people.id)))
    .leftJoin(installations, of)
    .where(
      and(
        eq(people.org, org),
        eq(people.active, true),
        eq(people.guest, false),
        isNull(people.mergedInto),
        isNull(identities.gone),
        or(isNull(installations.active), eq(installations.active, true)),
        ...(connected === undefined ? [] : [inArray(identities.platform, connected as PlatformKind[])]),
      ),
    )
    .orderBy(people.name);
  const reached = [...Map.groupBy(rows, ({ id }) => id).values()];
  return reached
    .filter((ways) => ways.every(({ by, primary }) => by !== primary))
    .slice(0, limit)
    .map(([way]) => way!);
}

/** Seats that work and lack one of the four owners, or have one who has not accepted: the key and how many it has. */
export function seatsWithoutOwners(db: Db, org: string, limit: number) {
  const { owners, seats } = db.t;
  const accepted = db
    .select({ n: count() })
    .from(owners)
    .where(
      and(
        eq(owners.org, seats.org),
        eq(owners.seat, seats.id),
        isNotNull(owners.present),
        isNotNull(owners.acceptedAt),
        inArray(owners.role, [...FOUR_OWNERS]),
      ),
    );
  return db
    .select({ key: seats.key, stage: seats.stage })
    .from(seats)
    .where(
      and(
        eq(seats.org, org),
        ne(seats.stage, 'proposed'),
        ne(seats.stage, 'retired'),
        sql`(${accepted}) < ${FOUR_OWNERS.length}`,
      ),
    )
    .orderBy(seats.key)
    .limit(limit);
}

/** Channels of a tenant that something is posted in: digests, seats, the governance channel and the heads'. */
export async function channelsInUse(db: Db, org: string, limit: number) {
  const { channels, digests, seats, orgs, executiveDigests } = db.t;
  const [own] = await db
    .select({ governance: orgs.governanceChannel, heads: orgs.headsChannel })
    .from(orgs)
    .where(eq(orgs.id, org));
  const ids = new Set([own?.governance, own?.heads].filter((id): id is string => typeof id === 'string'));
  const posted = await db
    .select({ id: digests.channel })
    .from(digests)
    .where(and(eq(digests.org, org), eq(digests.active, true)))
    .limit(limit);
  const reported = await db
    .selectDistinct({ id: seats.channel })
    .from(seats)
    .where(and(eq(seats.org, org), ne(seats.stage, 'retired'), isNotNull(seats.channel)))
    .limit(limit);
  const told = await db
    .select({ id: executiveDigests.toId })
    .from(executiveDigests)
    .where(and(eq(executiveDigests.org, org), eq(executiveDigests.toKind, 'channel')))
    .limit(limit);
  for (const { id } of [...posted, ...reported, ...told]) if (id !== null) ids.add(id);
  if (ids.size === 0) return [];
  return db
    .select()
    .from(channels)
    .where(
      and(eq(channels.org, org), inArray(channels.id, [...ids].slice(0, limit)), isNull(channels.person)),
    );
}
