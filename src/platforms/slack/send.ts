import type { Log } from '../../log.ts';
import type { Card } from '../../ui/card.ts';
import type { Capabilities, Destination, Names, Outbound, Profile, ShownRef } from '../platform.ts';
import { renderCard } from './card.ts';
import type { AccessOf } from './access.ts';
import type { Client } from './client.ts';
import { examine } from './examine.ts';
import { type Repeatable, sendError } from './faults.ts';
import { permalink } from './permalink.ts';
import type { Pictures } from './pictures.ts';
import { isOfOthers } from './tenant.ts';

export const capabilities: Capabilities = {
  kind: 'slack',
  formFromCommand: 'modal',
  onlyForMe: true,
  buttonsPerRow: 25,
  pictureFromUpload: true,
  lookUpUnknownDelivery: true,
  threads: true,
  home: true,
  files: true,
  fileFromUpload: true,
  keepsWhileTyping: true,
};

/** Marks our deliveries in the metadata of messages, so that one whose outcome is unknown can be found again. */
const DELIVERY = 'coxswain_delivery';
/** What is looked for was tried a moment ago; further back than this nobody can tell. */
const HISTORY = { pages: 5, limit: 200 };

export interface SendDeps {
  readonly access: AccessOf;
  readonly pictures: Pictures;
  readonly log: Log;
  readonly strict: boolean;
}

/** Messages that nobody asked for just now: digests, pings, updates of what is on display. */
export function createOutbound({ access, pictures, strict }: SendDeps): Outbound {
  const rendered = async (tenant: string, card: Card, names: Names) => {
    const sources = await call('repeatable', () => pictures(tenant, card));
    return renderCard(card, {
      names,
      surface: 'message',
      strict,
      picture: (picture) => sources.get(picture),
    });
  };

  return {
    capabilities,
    async post(tenant, to, card, names, { deliveryId, thread }) {
      const message = await rendered(tenant, card, names);
      const { client } = await access(tenant);
      const answer = await call('once', () =>
        client.chat.postMessage({
          channel: channelOf(to),
          ...message,
          ...(thread === undefined ? {} : { thread_ts: thread.id }),
          metadata: { event_type: DELIVERY, event_payload: { id: deliveryId } },
          unfurl_links: false,
          unfurl_media: false,
        }),
      );
      // A direct message posted to a user id stands in a D… channel: updates need that one.
      return { conversation: answer.channel ?? channelOf(to), id: answer.ts ?? '' };
    },
    async update(tenant, shown, _to, card, names) {
      const message = await rendered(tenant, card, names);
      const { client } = await access(tenant);
      await call('repeatable', () =>
        client.chat.update({ channel: shown.conversation, ts: shown.id, ...message }),
      );
    },
    async link(tenant, { conversation, id }) {
      const { address: workspace } = await access(tenant);
      return workspace === undefined ? undefined : permalink(workspace, { channel: conversation, ts: id });
    },
    async find(tenant, to, deliveryId) {
      const { client } = await access(tenant);
      return call('repeatable', () => find(client, to, deliveryId));
    },
    async examine(tenant, channels) {
      const { client } = await access(tenant);
      return examine(client, channels);
    },
    async profile(tenant, ref) {
      const { client } = await access(tenant);
      return call('repeatable', () => profile(client, tenant, ref));
    },
  };
}

const channelOf = (to: Destination): string =>
  to.kind === 'channel' ? to.conversation.ref : (to.conversation?.ref ?? to.user.ref);

async function call<T>(repeatable: Repeatable, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw sendError(error, repeatable);
  }
}

/** Only in direct messages: reading channels would take scopes that Coxswain does not ask for. */
async function find(
  client: Client,
  to: Destination,
  deliveryId: string,
): Promise<ShownRef | undefined | 'unknown'> {
  if (to.kind === 'channel' && !to.conversation.ref.startsWith('D')) return 'unknown';
  const channel = await directChannel(client, to);
  if (channel === undefined) return 'unknown';
  let cursor: string | undefined;
  for (let page = 0; page < HISTORY.pages; page += 1) {
    const { messages = [], response_metadata: more } = await client.conversations.history({
      channel,
      include_all_metadata: true,
      limit: HISTORY.limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const found = messages.find((message) => deliveryOf(message) === deliveryId);
    if (found?.ts !== undefined) return { conversation: channel, id: found.ts };
    cursor = more?.next_cursor;
    if (cursor === undefined || cursor === '') return undefined;
  }
  return 'unknown';
}

async function directChannel(client: Client, to: Destination): Promise<string | undefined> {
  const known = channelOf(to);
  if (known.startsWith('D')) return known;
  const { channel } = await client.conversations.open({ users: known });
  return channel?.id;
}

function deliveryOf(message: { metadata?: { event_type?: string; event_payload?: unknown } }): unknown {
  const payload = message.metadata?.event_payload;
  if (message.metadata?.event_type !== DELIVERY || typeof payload !== 'object' || payload === null)
    return undefined;
  return (payload as { id?: unknown }).id;
}

async function profile(client: Client, tenant: string, ref: string): Promise<Profile | undefined> {
  const { user } = await client.users.info({ user: ref }).catch((error: unknown) => {
    const fault = sendError(error, 'repeatable');
    if (fault.fault === 'unreachable') return { user: undefined };
    throw fault;
  });
  if (user === undefined) return undefined;
  // The real name first: scorecards and evidence name people as their company does.
  const name = [user.real_name, user.profile?.real_name, user.profile?.display_name, user.name].find(Boolean);
  const outside = isOfOthers(user, tenant);
  const limited = [user.is_restricted, user.is_ultra_restricted, user.is_stranger, user.is_bot].includes(
    true,
  );
  const email = user.is_email_confirmed === false ? undefined : user.profile?.email;
  return {
    name: name ?? ref,
    ...(email === undefined || email === '' ? {} : { email }),
    ...(user.tz === undefined ? {} : { zone: user.tz }),
    guest: outside || limited,
    active: user.deleted !== true,
  };
}
