import { installationOf, orgById } from '../../db/orgs.ts';
import { type Person, personById, personByIdentity, whoIs } from '../../db/people.ts';
import { meetPerson } from '../actions/org/index.ts';
import { perform } from '../actions/perform.ts';
import type { App } from '../context.ts';
import { parseZone } from '../domain/zone-name.ts';
import { forbidden, unavailable } from '../errors.ts';
import type { PlatformKind } from '../domain/person.ts';
import type { Envelope, Outbound, Sender } from '../platforms/platform.ts';
import { clip } from '../text.ts';

export interface Identified {
  readonly org: string;
  readonly zone: string;
  readonly me: Person;
}

export interface Identifier {
  /** After identities were removed: what is known is looked up anew. */
  forget(): void;
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

const keyOf = (platform: PlatformKind, tenant: string, ref: string) => `${platform}/${tenant}/${ref}`;

export function createIdentifier(app: App, options: Options): Identifier {
  /** Platform identities never change their person, so they need not be looked up twice. */
  const known = new Map<string, string>();

  async function meet(
    org: string,
    platform: PlatformKind,
    tenant: string,
    user: Sender,
  ): Promise<string | undefined> {
    const profile = await options.outbound(platform)?.profile(tenant, user.ref);
    if (profile === undefined || !profile.active) return undefined;
    const email = profile.email?.toLowerCase();
    const { person } = await perform({ ...app, org, actor: { kind: 'system', cause: 0 } }, meetPerson, {
      platform,
      tenant,
      ref: user.ref,
      name: clip(profile.name || user.name || user.ref, 200),
      guest: profile.guest,
      admin: email !== undefined && options.admins.includes(email),
      ...(email === undefined ? {} : { email }),
      ...zoneOf(profile.zone),
    });
    return person;
  }

  async function alreadyMet(
    org: string,
    platform: PlatformKind,
    tenant: string,
    ref: string,
  ): Promise<Person | undefined> {
    const id = known.get(keyOf(platform, tenant, ref));
    if (id !== undefined) return personById(app.store.read, org, id);
    const found = await personByIdentity(app.store.read, platform, tenant, ref);
    return found?.org === org ? personById(app.store.read, org, found.person) : undefined;
  }

  async function personOf(
    org: string,
    platform: PlatformKind,
    tenant: string,
    user: Sender,
  ): Promise<Person | undefined> {
    const key = keyOf(platform, tenant, user.ref);
    let id = known.get(key);
    if (id === undefined) {
      const found = await personByIdentity(app.store.read, platform, tenant, user.ref);
      id =
        found === undefined
          ? await meet(org, platform, tenant, user)
          : found.org === org
            ? found.person
            : undefined;
      if (id === undefined) return undefined;
      if (known.size > 50_000) known.clear();
      known.set(key, id);
    }
    return personById(app.store.read, org, id);
  }

  return {
    personOf,
    known: alreadyMet,
    forget: () => known.clear(),
    async identify(from) {
      const known = await whoIs(app.store.read, from.platform, from.tenant, from.user.ref);
      if (known?.connected === true)
        return { org: known.person.org, zone: known.zone, me: admitted(known.person) };
      const installation = await installationOf(app.store.read, from.platform, from.tenant);
      if (installation === undefined || !installation.active) {
        const place = from.platform === 'slack' ? 'Slack workspace' : 'Microsoft 365 tenant';
        throw forbidden(`This ${place} is not connected to Coxswain. Whoever runs Coxswain can connect it.`);
      }
      const { org } = installation;
      const [found, me] = await Promise.all([
        orgById(app.store.read, org),
        personOf(org, from.platform, from.tenant, from.user),
      ]);
      if (me === undefined)
        throw unavailable('Coxswain could not find out who you are. Please try again in a moment.');
      return { org, zone: found!.zone, me: admitted(me) };
    },
  };
}

/** Asked of the database at every request: who was deactivated a moment ago is refused now. */
function admitted(me: Person): Person {
  if (!me.active) throw forbidden('Your account is not active in this organisation.');
  if (me.guest) throw forbidden('Guests and people from other organisations see and decide nothing here.');
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
