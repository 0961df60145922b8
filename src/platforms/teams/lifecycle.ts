import { z } from 'zod';
import type { Conversation, Place, PlatformFact } from '../platform.ts';
import { type TeamsActivity, placeOf, splitThread, tenantOf } from './activity.ts';
import { type ConversationFact, learnConversation } from './meeting.ts';
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
export function conversationFact(activity: TeamsActivity): ConversationFact {
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

/** Removed from a team, it is removed from all of its channels; Teams says so once. */
function gone(activity: TeamsActivity): PlatformFact[] {
  const { team } = activity.channelData ?? {};
  const ref = splitThread(activity.conversation.id).ref;
  return [{ kind: 'removed', ref, ...(team ? { team: team.id } : {}) }];
}

function back(activity: TeamsActivity): PlatformFact[] {
  const { team } = activity.channelData ?? {};
  return [conversationFact(activity), ...(team ? [{ kind: 'returned' as const, team: team.id }] : [])];
}

function factsOf(activity: TeamsActivity): PlatformFact[] {
  if (activity.type === 'installationUpdate')
    return activity.action?.startsWith('remove') === true ? gone(activity) : back(activity);
  const channel = activity.channelData?.channel;
  switch (activity.channelData?.eventType) {
    case 'channelDeleted':
      return channel ? [{ kind: 'removed', ref: channel.id }] : [];
    case 'teamArchived':
    case 'teamDeleted':
    case 'teamHardDeleted':
      return gone(activity);
    case 'teamRestored':
    case 'teamUnarchived':
      return back(activity);
    case 'channelCreated':
    case 'channelRenamed':
    case 'channelRestored': {
      const fact = channelFact(activity);
      return fact === undefined ? [] : [fact];
    }
    case undefined:
    case null:
    default:
      if (activity.membersRemoved?.some(isBot(activity)) === true) return gone(activity);
      return activity.membersAdded?.some(isBot(activity)) === true ? back(activity) : [];
  }
}

/**
 * `conversationUpdate` and `installationUpdate`: remembers where the bot may post, and where it no longer may. True when
 * it was removed from somewhere.
 */
export async function onLifecycle(desk: Desk, activity: TeamsActivity): Promise<boolean> {
  const tenant = tenantOf(activity);
  if (tenant === undefined) return false;
  const facts = factsOf(activity);
  for (const fact of facts)
    await (fact.kind === 'conversation'
      ? learnConversation(desk, tenant, activity, fact)
      : desk.deps.inbound.learn('teams', tenant, fact));
  return facts.some(({ kind }) => kind === 'removed');
}

/** Installed for one person: says hello with the same card as `help`, so that the first thing seen is of use. */
export async function welcome(desk: Desk, turn: Turn): Promise<void> {
  if (turn.activity.action !== 'add' || turn.from.place.kind !== 'direct') return;
  await answer(desk, turn, await desk.deps.inbound.command(turn.from, 'help'));
}
