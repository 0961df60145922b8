import { installationOf, installationsOn, orgById } from '../../db/orgs.ts';
import { peopleWithRole } from '../../db/people.ts';
import { isUniqueViolation } from '../../db/store.ts';
import {
  connectTenant,
  createOrg,
  disconnectTenant,
  firstConnection,
  renewAdminCode,
} from '../actions/org/index.ts';
import { perform } from '../actions/perform.ts';
import type { App } from '../context.ts';
import type { PlatformKind } from '../domain/person.ts';
import type { Tenant } from '../platforms/platform.ts';

export interface Connected extends Tenant {
  readonly org: string;
  /** One-time code of an organisation of its own that has no admin yet. */
  readonly adminCode?: string;
}

/** Whether this tenant belongs to an organisation here, and has not been disconnected. */
export const isConnected = async (
  { store }: Pick<App, 'store'>,
  platform: PlatformKind,
  tenant: string,
): Promise<boolean> => (await installationOf(store.read, platform, tenant))?.active === true;

/**
 * Binds the tenants of the configuration's own credentials. The first belongs to the organisation of this configuration,
 * every further one to an organisation of its own; what was joined to another one stays there.
 */
export async function connectTenants(
  app: App,
  home: string,
  platform: PlatformKind,
  tenants: readonly Tenant[],
): Promise<readonly Connected[]> {
  const connected: Connected[] = [];
  for (const [at, { id, name }] of tenants.entries()) {
    const known = await installationOf(app.store.read, platform, id);
    const org = known?.org ?? (at === 0 ? home : await found(app, home, platform, { id, name }));
    const ctx = { ...app, org, actor: { kind: 'schedule', job: 'start' } } as const;
    await perform(ctx, connectTenant, { platform, tenant: id, name });
    // A code that was never seen must not lock everybody out, so every start gives a new one.
    const adminCode = org === home ? undefined : await codeOf(app, org);
    connected.push({ id, name, org, ...(adminCode === undefined ? {} : { adminCode }) });
  }
  // Slack's other workspaces gave tokens of their own; Teams' tenants are all listed, but for the sandbox's.
  if (platform === 'teams' && tenants.length > 0)
    await letGo(app, platform, new Set(tenants.map(({ id }) => id)));
  return connected;
}

/** What does not stand in the configuration any more is served no more. What it holds stays, until it stands there again. */
async function letGo(app: App, platform: PlatformKind, listed: ReadonlySet<string>): Promise<void> {
  for (const { org, tenant, active } of await installationsOn(app.store.read, platform)) {
    if (!active || listed.has(tenant)) continue;
    const why = 'it does not stand in the configuration any more';
    const ctx = { ...app, org, actor: { kind: 'schedule', job: 'start' } } as const;
    await perform(ctx, disconnectTenant, { platform, tenant, why, until: null });
    app.log.warn({ platform, tenant }, 'a tenant is not configured any more and was disconnected');
  }
}

/** An organisation with its tenant, in one transaction: of two copies that start at once, one makes it. */
async function found(
  app: App,
  home: string,
  platform: PlatformKind,
  { id: tenant, name }: Tenant,
): Promise<string> {
  const { zone } = (await orgById(app.store.read, home))!;
  try {
    const made = await createOrg(
      app,
      { name, zone, installed: true },
      {
        action: 'org.connect',
        write: (tx, org, now) => firstConnection(tx, org, now, { platform, tenant, name }),
      },
    );
    return made.id;
  } catch (error) {
    const first = isUniqueViolation(error)
      ? await installationOf(app.store.read, platform, tenant)
      : undefined;
    if (first === undefined) throw error;
    return first.org;
  }
}

async function codeOf(app: App, org: string): Promise<string | undefined> {
  const admins = await peopleWithRole(app.store.read, org, 'admin');
  return admins.length > 0 ? undefined : renewAdminCode(app, org);
}
