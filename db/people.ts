import { type SQL, and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { calledSo, isPlain } from '../src/domain/called.ts';
import { ROLES, type PlatformKind, type RoleInCoxswain, hasRole } from '../src/domain/person.ts';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Person = Tables['people']['$inferSelect'];
export type Identity = Tables['identities']['$inferSelect'];

const byId = prepared('person_by_id', (db, p: Places<'org' | 'id'>) => {
  const { people } = db.t;
  return db
    .select()
    .from(people)
    .where(and(eq(people.org, p.org), eq(people.id, p.id)));
});

export async function personById(db: Db, org: string, id: string): Promise<Person | undefined> {
  return (await byId(db, { org, id }))[0];
}

const acting = prepared('acting_person', (db, p: Places<'org' | 'id'>) => {
  const { people, orgs } = db.t;
  return db
    .select({ person: people, restricted: orgs.restricted })
    .from(people)
    .innerJoin(orgs, eq(orgs.id, people.org))
    .where(and(eq(people.org, p.org), eq(people.id, p.id)));
});

/** A person, and whether their organisation hides anything from anybody. */
export async function actingPerson(
  db: Db,
  org: string,
  id: string,
): Promise<{ person: Person; restricted: boolean } | undefined> {
  return (await acting(db, { org, id }))[0];
}

const byIds = prepared('people_by_ids', (db, p: Places<'org' | 'ids'>) => {
  const { people } = db.t;
  return db
    .select()
    .from(people)
    .where(and(eq(people.org, p.org), among(db, people.id, p.ids)));
});

const behind = prepared('who_is', (db, p: Places<'platform' | 'tenant' | 'ref'>) => {
  const { installations, orgs, identities, people } = db.t;
  return db
    .select({
      zone: orgs.zone,
      restricted: orgs.restricted,
      connected: installations.active,
      account: identities,
      person: people,
    })
    .from(installations)
    .innerJoin(orgs, eq(orgs.id, installations.org))
    .innerJoin(
      identities,
      and(
        eq(identities.org, installations.org),
        eq(identities.platform, installations.platform),
        eq(identities.tenant, installations.tenant),
        eq(identities.ref, p.ref),
      ),
    )
    .innerJoin(people, and(eq(people.org, identities.org), eq(people.id, identities.person)))
    .where(and(eq(installations.platform, p.platform), eq(installations.tenant, p.tenant)));
});

/** A known account of a connected tenant, in one look: its person, and the organisation as far as each request needs it. */
export async function whoIs(
  db: Db,
  platform: PlatformKind,
  tenant: string,
  ref: string,
): Promise<
  { zone: string; restricted: boolean; connected: boolean; account: Identity; person: Person } | undefined
> {
  return (await behind(db, { platform, tenant, ref }))[0];
}

export async function peopleByIds(db: Db, org: string, ids: readonly string[]): Promise<Map<string, Person>> {
  if (ids.length === 0) return new Map();
  const rows = await byIds(db, { org, ids: list(db, ids) });
  return new Map(rows.map((p) => [p.id, p]));
}

/** Active members who hold `role` or more, by name. */
export function peopleWithRole(db: Db, org: string, role: RoleInCoxswain): Promise<Person[]> {
  const { people } = db.t;
  const enough = ROLES.filter((r) => hasRole(r, role));
  return db
    .select()
    .from(people)
    .where(
      and(
        eq(people.org, org),
        eq(people.active, true),
        eq(people.guest, false),
        inArray(people.role, enough),
      ),
    )
    .orderBy(asc(people.name), asc(people.id));
}

/** Active people of that name or email address, whatever its case; more than one means that nobody may be guessed. */
export function peopleCalled(db: Db, org: string, text: string): Promise<Person[]> {
  const { people } = db.t;
  return called(db, and(eq(people.org, org), eq(people.active, true)), text);
}

/** People who have or had that name, address or id, whatever its case, also those who left; two at most. */
export async function peopleEverCalled(db: Db, org: string, text: string): Promise<Person[]> {
  const byId = await personById(db, org, text.toLowerCase());
  return byId === undefined ? called(db, eq(db.t.people.org, org), text) : [byId];
}

/** A plain name is found by the database; any other, and one that is written without its accents, by reading all names. */
async function called(db: Db, among: SQL | undefined, text: string): Promise<Person[]> {
  const { people } = db.t;
  const wanted = text.toLowerCase();
  if (isPlain(text)) {
    const found = await db
      .select()
      .from(people)
      .where(and(among, sql`(lower(${people.name}) = ${wanted} or lower(${people.email}) = ${wanted})`))
      .limit(2);
    if (found.length > 0 || text.includes('@')) return found;
  }
  const named = await db
    .select({ id: people.id, name: people.name, email: people.email })
    .from(people)
    .where(among);
  const those = calledSo(named, text, ({ name, email }) => [name, email]);
  if (those.length === 0) return [];
  const ids = those.map(({ id }) => id);
  return db
    .select()
    .from(people)
    .where(and(among, inArray(people.id, ids)));
}

export async function personByIdentity(
  db: Db,
  platform: PlatformKind,
  tenant: string,
  ref: string,
): Promise<Identity | undefined> {
  const { identities } = db.t;
  const [row] = await db
    .select()
    .from(identities)
    .where(and(eq(identities.platform, platform), eq(identities.tenant, tenant), eq(identities.ref, ref)));
  return row;
}

const ofPeople = prepared('identities_of', (db, p: Places<'org' | 'platform' | 'tenant' | 'people'>) => {
  const { identities } = db.t;
  return db
    .select()
    .from(identities)
    .where(
      and(
        eq(identities.org, p.org),
        eq(identities.platform, p.platform),
        eq(identities.tenant, p.tenant),
        among(db, identities.person, p.people),
      ),
    );
});

export const identitiesOf = (
  db: Db,
  org: string,
  platform: PlatformKind,
  tenant: string,
  people: readonly string[],
): Promise<Identity[]> => ofPeople(db, { org, platform, tenant, people: list(db, people) });

/**
 * The accounts by which a person can be reached, the one of the primary platform first, and at last those of tenants that
 * removed Coxswain; of an account that was linked with another, those of the human. Accounts that are gone are left out.
 */
export async function waysTo(db: Db, org: string, person: string): Promise<Identity[]> {
  const { identities, installations, people } = db.t;
  const rows = await db
    .select({ identity: identities, primary: people.primaryPlatform, active: installations.active })
    .from(identities)
    .innerJoin(people, and(eq(people.org, identities.org), eq(people.id, identities.person)))
    .leftJoin(
      installations,
      and(
        eq(installations.org, identities.org),
        eq(installations.platform, identities.platform),
        eq(installations.tenant, identities.tenant),
      ),
    )
    .where(and(eq(identities.org, org), eq(identities.person, person), isNull(identities.gone)))
    .orderBy(asc(identities.platform), asc(identities.tenant));
  if (rows.length === 0) {
    const into = (await personById(db, org, person))?.mergedInto ?? null;
    return into === null ? [] : waysTo(db, org, into);
  }
  const isPrimary = (r: (typeof rows)[number]) => r.identity.platform === r.primary;
  const here = rows.filter((r) => r.active !== false);
  const away = rows.filter((r) => r.active === false);
  return [...here.filter(isPrimary), ...here.filter((r) => !isPrimary(r)), ...away].map((r) => r.identity);
}

const ofAll = prepared('accounts_of', (db, p: Places<'org' | 'people'>) => {
  const { identities } = db.t;
  return db
    .select()
    .from(identities)
    .where(and(eq(identities.org, p.org), among(db, identities.person, p.people)))
    .orderBy(asc(identities.platform), asc(identities.tenant), asc(identities.ref));
});

/** Every account of these people, on every platform. */
export async function accountsOf(db: Db, org: string, people: readonly string[]): Promise<Identity[]> {
  if (people.length === 0) return [];
  return ofAll(db, { org, people: list(db, people) });
}

/** Active members who are away at `now`, who comes back first first. */
export function awayPeople(db: Db, org: string, now: number): Promise<Person[]> {
  const { people } = db.t;
  return db
    .select()
    .from(people)
    .where(
      and(eq(people.org, org), eq(people.active, true), eq(people.guest, false), gt(people.awayUntil, now)),
    )
    .orderBy(asc(people.awayUntil), asc(people.name), asc(people.id));
}

/** Whose present code this is, by its digest: an active member. */
export async function personByLinkCode(
  db: Db,
  org: string,
  digest: string,
  now: number,
): Promise<Person | undefined> {
  const { people } = db.t;
  const [row] = await db
    .select()
    .from(people)
    .where(
      and(
        eq(people.org, org),
        eq(people.linkCode, digest),
        gt(people.linkCodeUntil, now),
        eq(people.active, true),
        eq(people.guest, false),
      ),
    );
  return row;
}

/** Active people of a verified address; three are as many as matter. */
export function peopleOfAddress(db: Db, org: string, email: string): Promise<Person[]> {
  const { people } = db.t;
  return db
    .select()
    .from(people)
    .where(and(eq(people.org, org), eq(people.active, true), eq(people.email, email)))
    .limit(3);
}

/** Active members, the highest role first, then by name. */
export async function membersByRole(db: Db, org: string): Promise<Person[]> {
  const members = await peopleWithRole(db, org, 'member');
  return members.toSorted((a, b) => ROLES.indexOf(b.role) - ROLES.indexOf(a.role));
}
