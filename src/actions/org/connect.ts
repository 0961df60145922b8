import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { installationOf, installationsOf } from '../../../db/orgs.ts';
import { PLATFORMS } from '../../domain/person.ts';
import { conflict } from '../../errors.ts';
import { type Effects, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/** Binds a Slack workspace or a Microsoft 365 tenant, whose credentials stand in the configuration, to the organisation. */
export const connectTenant = defineAction({
  name: 'org.connect',
  input: z.object({ platform: z.enum(PLATFORMS), tenant: z.string(), name: z.string().max(200) }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }): Promise<Effects<{ connected: boolean }>> {
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
      await tx.insert(tx.t.installations).values({ org, ...input, active: true, createdAt: now });
    }
    const { platform, tenant } = input;
    return {
      result: { connected: known === undefined },
      audit: { subject: `org:${org}`, facts: { platform, tenant } },
    };
  },
});
