import { z } from 'zod';
import { endInstallation, noteTrouble } from '../../../db/installations.ts';
import { installationOf } from '../../../db/orgs.ts';
import { peopleWithRole } from '../../../db/people.ts';
import { PLATFORMS } from '../../domain/person.ts';
import { notFound } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/** Remembers that a workspace took Coxswain's tokens back, or soon will: they are erased, and the admins are told once. */
export const disconnectTenant = defineAction({
  name: 'org.disconnect',
  input: z.object({
    platform: z.enum(PLATFORMS),
    tenant: z.string(),
    /** In a few words, for admins: `it was uninstalled`. */
    why: z.string().max(200),
    /** Real time until when it still works; null: it is over. */
    until: z.number().nullable(),
  }),
  allow: onlyCoxswain,
  async run({ tx, org, input: { platform, tenant, why, until } }) {
    const known = await installationOf(tx, platform, tenant);
    if (known === undefined || known.org !== org) throw notFound('This workspace is not connected here.');
    const of = { platform, tenant };
    const ended =
      until === null ? await endInstallation(tx, org, of, why) : await noteTrouble(tx, org, of, why);
    const admins = ended ? await peopleWithRole(tx, org, 'admin') : [];
    return {
      result: { ended },
      audit: { subject: `org:${org}`, facts: { platform, tenant, why, until, ended } },
      shows: admins.map(({ id }) => ({
        key: `disconnected:${platform}:${tenant}:${known.tokenVersion}:${id}`,
        to: { kind: 'person' as const, id },
        view: 'disconnected',
        args: { platform, tenant },
        subject: `installation:${platform}:${tenant}`,
      })),
    };
  },
});
