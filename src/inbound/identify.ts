import { installationOf, orgById } from '../../db/orgs.ts';
import { type Identity, type Person, personById, personByIdentity, whoIs } from '../../db/people.ts';
import { meetPerson, refreshPerson } from '../actions/org/index.ts';
import { perform } from '../actions/perform.ts';
import type { App } from '../context.ts';
import { HOUR } from '../clock.ts';
import type { Gone } from '../domain/account.ts';
import { parseZone } from '../domain/zone-name.ts';
import { forbidden, unavailable } from '../errors.ts';
import type { PlatformKind } from '../domain/person.ts';
import type { Envelope, Outbound, Sender } from '../platforms/platform.ts';
import { clip } from '../text.ts';

export interface Identified {
  readonly org: string;
  readonly zone: string;
  readonly me: Person;
  /** Whether anything in the organisation is hidden from anybody. */
  readonly restricted: boolean;
}

export interface Identifier {
  /** The organisation and the person behind a request. Throws forbidden for a tenant or account that is not known. */
  identify(from: Envelope): Promise<Identified>;
  /** The person behind a platform's user, met if necessary; undefined for what is no person of the organisation. */
  personOf(org: string, platform: PlatformKind, tenant: string, user: Sender): Promise<Person | undefined>;
  /** The person behind a platform's user, if they were met before. Asks the platform nothing. */
  known(org: string, platform: PlatformKind, tenant: string, ref: string): Promise<Person | undefined>;
}

interface Options {
  readonly outbound: (platform: PlatformKind) => Outbound | undefined;
  /** Verified addresses of those who are admins from the start, lower case. */
  readonly admins: readonly string[];
}

export function createIdentifier(app: App, options: Options): Identifier {
  async function meet(
    org: string,
    platform: PlatformKind,
    tenant: string,
    user: Sender,
  ): Promise<string | undefined> {
    const profile = await options.outbound(platform)?.profile(tenant, user.ref);
    if (profile === undefined || !profile.active) return undefined;
    const email = profile.email?.toLowerCase();
    // Whoever runs Coxswain is admin of their own organisation, not of those that installed it from its page.
    const named = email !== undefined && options.admins.includes(email);
    const admin = named && (await orgById(app.store.read, org))?.installed === false;
    const { person } = await perform({ ...app, org, actor: { kind: 'system', cause: 0 } }, meetPerson, {
      platform,
      tenant,
      ref: user.ref,
      name: clip(profile.name || user.name || user.ref, 200),
      guest: profile.guest,
      admin,
      ...(email === undefined ? {} : { email }),
      ...zoneOf(profile.zone),
    });
    return person;
  }

  /**
   * An account that was gone speaks: its platform may not have told that it works again. Asked at most once an hour;
   * true when there is something new.
   */
  async function mayBeBack(account: Identity): Promise<boolean> {
    if (account.gone === null || (account.checkedAt ?? 0) > app.clock.now() - HOUR) return false;
    const { org, platform, tenant, ref } = account;
    const told = await options.outbound(platform)?.profile(tenant, ref);
    if (told === undefined) return false;
    await perform({ ...app, org, actor: { kind: 'system', cause: 0 } }, refreshPerson, {
      person: account.person,
      guest: told.guest,
      active: told.active,
      account: { platform, tenant, ref },
    });
    return true;
  }

  async function known(
    org: string,
    platform: PlatformKind,
    tenant: string,
    ref: string,
  ): Promise<Person | undefined> {
    const found = await personByIdentity(app.store.read, platform, tenant, ref);
    return found?.org === org ? personById(app.store.read, org, found.person) : undefined;
  }

  async function personOf(
    org: string,
    platform: PlatformKind,
    tenant: string,
    user: Sender,
  ): Promise<Person | undefined> {
    const found = await personByIdentity(app.store.read, platform, tenant, user.ref);
    if (found !== undefined && found.org !== org) return undefined;
    const id = found?.person ?? (await meet(org, platform, tenant, user));
    return id === undefined ? undefined : personById(app.store.read, org, id);
  }

  return {
    personOf,
    known,
    async identify(from) {
      const who = () => whoIs(app.store.read, from.platform, from.tenant, from.user.ref);
      const found = await who();
      const met = found !== undefined && (await mayBeBack(found.account)) ? await who() : found;
      if (met?.connected === true) {
        const me = admitted(met.person, met.account.gone);
        return { org: me.org, zone: met.zone, me, restricted: met.restricted };
      }
      const installation = await installationOf(app.store.read, from.platform, from.tenant);
      if (installation === undefined || !installation.active) {
        const place = from.platform === 'slack' ? 'Slack workspace' : 'Microsoft 365 tenant';
        throw forbidden(`This ${place} is not connected to Coxswain. Whoever runs Coxswain can connect it.`);
      }
      const { org } = installation;
      const [home, me] = await Promise.all([
        orgById(app.store.read, org),
        personOf(org, from.platform, from.tenant, from.user),
      ]);
      if (me === undefined)
        throw unavailable('Coxswain could not find out who you are. Please try again in a moment.');
      return { org, zone: home!.zone, me: admitted(me, null), restricted: home!.restricted };
    },
  };
}

/** Asked of the database at every request: who was deactivated a moment ago is refused now. */
function admitted(me: Person, gone: Gone): Person {
  if (!me.active || gone === 'deactivated')
    throw forbidden('Your account is not active in this organisation.');
  if (me.guest || gone === 'guest')
    throw forbidden('Guests and people from other organisations see and decide nothing here.');
  return me;
}

/** A zone that a platform reports and we know. */
function zoneOf(zone: string | undefined): { zone?: string } {
  try {
    return zone === undefined ? {} : { zone: parseZone(zone) };
  } catch {
    return {};
  }
}
