import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { reviveTenant } from '../../../db/installations.ts';
import { installationOf, installationsOf } from '../../../db/orgs.ts';
import type { Db } from '../../../db/store.ts';
import { PLATFORMS } from '../../domain/person.ts';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { REVIVED } from './revived.ts';

export const installInput = z.object({
  platform: z.enum(PLATFORMS),
  tenant: z.string(),
  name: z.string().max(200),
  /** Sealed. */
  credentials: z.string(),
  /** Real time; null: they do not expire. */
  expiresAt: z.number().nullable(),
  details: z.object({
    app: z.string(),
    bot: z.string(),
    scopes: z.array(z.string()),
    url: z.string().nullable(),
    enterprise: z.string().nullable(),
    whole: z.boolean(),
    by: z.string(),
  }),
});
export type Install = z.output<typeof installInput>;

/** The row of a new installation, and what the audit log says of it. */
export async function firstInstallation(tx: Db, org: string, now: number, input: Install) {
  const { expiresAt, ...row } = input;
  await tx
    .insert(tx.t.installations)
    .values({ org, ...row, tokenExpiresAt: expiresAt, tokenVersion: 1, active: true, createdAt: now });
  return auditOf(org, input, true);
}

const auditOf = (org: string, { platform, tenant, details, expiresAt }: Install, first: boolean) => ({
  subject: `org:${org}`,
  facts: {
    platform,
    tenant,
    scopes: details.scopes,
    by: details.by,
    whole: details.whole,
    expires: expiresAt !== null,
    first,
  },
});

/**
 * Takes in the tokens that a workspace gave by OAuth: for one that was here before everything stays as it was, and
 * what waited for it is sent.
 */
export const installTenant = defineAction({
  name: 'org.install',
  input: installInput,
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const { installations } = tx.t;
    const { platform, tenant, name, credentials, expiresAt, details } = input;
    const known = await installationOf(tx, platform, tenant);
    if (known !== undefined && known.org !== org)
      throw conflict('This workspace belongs to another organisation.');
    if (known === undefined) {
      const first = (await installationsOf(tx, org)).length === 0;
      if (first)
        await tx.update(tx.t.orgs).set({ name }).where(eq(tx.t.orgs.id, org)).returning({ id: tx.t.orgs.id });
      const audit = await firstInstallation(tx, org, now, input);
      return { result: { revived: 0 }, audit };
    }
    await tx
      .update(installations)
      .set({
        name,
        credentials,
        details,
        tokenExpiresAt: expiresAt,
        tokenVersion: known.tokenVersion + 1,
        renewingUntil: null,
        active: true,
        trouble: null,
      })
      .where(
        and(
          eq(installations.org, org),
          eq(installations.platform, platform),
          eq(installations.tenant, tenant),
        ),
      )
      .returning({ tenant: installations.tenant });
    const revived = await reviveTenant(tx, org, { platform, tenant }, now - REVIVED);
    return {
      result: { revived },
      audit: auditOf(org, input, false),
      changed: [`installation:${platform}:${tenant}`],
    };
  },
});
