import type { Message } from '../../db/messages.ts';
import { destinationChannel, directChannel, installationOf } from '../../db/orgs.ts';
import { type Identity, accountsOf, actingPerson, waysTo } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import { sightOfChannel, sightOfPerson } from '../../db/visibility.ts';
import type { PlatformKind } from '../domain/person.ts';
import type { Conversation, Destination, Names, Outbound } from '../platforms/platform.ts';
import type { Card } from '../ui/card.ts';
import { loadNames } from './names.ts';

/** Where a message goes, and through which adapter. */
export interface Route {
  readonly outbound: Outbound;
  readonly platform: PlatformKind;
  readonly tenant: string;
  readonly to: Destination;
  readonly spacingKey: string;
  readonly names: (card: Card) => Promise<Names>;
  /** Whether anything is hidden from anybody: then pictures say for whom they are drawn. */
  readonly restricted: boolean;
  /** The handle with what is to be seen there: what stands there is read with it. */
  readonly sight: () => Promise<Db>;
}

/** The adapters that are connected. */
export interface Platforms {
  get(kind: PlatformKind): Outbound | undefined;
}

/** The way to the message's destination, or why there is none. */
export async function resolve(db: Db, platforms: Platforms, message: Message): Promise<Route | string> {
  return message.toKind === 'person' ? toPerson(db, platforms, message) : toChannel(db, platforms, message);
}

/**
 * What is on display is updated where it is; what was begun somewhere goes on there, since nobody can tell whether it
 * arrived. Anything else goes to the primary platform, or to another where that is not connected.
 */
function accountFor(message: Message, ways: readonly Identity[], platforms: Platforms): Identity | undefined {
  const there = ways.find((i) => i.platform === message.platform && i.tenant === message.tenant);
  return there ?? ways.find((i) => platforms.get(i.platform) !== undefined) ?? ways[0];
}

async function toPerson(db: Db, platforms: Platforms, message: Message): Promise<Route | string> {
  const { org, toId } = message;
  const ways = await waysTo(db, org, toId);
  const identity = accountFor(message, ways, platforms) ?? (await goneAccount(db, message));
  if (identity === undefined) return 'this person has no account on Slack or Teams that works';
  const found = await actingPerson(db, org, identity.person);
  if (found === undefined) return 'this person is not known';
  const { person, restricted } = found;
  const outbound = platforms.get(identity.platform);
  if (outbound === undefined) return `this person is on ${identity.platform}, which is not connected`;
  const gone = await removedFrom(db, identity.platform, identity.tenant);
  if (gone !== undefined) return gone;
  const direct = await directChannel(db, org, identity.platform, identity.tenant, identity.person);
  const user = { ref: identity.ref, name: identity.name };
  return {
    outbound,
    platform: identity.platform,
    tenant: identity.tenant,
    to: {
      kind: 'person',
      user,
      ...(direct === undefined ? {} : { conversation: direct.conversation as unknown as Conversation }),
    },
    spacingKey: `${identity.platform}:${identity.tenant}:${identity.ref}`,
    names: (card) => loadNames(db, org, identity.platform, identity.tenant, card),
    restricted,
    sight: () => sightOfPerson(db, org, person, restricted),
  };
}

/** What stands in the chat of an account that is gone is still put right there. */
async function goneAccount(db: Db, { org, toId, platform, ref }: Message): Promise<Identity | undefined> {
  if (ref === null) return undefined;
  return (await accountsOf(db, org, [toId])).find((i) => platform === null || i.platform === platform);
}

async function toChannel(db: Db, platforms: Platforms, { org, toId }: Message): Promise<Route | string> {
  const found = await destinationChannel(db, org, toId);
  if (found === undefined) return 'this channel is not known';
  const { channel, restricted } = found;
  if (!channel.active) return `Coxswain was removed from #${channel.name}`;
  const outbound = platforms.get(channel.platform);
  if (outbound === undefined) return `#${channel.name} is on ${channel.platform}, which is not connected`;
  const gone = await removedFrom(db, channel.platform, channel.tenant);
  if (gone !== undefined) return gone;
  return {
    outbound,
    platform: channel.platform,
    tenant: channel.tenant,
    to: { kind: 'channel', conversation: channel.conversation as unknown as Conversation },
    spacingKey: `${channel.platform}:${channel.tenant}:${channel.ref}`,
    names: (card) => loadNames(db, org, channel.platform, channel.tenant, card),
    restricted,
    sight: () => sightOfChannel(db, org, channel.id, restricted),
  };
}

/** Why nothing can be sent to a tenant that removed Coxswain. Installing it again revives what waits. */
async function removedFrom(db: Db, platform: PlatformKind, tenant: string): Promise<string | undefined> {
  const installation = await installationOf(db, platform, tenant);
  if (installation === undefined || installation.active) return undefined;
  const { name, trouble } = installation;
  return `Coxswain has to be installed in ${name} again${trouble === null ? '' : `: ${trouble}`}`;
}
