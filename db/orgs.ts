import { and, asc, eq } from 'drizzle-orm';
import type { PlatformKind } from '../src/domain/person.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Org = Tables['orgs']['$inferSelect'];
export type Channel = Tables['channels']['$inferSelect'];
export type Installation = Tables['installations']['$inferSelect'];

export async function orgById(db: Db, id: string): Promise<Org | undefined> {
  const [row] = await db.select().from(db.t.orgs).where(eq(db.t.orgs.id, id));
  return row;
}

/** Makes others that ask for the same lock wait until this transaction ends. Changes nothing. */
export async function lockOrg(tx: Db, id: string): Promise<void> {
  const { orgs } = tx.t;
  await tx.update(orgs).set({ id }).where(eq(orgs.id, id)).returning({ id: orgs.id });
}

export function allOrgs(db: Db): Promise<Org[]> {
  return db.select().from(db.t.orgs).orderBy(asc(db.t.orgs.id));
}

export async function installationOf(db: Db, platform: PlatformKind, tenant: string): Promise<Installation | undefined> {
  const { installations } = db.t;
  const [row] = await db
    .select()
    .from(installations)
    .where(and(eq(installations.platform, platform), eq(installations.tenant, tenant)));
  return row;
}

export function installationsOf(db: Db, org: string): Promise<Installation[]> {
  return db.select().from(db.t.installations).where(eq(db.t.installations.org, org));
}

export async function channelById(db: Db, org: string, id: string): Promise<Channel | undefined> {
  const { channels } = db.t;
  const [row] = await db.select().from(channels).where(and(eq(channels.org, org), eq(channels.id, id)));
  return row;
}

export async function channelByRef(db: Db, org: string, platform: PlatformKind, tenant: string, ref: string): Promise<Channel | undefined> {
  const { channels } = db.t;
  const [row] = await db
    .select()
    .from(channels)
    .where(
      and(eq(channels.org, org), eq(channels.platform, platform), eq(channels.tenant, tenant), eq(channels.ref, ref)),
    );
  return row;
}

/** The stored direct conversation with a person on a platform, where one exists. */
export async function directChannel(db: Db, org: string, platform: PlatformKind, person: string): Promise<Channel | undefined> {
  const { channels } = db.t;
  const [row] = await db
    .select()
    .from(channels)
    .where(
      and(
        eq(channels.org, org),
        eq(channels.platform, platform),
        eq(channels.person, person),
        eq(channels.kind, 'direct'),
        eq(channels.active, true),
      ),
    );
  return row;
}
