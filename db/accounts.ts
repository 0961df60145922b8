import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, min, ne, or } from 'drizzle-orm';
import type { Account, Gone } from '../src/domain/account.ts';
import type { OfTenant } from './installations.ts';
import type { Identity } from './people.ts';
import type { Db } from './store.ts';

/** Keeps what a platform just said of one account of a person, or of all. */
export async function setGone(
  tx: Db,
  org: string,
  person: string,
  account: Account | undefined,
  gone: Gone,
  now: number,
): Promise<void> {
  const { identities } = tx.t;
  await tx
    .update(identities)
    .set({ gone, checkedAt: now, missingSince: null })
    .where(
      and(
        eq(identities.org, org),
        eq(identities.person, person),
        ...(account === undefined
          ? []
          : [
              eq(identities.platform, account.platform),
              eq(identities.tenant, account.tenant),
              eq(identities.ref, account.ref),
            ]),
      ),
    )
    .returning({ ref: identities.ref });
}

/** Tenants whose people are looked at now, or were never set a time for it: in any organisation. */
export function tenantsToCheck(db: Db, now: number, limit: number) {
  const { installations: i, orgs } = db.t;
  return db
    .select({ org: i.org, platform: i.platform, tenant: i.tenant, checkAt: i.checkAt })
    .from(i)
    .innerJoin(orgs, eq(orgs.id, i.org))
    .where(and(eq(i.active, true), isNull(orgs.joinedInto), or(isNull(i.checkAt), lte(i.checkAt, now))))
    .orderBy(asc(i.checkAt), asc(i.platform), asc(i.tenant))
    .limit(limit);
}

/** When the next tenant is looked at after `now`, in any organisation. */
export async function nextCheckAt(db: Db, now: number): Promise<number | undefined> {
  const { installations: i } = db.t;
  const [row] = await db
    .select({ at: min(i.checkAt) })
    .from(i)
    .where(and(eq(i.active, true), gt(i.checkAt, now)));
  return row?.at ?? undefined;
}

/** Sets when a tenant's people are looked at next; false when another copy was first. */
export async function setCheckAt(
  tx: Db,
  org: string,
  { platform, tenant }: OfTenant,
  from: number | null,
  to: number,
): Promise<boolean> {
  const { installations: i } = tx.t;
  const rows = await tx
    .update(i)
    .set({ checkAt: to })
    .where(
      and(
        eq(i.org, org),
        eq(i.platform, platform),
        eq(i.tenant, tenant),
        from === null ? isNull(i.checkAt) : eq(i.checkAt, from),
      ),
    )
    .returning({ tenant: i.tenant });
  return rows.length > 0;
}

/** Accounts that work, of people who hold a role, own a seat or stand in for somebody, and were not asked about since `before`. */
export function accountsToCheck(
  db: Db,
  org: string,
  { platform, tenant }: OfTenant,
  before: number,
  limit: number,
): Promise<Identity[]> {
  const { identities, people, owners } = db.t;
  const owning = db
    .select({ person: owners.person })
    .from(owners)
    .where(and(eq(owners.org, org), isNotNull(owners.present)));
  const holding = db
    .select({ person: people.id })
    .from(people)
    .where(and(eq(people.org, org), ne(people.role, 'member')));
  const standingIn = db
    .select({ person: people.delegate })
    .from(people)
    .where(and(eq(people.org, org), isNotNull(people.delegate)));
  return db
    .select()
    .from(identities)
    .where(
      and(
        eq(identities.org, org),
        eq(identities.platform, platform),
        eq(identities.tenant, tenant),
        isNull(identities.gone),
        or(isNull(identities.checkedAt), lte(identities.checkedAt, before)),
        or(
          inArray(identities.person, owning),
          inArray(identities.person, holding),
          inArray(identities.person, standingIn),
        ),
      ),
    )
    .orderBy(asc(identities.checkedAt), asc(identities.ref))
    .limit(limit);
}

/** Keeps that a platform was asked about an account that may still work; `missing`: and did not find it. */
export async function noteChecked(
  tx: Db,
  { org, platform, tenant, ref, missingSince }: Identity,
  now: number,
  missing: boolean,
): Promise<void> {
  const { identities: i } = tx.t;
  await tx
    .update(i)
    .set({ checkedAt: now, missingSince: missing ? (missingSince ?? now) : null })
    .where(and(eq(i.org, org), eq(i.platform, platform), eq(i.tenant, tenant), eq(i.ref, ref)))
    .returning({ ref: i.ref });
}
