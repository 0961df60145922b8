import { claimRenewal, releaseRenewal, spendState } from '../../db/installations.ts';
import { installationOf, orgById } from '../../db/orgs.ts';
import { peopleWithRole } from '../../db/people.ts';
import { isUniqueViolation } from '../../db/store.ts';
import {
  type Install,
  createOrg,
  firstInstallation,
  installTenant,
  renewAdminCode,
  renewTokens,
} from '../actions/org/index.ts';
import { credentialsOwner } from '../actions/keys/index.ts';
import { perform } from '../actions/perform.ts';
import type { App } from '../context.ts';
import { CoxswainError } from '../errors.ts';
import { sha256 } from '../ids.ts';
import type { Installations, Installed, NewInstallation, Tokens, Welcome } from '../platforms/platform.ts';
import type { PlatformKind } from '../domain/person.ts';
import { parseZone } from '../domain/zone-name.ts';

/** Longer than an exchange can take; a copy that dies meanwhile holds the others up for so long. */
const LEASE_MS = 20_000;

/** The installations of all tenants, in the database that all copies share. */
export function createInstallations(app: App, zone: string): Installations {
  const { store, keys, wall } = app;
  const ctxOf = (org: string) => ({ ...app, org, actor: { kind: 'system', cause: 0 } }) as const;
  const seal = (platform: PlatformKind, tenant: string, tokens: Tokens) =>
    keys.seal('platform token', credentialsOwner(platform, tenant), JSON.stringify(tokens));

  async function find(platform: PlatformKind, tenant: string): Promise<Installed | undefined> {
    const row = await installationOf(store.read, platform, tenant);
    if (row === undefined || !row.active || row.credentials === null || row.details === null)
      return undefined;
    const { org, tokenVersion: version, tokenExpiresAt: expiresAt, details } = row;
    const { credentials } = row;
    return {
      org,
      platform,
      tenant,
      version,
      details,
      ...(expiresAt === null ? {} : { expiresAt }),
      ...(row.trouble === null ? {} : { trouble: row.trouble }),
      // Guarantee of the cast: nobody else can seal for this purpose.
      tokens: () =>
        JSON.parse(keys.unseal('platform token', credentialsOwner(platform, tenant), credentials)) as Tokens,
    };
  }

  /** A workspace that is new founds an organisation, with its installation in the same transaction. */
  async function found(input: Install, zoneThere: string | undefined): Promise<Welcome> {
    const org = { name: input.name, zone: known(zoneThere) ?? zone, installed: true };
    const { adminCode } = await createOrg(app, org, {
      action: 'org.install',
      write: (tx, id, now) => firstInstallation(tx, id, now, input),
    });
    return { organisation: input.name, fresh: true, adminCode };
  }

  async function again(org: string, input: Install): Promise<Welcome> {
    await perform(ctxOf(org), installTenant, input);
    app.kick();
    const [known, admins] = await Promise.all([
      orgById(store.read, org),
      peopleWithRole(store.read, org, 'admin'),
    ]);
    return {
      organisation: known?.name ?? input.name,
      fresh: false,
      // As long as nobody is admin, a code that was never seen must not lock everybody out.
      adminCode: admins.length > 0 ? undefined : await renewAdminCode(app, org),
    };
  }

  async function install(platform: PlatformKind, given: NewInstallation): Promise<Welcome> {
    const { tenant, tokens, expiresAt, details, zone: zoneThere } = given;
    const input: Install = {
      platform,
      tenant: tenant.id,
      name: tenant.name,
      credentials: seal(platform, tenant.id, tokens),
      expiresAt: expiresAt ?? null,
      details: { ...details, scopes: [...details.scopes] },
    };
    const known = await installationOf(store.read, platform, tenant.id);
    if (known !== undefined) return again(known.org, input);
    try {
      return await found(input, zoneThere);
    } catch (error) {
      // Somebody else of this workspace was a moment faster.
      const first = isUniqueViolation(error)
        ? await installationOf(store.read, platform, tenant.id)
        : undefined;
      if (first === undefined) throw error;
      return again(first.org, input);
    }
  }

  return {
    find,
    install,
    claim: ({ org, ...of }) => store.write((tx) => claimRenewal(tx, org, of, wall.now(), LEASE_MS)),
    release: ({ org, ...of }) => store.write((tx) => releaseRenewal(tx, org, of)),
    async renewed({ org, platform, tenant, version }, tokens, expiresAt) {
      const credentials = seal(platform, tenant, tokens);
      const input = { platform, tenant, version, credentials, expiresAt: expiresAt ?? null };
      try {
        await perform(ctxOf(org), renewTokens, input);
        return true;
      } catch (error) {
        if (error instanceof CoxswainError && error.code === 'conflict') return false;
        throw error;
      }
    },
    sign: (text) => keys.mac('install state', text),
    isSigned: (text, mac) => keys.checks('install state', text, mac),
    spend: (state, until) => store.write((tx) => spendState(tx, sha256(state), until, wall.now())),
  };
}

/** A zone that a platform reports and we know. */
function known(zone: string | undefined): string | undefined {
  try {
    return zone === undefined ? undefined : parseZone(zone);
  } catch {
    return undefined;
  }
}
