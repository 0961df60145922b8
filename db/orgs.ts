import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { calledSo, isPlain } from '../src/domain/called.ts';
import type { PlatformKind } from '../src/domain/person.ts';
import { type Places, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Org = Tables['orgs']['$inferSelect'];
export type Channel = Tables['channels']['$inferSelect'];
export type Installation = Tables['installations']['$inferSelect'];

const orgOfId = prepared('org_by_id', (db, p: Places<'id'>) =>
  db.select().from(db.t.orgs).where(eq(db.t.orgs.id, p.id)),
);

export async function orgById(db: Db, id: string): Promise<Org | undefined> {
  return (await orgOfId(db, { id }))[0];
}

/** Makes others that ask for the same lock wait until this transaction ends. Changes nothing. */
export async function lockOrg(tx: Db, id: string): Promise<void> {
  const { orgs } = tx.t;
  await tx.update(orgs).set({ id }).where(eq(orgs.id, id)).returning({ id: orgs.id });
}

export function allOrgs(db: Db): Promise<Org[]> {
  return db.select().from(db.t.orgs).orderBy(asc(db.t.orgs.id));
}

/** Whether there is any organisation. Also in a database of an older schema. */
export async function hasOrgs(db: Db): Promise<boolean> {
  return (await db.select({ id: db.t.orgs.id }).from(db.t.orgs).limit(1)).length > 0;
}

const ofTenant = prepared('installation_of', (db, p: Places<'platform' | 'tenant'>) => {
  const { installations } = db.t;
  return db
    .select()
    .from(installations)
    .where(and(eq(installations.platform, p.platform), eq(installations.tenant, p.tenant)));
});

export async function installationOf(
  db: Db,
  platform: PlatformKind,
  tenant: string,
): Promise<Installation | undefined> {
  return (await ofTenant(db, { platform, tenant }))[0];
}

export function installationsOf(db: Db, org: string): Promise<Installation[]> {
  return db.select().from(db.t.installations).where(eq(db.t.installations.org, org));
}

/** Of every organisation. */
export function installationsOn(db: Db, platform: PlatformKind): Promise<Installation[]> {
  const { installations } = db.t;
  return db
    .select()
    .from(installations)
    .where(eq(installations.platform, platform))
    .orderBy(asc(installations.tenant));
}

const channelOfId = prepared('channel_by_id', (db, p: Places<'org' | 'id'>) => {
  const { channels } = db.t;
  return db
    .select()
    .from(channels)
    .where(and(eq(channels.org, p.org), eq(channels.id, p.id)));
});

export async function channelById(db: Db, org: string, id: string): Promise<Channel | undefined> {
  return (await channelOfId(db, { org, id }))[0];
}

const destination = prepared('destination_channel', (db, p: Places<'org' | 'id'>) => {
  const { channels, orgs } = db.t;
  return db
    .select({ channel: channels, restricted: orgs.restricted })
    .from(channels)
    .innerJoin(orgs, eq(orgs.id, channels.org))
    .where(and(eq(channels.org, p.org), eq(channels.id, p.id)));
});

/** A channel, and whether its organisation hides anything from anybody. */
export async function destinationChannel(
  db: Db,
  org: string,
  id: string,
): Promise<{ channel: Channel; restricted: boolean } | undefined> {
  return (await destination(db, { org, id }))[0];
}

export async function channelByRef(
  db: Db,
  org: string,
  platform: PlatformKind,
  tenant: string,
  ref: string,
): Promise<Channel | undefined> {
  const { channels } = db.t;
  const [row] = await db
    .select()
    .from(channels)
    .where(
      and(
        eq(channels.org, org),
        eq(channels.platform, platform),
        eq(channels.tenant, tenant),
        eq(channels.ref, ref),
      ),
    );
  return row;
}

/** Every channel, group and chat that is known of a tenant. */
export function channelsOfTenant(
  db: Db,
  org: string,
  platform: PlatformKind,
  tenant: string,
): Promise<Channel[]> {
  const { channels } = db.t;
  return db
    .select()
    .from(channels)
    .where(and(eq(channels.org, org), eq(channels.platform, platform), eq(channels.tenant, tenant)))
    .orderBy(asc(channels.id));
}

/** The stored direct conversation with a person in a workspace or tenant, where one exists. */
export async function directChannel(
  db: Db,
  org: string,
  platform: PlatformKind,
  tenant: string,
  person: string,
): Promise<Channel | undefined> {
  const { channels } = db.t;
  const [row] = await db
    .select()
    .from(channels)
    .where(
      and(
        eq(channels.org, org),
        eq(channels.platform, platform),
        eq(channels.tenant, tenant),
        eq(channels.person, person),
        eq(channels.kind, 'direct'),
        eq(channels.active, true),
      ),
    );
  return row;
}

/** Channels of that name in which Coxswain is, whatever its case; more than one means that none may be guessed. */
export async function channelsCalled(db: Db, org: string, name: string): Promise<Channel[]> {
  const { channels } = db.t;
  const here = and(eq(channels.org, org), eq(channels.active, true), eq(channels.kind, 'channel'));
  if (isPlain(name)) {
    const found = await db
      .select()
      .from(channels)
      .where(and(here, sql`lower(${channels.name}) = ${name.toLowerCase()}`))
      .limit(2);
    if (found.length > 0) return found;
  }
  return calledSo(await db.select().from(channels).where(here), name, (channel) => [channel.name]);
}

export async function channelsByIds(
  db: Db,
  org: string,
  ids: readonly string[],
): Promise<Map<string, Channel>> {
  if (ids.length === 0) return new Map();
  const { channels } = db.t;
  const rows = await db
    .select()
    .from(channels)
    .where(and(eq(channels.org, org), inArray(channels.id, [...ids])));
  return new Map(rows.map((row) => [row.id, row]));
}
