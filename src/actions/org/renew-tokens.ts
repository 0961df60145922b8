import { z } from 'zod';
import { replaceCredentials } from '../../../db/installations.ts';
import { PLATFORMS } from '../../domain/person.ts';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/** Puts renewed tokens in the place of those that they were exchanged for. */
export const renewTokens = defineAction({
  name: 'org.renew-tokens',
  input: z.object({
    platform: z.enum(PLATFORMS),
    tenant: z.string(),
    /** Of the tokens that were exchanged. */
    version: z.int(),
    /** Sealed. */
    credentials: z.string(),
    /** Real time. */
    expiresAt: z.number().nullable(),
  }),
  allow: onlyCoxswain,
  async run({ tx, org, input: { credentials, expiresAt, ...of } }) {
    const replaced = await replaceCredentials(tx, org, of, { credentials, tokenExpiresAt: expiresAt });
    if (!replaced) throw conflict('This workspace has other tokens since.');
    const { platform, tenant, version } = of;
    return {
      result: { version: version + 1 },
      audit: { subject: `org:${org}`, facts: { platform, tenant, version: version + 1 } },
    };
  },
});
