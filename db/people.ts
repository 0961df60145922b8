import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { ROLES, type PlatformKind, type RoleInCoxswain, hasRole } from '../src/domain/person.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Person = Tables['people']['$inferSelect'];
export type Identity = Tables['identities']['$inferSelect'];

export async function personById(db: Db, org: string, id: string): Promise<Person | undefined> {
  const { people } = db.t;
  const [row] = await db.select().from(people).where(and(eq(people.org, org), eq(people.id, id)));
  return row;
}

export async function peopleByIds(db: Db, org: string, ids: readonly string[]): Promise<Map<string, Person>> {
  if (ids.length === 0) return new Map();
  const { people } = db.t;
  const rows = await db
    .select()
    .from(people)
    .where(and(eq(people.org, org), inArray(people.id, [...new Set(ids)])));
  return new Map(rows.map((p) => [p.id, p]));
}

/** Active people who hold `role` or more, by name. */
export function peopleWithRole(db: Db, org: string, role: RoleInCoxswain): Promise<Person[]> {
  const { people } = db.t;
  const enough = ROLES.filter((r) => hasRole(r, role));
  return db
    .select()
    .from(people)
    .where(and(eq(people.org, org), eq(people.active, true), inArray(people.role, enough)))
    .orderBy(asc(people.name), asc(people.id));
}

/** People of that name or email address, ignoring case; more than one means that nobody may be guessed. */
export function peopleCalled(db: Db, org: string, text: string): Promise<Person[]> {
  const { people } = db.t;
  const wanted = text.toLowerCase();
  return db
    .select()
    .from(people)
    .where(
      and(
        eq(people.org, org),
        eq(people.active, true),
        sql`(lower(${people.name}) = ${wanted} or lower(${people.email}) = ${wanted})`,
      ),
    )
    .limit(2);
}

export async function personByIdentity(db: Db, platform: PlatformKind, tenant: string, ref: string): Promise<Identity | undefined> {
  const { identities } = db.t;
  const [row] = await db
    .select()
    .from(identities)
    .where(and(eq(identities.platform, platform), eq(identities.tenant, tenant), eq(identities.ref, ref)));
  return row;
}

export function identitiesOf(db: Db, org: string, platform: PlatformKind, tenant: string, people: readonly string[]): Promise<Identity[]> {
  const { identities } = db.t;
  return db
    .select()
    .from(identities)
    .where(
      and(
        eq(identities.org, org),
        eq(identities.platform, platform),
        eq(identities.tenant, tenant),
        inArray(identities.person, [...people]),
      ),
    );
}

/** The identity by which a person gets direct messages. */
export async function primaryIdentity(db: Db, org: string, person: string): Promise<Identity | undefined> {
  const { identities, people } = db.t;
  const rows = await db
    .select({ identity: identities, primary: people.primaryPlatform })
    .from(identities)
    .innerJoin(people, and(eq(people.org, identities.org), eq(people.id, identities.person)))
    .where(and(eq(identities.org, org), eq(identities.person, person)))
    .orderBy(asc(identities.platform), asc(identities.tenant));
  return (rows.find((r) => r.identity.platform === r.primary) ?? rows[0])?.identity;
}
