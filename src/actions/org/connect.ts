import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { resumeInstallation, reviveTenant } from '../../../db/installations.ts';
import { installationOf, installationsOf, lockOrg } from '../../../db/orgs.ts';
import type { Db } from '../../../db/store.ts';
import { PLATFORMS } from '../../domain/person.ts';
import { conflict } from '../../errors.ts';
import { type Effects, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { REVIVED } from './revived.ts';

const input = z.object({ platform: z.enum(PLATFORMS), tenant: z.string(), name: z.string().max(200) });

/** The row of a tenant that is new, and what the audit log says of it. */
export async function firstConnection(tx: Db, org: string, now: number, of: z.output<typeof input>) {
  await tx.insert(tx.t.installations).values({ org, ...of, active: true, createdAt: now });
  return { subject: `org:${org}`, facts: { platform: of.platform, tenant: of.tenant } };
}

/** Binds a Slack workspace or a Microsoft 365 tenant, whose credentials stand in the configuration, to the organisation. */
export const connectTenant = defineAction({
  name: 'org.connect',
  input,
  allow: onlyCoxswain,
  async run({ tx, org, now, input }): Promise<Effects<{ connected: boolean }>> {
    // Of two copies that start at once the second finds what the first has made.
    await lockOrg(tx, org);
    const known = await installationOf(tx, input.platform, input.tenant);
    if (known !== undefined && known.org !== org)
      throw conflict('This workspace belongs to another organisation.');
    if (known === undefined) {
      // The organisation is called as its first workspace is.
      if ((await installationsOf(tx, org)).length === 0) {
        await tx
          .update(tx.t.orgs)
          .set({ name: input.name })
          .where(eq(tx.t.orgs.id, org))
          .returning({ id: tx.t.orgs.id });
      }
      await firstConnection(tx, org, now, input);
    }
    const { platform, tenant } = input;
    if (known !== undefined && (!known.active || known.trouble !== null)) {
      await resumeInstallation(tx, org, { platform, tenant });
      await reviveTenant(tx, org, { platform, tenant }, now - REVIVED);
    }
    return {
      result: { connected: known === undefined },
      audit: { subject: `org:${org}`, facts: { platform, tenant } },
      changed: [`installation:${platform}:${tenant}`],
    };
  },
});
