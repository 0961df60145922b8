import { z } from 'zod';
import type { Conversation, Place, PlatformFact } from '../platform.ts';
import { type TeamsActivity, placeOf, splitThread, tenantOf } from './activity.ts';
import { answer } from './replies.ts';
import type { Desk, Turn } from './turn.ts';

const referenceSchema = z.looseObject({
  bot: z.looseObject({ id: z.string(), name: z.string().optional() }),
});

/** The account of the bot in a stored reference; undefined in one that was not stored by this adapter. */
export const botOf = (conversation: Conversation | undefined): string | undefined =>
  referenceSchema.safeParse(conversation?.reference).data?.bot.id;

/** What is stored about a conversation: enough to post into it at any later time. */
function conversationOf(activity: TeamsActivity, ref: string): Conversation {
  const { recipient, channelData } = activity;
  return {
    ref,
    serviceUrl: activity.serviceUrl,
    reference: {
      bot: { id: recipient.id, ...(recipient.name ? { name: recipient.name } : {}) },
      tenant: tenantOf(activity) ?? '',
      ...(channelData?.team ? { team: channelData.team.id } : {}),
    },
  };
}

/** The conversation that an activity came from, to be remembered. */
export function conversationFact(activity: TeamsActivity): PlatformFact {
  const place = placeOf(activity);
  const { thread: _, ...bare } = place;
  const { aadObjectId, name } = activity.from;
  const user =
    place.kind === 'direct' && aadObjectId ? { ref: aadObjectId, ...(name ? { name } : {}) } : undefined;
  return {
    kind: 'conversation',
    place: bare,
    ...(user === undefined ? {} : { user }),
    reference: conversationOf(activity, place.ref),
  };
}

/** A channel that a team made or renamed while the bot is in it. */
function channelFact(activity: TeamsActivity): PlatformFact | undefined {
  const channel = activity.channelData?.channel;
  if (!channel) return undefined;
  const place: Place = { kind: 'channel', ref: channel.id, ...(channel.name ? { name: channel.name } : {}) };
  return { kind: 'conversation', place, reference: conversationOf(activity, channel.id) };
}

const isBot = (activity: TeamsActivity) => (member: { readonly id: string }) =>
  member.id === activity.recipient.id;

function factsOf(activity: TeamsActivity): PlatformFact[] {
  const here = splitThread(activity.conversation.id).ref;
  if (activity.type === 'installationUpdate') {
    const gone = activity.action?.startsWith('remove') === true;
    return gone ? [{ kind: 'removed', ref: here }] : [conversationFact(activity)];
  }
  const channel = activity.channelData?.channel;
  switch (activity.channelData?.eventType) {
    case 'channelDeleted':
      return channel ? [{ kind: 'removed', ref: channel.id }] : [];
    case 'teamDeleted':
    case 'teamHardDeleted':
      return [{ kind: 'removed', ref: here }];
    case 'channelCreated':
    case 'channelRenamed':
    case 'channelRestored': {
      const fact = channelFact(activity);
      return fact === undefined ? [] : [fact];
    }
    case undefined:
    case null:
    default:
      if (activity.membersRemoved?.some(isBot(activity)) === true) return [{ kind: 'removed', ref: here }];
      return activity.membersAdded?.some(isBot(activity)) === true ? [conversationFact(activity)] : [];
  }
}

/** `conversationUpdate` and `installationUpdate`: remembers where the bot may post, and where it no longer may. */
export async function onLifecycle(desk: Desk, activity: TeamsActivity): Promise<void> {
  const tenant = tenantOf(activity);
  if (tenant === undefined) return;
  for (const fact of factsOf(activity)) await desk.deps.inbound.learn('teams', tenant, fact);
}

/** Installed for one person: says hello with the same card as `help`, so that the first thing seen is of use. */
export async function welcome(desk: Desk, turn: Turn): Promise<void> {
  if (turn.activity.action !== 'add' || turn.from.place.kind !== 'direct') return;
  await answer(desk, turn, await desk.deps.inbound.command(turn.from, 'help'));
}
