import { and, eq, gte, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import type { PlatformKind } from '../src/domain/person.ts';
import type { Db } from './store.ts';

/** Names one installation: a tenant belongs to one organisation. */
export interface OfTenant {
  readonly platform: PlatformKind;
  readonly tenant: string;
}

const ofTenant = (db: Db, org: string, { platform, tenant }: OfTenant) => {
  const { installations } = db.t;
  return and(
    eq(installations.org, org),
    eq(installations.platform, platform),
    eq(installations.tenant, tenant),
  );
};

/**
 * Gives one copy the task of renewing the tokens of this version; false when another has it, or has done it. Times are
 * real time. The lease ends by itself, for copies that die.
 */
export async function claimRenewal(
  tx: Db,
  org: string,
  of: OfTenant & { readonly version: number },
  now: Instant,
  leaseMs: number,
): Promise<boolean> {
  const { installations } = tx.t;
  const rows = await tx
    .update(installations)
    .set({ renewingUntil: now + leaseMs })
    .where(
      and(
        ofTenant(tx, org, of),
        eq(installations.tokenVersion, of.version),
        eq(installations.active, true),
        or(isNull(installations.renewingUntil), lt(installations.renewingUntil, now)),
      ),
    )
    .returning({ tenant: installations.tenant });
  return rows.length > 0;
}

/** Gives the task back, so that it is tried again at once. */
export async function releaseRenewal(
  tx: Db,
  org: string,
  of: OfTenant & { readonly version: number },
): Promise<void> {
  const { installations } = tx.t;
  await tx
    .update(installations)
    .set({ renewingUntil: null })
    .where(and(ofTenant(tx, org, of), eq(installations.tokenVersion, of.version)))
    .returning({ tenant: installations.tenant });
}

/** Puts sealed credentials in the place of those of `version`; false when they are not there any more. */
export async function replaceCredentials(
  tx: Db,
  org: string,
  of: OfTenant & { readonly version: number },
  fresh: { readonly credentials: string; readonly tokenExpiresAt: Instant | null },
): Promise<boolean> {
  const { installations } = tx.t;
  const rows = await tx
    .update(installations)
    .set({ ...fresh, tokenVersion: of.version + 1, renewingUntil: null, trouble: null })
    .where(
      and(ofTenant(tx, org, of), eq(installations.tokenVersion, of.version), eq(installations.active, true)),
    )
    .returning({ tenant: installations.tenant });
  return rows.length > 0;
}

/** Nothing can be sent there any more: the credentials are erased. False when that was known. */
export async function endInstallation(tx: Db, org: string, of: OfTenant, trouble: string): Promise<boolean> {
  const { installations } = tx.t;
  const rows = await tx
    .update(installations)
    .set({
      active: false,
      credentials: null,
      tokenExpiresAt: null,
      renewingUntil: null,
      tokenVersion: sql`${installations.tokenVersion} + 1`,
      trouble,
    })
    .where(and(ofTenant(tx, org, of), eq(installations.active, true)))
    .returning({ tenant: installations.tenant });
  return rows.length > 0;
}

/** The tokens of the configuration work again. */
export async function resumeInstallation(tx: Db, org: string, of: OfTenant): Promise<void> {
  const { installations } = tx.t;
  await tx
    .update(installations)
    .set({ active: true, trouble: null })
    .where(ofTenant(tx, org, of))
    .returning({ tenant: installations.tenant });
}

/** Keeps why an installation that still works will end; false when that was known. */
export async function noteTrouble(tx: Db, org: string, of: OfTenant, trouble: string): Promise<boolean> {
  const { installations } = tx.t;
  const rows = await tx
    .update(installations)
    .set({ trouble, renewingUntil: null })
    .where(and(ofTenant(tx, org, of), eq(installations.active, true), isNull(installations.trouble)))
    .returning({ tenant: installations.tenant });
  return rows.length > 0;
}

/** Messages to this tenant that were parked since `since` (business time) are tried at once. */
export async function reviveTenant(tx: Db, org: string, of: OfTenant, since: Instant): Promise<number> {
  const { messages, channels, identities } = tx.t;
  const inTenant = (table: typeof channels | typeof identities) =>
    and(eq(table.org, org), eq(table.platform, of.platform), eq(table.tenant, of.tenant));
  const places = tx.select({ id: channels.id }).from(channels).where(inTenant(channels));
  const persons = tx.select({ id: identities.person }).from(identities).where(inTenant(identities));
  const rows = await tx
    .update(messages)
    .set({ state: 'live', tryAt: 0, tries: 0, reason: null })
    .where(
      and(
        eq(messages.org, org),
        eq(messages.state, 'parked'),
        gte(messages.createdAt, since),
        or(
          and(eq(messages.toKind, 'channel'), inArray(messages.toId, places)),
          and(eq(messages.toKind, 'person'), inArray(messages.toId, persons)),
        ),
      ),
    )
    .returning({ id: messages.id });
  return rows.length;
}

/** Keeps that this state of an installation was used; false when it was used before. Times are real time. */
export async function spendState(tx: Db, hash: string, expiresAt: Instant, now: Instant): Promise<boolean> {
  const { installStates } = tx.t;
  await tx
    .delete(installStates)
    .where(lt(installStates.expiresAt, now))
    .returning({ hash: installStates.hash });
  const rows = await tx
    .insert(installStates)
    .values({ hash, expiresAt })
    .onConflictDoNothing()
    .returning({ hash: installStates.hash });
  return rows.length > 0;
}
