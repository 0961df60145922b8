import type { Card, JsonObject } from '../../ui/card.ts';
import {
  type AdapterDeps,
  type Capabilities,
  type Conversation,
  type Destination,
  type Names,
  type Outbound,
  type Profile,
  SendError,
  type ShownRef,
} from '../platform.ts';
import { hasThreads, inThread, splitThread } from './activity.ts';
import type { Address } from './address.ts';
import { renderCard } from './card.ts';
import type { Connector, TokenSource } from './connector.ts';
import { examine } from './examine.ts';
import { botOf } from './lifecycle.ts';
import { cardMessage } from './message.ts';
import type { Met, Target } from './met.ts';
import { pictureUrls } from './render.ts';

/** The public cloud's service for a tenant that never wrote to us. */
const SERVICE_URL = 'https://smba.trafficmanager.net/teams/';

const capabilities: Capabilities = {
  kind: 'teams',
  formFromCommand: 'inline',
  onlyForMe: true,
  buttonsPerRow: 6,
  pictureFromUpload: false,
  lookUpUnknownDelivery: false,
  threads: true,
  home: false,
  files: false,
  fileFromUpload: false,
  keepsWhileTyping: false,
};

interface SendConfig {
  readonly deps: AdapterDeps;
  readonly connector: Connector;
  readonly met: Met;
  readonly address: Address;
  readonly appId: string;
  readonly serviceUrl?: string;
  /** Undefined in the sandbox, which has no credentials. */
  readonly token?: TokenSource;
}

/** A reply belongs to the first message of its thread, also when it answers another reply. */
const rootOf = (thread: ShownRef): string => splitThread(thread.conversation).thread ?? thread.id;

export function createOutbound(config: SendConfig): Outbound {
  const { deps, connector, met, address, appId, token, serviceUrl } = config;
  const serviceOf = (tenant: string, conversation: Conversation | undefined): string =>
    conversation?.serviceUrl ?? met.service(tenant) ?? serviceUrl ?? SERVICE_URL;

  /** The personal conversation with somebody: the stored one, or the one that Teams opens for us. */
  async function personal(tenant: string, ref: string, known: Conversation | undefined): Promise<Target> {
    const service = serviceOf(tenant, known);
    if (known !== undefined) return { serviceUrl: service, ref: known.ref };
    const conversation = await connector.open(service, {
      bot: { id: botOf(known) ?? `28:${appId}` },
      members: [{ id: ref }],
      isGroup: false,
      tenantId: tenant,
      channelData: { tenant: { id: tenant } },
    });
    return { serviceUrl: service, ref: conversation };
  }

  async function opened(tenant: string, ref: string): Promise<Target | undefined> {
    try {
      return await personal(tenant, ref, undefined);
    } catch (error) {
      if (error instanceof SendError && (error.fault === 'unreachable' || error.fault === 'refused'))
        return undefined;
      throw error;
    }
  }

  async function targetOf(tenant: string, to: Destination): Promise<Target> {
    switch (to.kind) {
      case 'person':
        return personal(tenant, to.user.ref, to.conversation);
      case 'channel':
        return { serviceUrl: serviceOf(tenant, to.conversation), ref: to.conversation.ref };
      default:
        return to satisfies never;
    }
  }

  const render = async (tenant: string, card: Card, names: Names): Promise<JsonObject> => {
    const pictureUrl = await pictureUrls(deps, tenant, card.body);
    return cardMessage(renderCard(card, { names, pictureUrl }));
  };

  return {
    capabilities,
    async post(tenant, to, card, names, options) {
      const message = await render(tenant, card, names);
      const target = await targetOf(tenant, to);
      const { thread } = options;
      const conversation =
        thread !== undefined && hasThreads(target.ref) ? inThread(target.ref, rootOf(thread)) : target.ref;
      const id = await connector.post(target.serviceUrl, conversation, message, {
        requestId: options.deliveryId,
      });
      return { conversation, id };
    },
    async update(tenant, shown, to, card, names) {
      const service = serviceOf(tenant, to.conversation);
      await connector.update(service, shown.conversation, shown.id, await render(tenant, card, names));
    },
    link: (tenant, { conversation, id }) => Promise.resolve(address(tenant, conversation, id)),
    // Teams keeps nothing of ours with a message, and reading a channel's history needs consent per team.
    find: () => Promise.resolve('unknown'),
    ...(token === undefined
      ? {}
      : { examine: (_tenant, channels) => examine(appId, token, connector.isIn, channels) }),
    async profile(tenant, ref): Promise<Profile | undefined> {
      const target = met.at(tenant, ref) ?? (await opened(tenant, ref));
      if (target === undefined) return undefined;
      const member = await connector.member(target.serviceUrl, target.ref, ref);
      if (member === undefined) return undefined;
      return {
        name: member.name ?? ref,
        ...(member.email ? { email: member.email } : {}),
        guest: member.userRole !== 'user',
        active: true,
        ...(member.userRole ? {} : { unsure: true as const }),
      };
    },
    /** Only in the chat of the two alone: somebody who left a channel is a stranger there, and who took Coxswain out of their chat is not found by it. */
    async absent(tenant, ref) {
      const chat = await opened(tenant, ref);
      return chat !== undefined && connector.isStranger(chat.serviceUrl, chat.ref, ref);
    },
  };
}
