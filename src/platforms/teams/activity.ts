import { z } from 'zod';
import type { Envelope, Place } from '../platform.ts';

const account = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  isTargeted: z.boolean().nullish(),
});

const mention = z.looseObject({ type: z.literal('mention'), text: z.string().nullish(), mentioned: account });
const entity = z.union([mention, z.looseObject({ type: z.string() })]);

const channelData = z.looseObject({
  tenant: z.looseObject({ id: z.string() }).nullish(),
  team: z.looseObject({ id: z.string(), name: z.string().nullish() }).nullish(),
  channel: z.looseObject({ id: z.string(), name: z.string().nullish() }).nullish(),
  meeting: z.looseObject({ id: z.string() }).nullish(),
  eventType: z.string().nullish(),
});

/** Actions of a message or of the compose box come from any conversation, also where the bot was never added. */
export const isExtension = (name: string | null | undefined): boolean =>
  name?.startsWith('composeExtension/') === true;

/** Between two people Teams does not say in which chat an action was chosen: nothing can be posted there. */
const NOWHERE = { id: '', conversationType: 'personal' };

/**
 * The parts of a Teams activity that are read here. `serviceUrl` must be there: botbuilder compares it with
 * the token only when it is not empty. `channelId` must be Teams: others are checked by other rules.
 */
const activity = z.looseObject({
  type: z.string(),
  id: z.string().nullish(),
  channelId: z.literal('msteams'),
  serviceUrl: z.url(),
  from: account,
  recipient: account,
  conversation: z.looseObject({
    id: z.string(),
    conversationType: z.string().nullish(),
    tenantId: z.string().nullish(),
    name: z.string().nullish(),
    isGroup: z.boolean().nullish(),
  }),
  channelData: channelData.nullish(),
  text: z.string().nullish(),
  textFormat: z.string().nullish(),
  entities: z.array(entity).nullish(),
  value: z.unknown().optional(),
  name: z.string().nullish(),
  action: z.string().nullish(),
  replyToId: z.string().nullish(),
  membersAdded: z.array(account).nullish(),
  membersRemoved: z.array(account).nullish(),
});

export const activitySchema = z.preprocess(
  (told) => (fromNowhere(told) ? { ...told, conversation: NOWHERE } : told),
  activity,
);

const fromNowhere = (told: unknown): told is object =>
  z.looseObject({ name: z.string().refine(isExtension), conversation: z.null().optional() }).safeParse(told)
    .success;

export type TeamsActivity = z.infer<typeof activitySchema>;
export type TeamsMention = z.infer<typeof mention>;

export const mentionsOf = (activity: TeamsActivity): readonly TeamsMention[] =>
  (activity.entities ?? []).flatMap((one) => {
    const parsed = mention.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });

export const tenantOf = (activity: TeamsActivity): string | undefined =>
  activity.channelData?.tenant?.id ?? activity.conversation.tenantId ?? undefined;

const THREAD = ';messageid=';

/** A channel's conversation id carries the message that a reply belongs to; the place is what stands before it. */
export function splitThread(conversation: string): { ref: string; thread?: string } {
  const at = conversation.indexOf(THREAD);
  if (at === -1) return { ref: conversation };
  return { ref: conversation.slice(0, at), thread: conversation.slice(at + THREAD.length) };
}

export const inThread = (ref: string, thread: string): string => `${splitThread(ref).ref}${THREAD}${thread}`;

const KINDS: Readonly<Record<string, Place['kind']>> = {
  personal: 'direct',
  groupchat: 'group',
  channel: 'channel',
};

/** In the chat of a meeting Teams leaves the type out now and then; a shared conversation's id says it as well. */
function kindOf({ conversation: { id, conversationType } }: TeamsActivity): Place['kind'] {
  if (conversationType) return KINDS[conversationType.toLowerCase()] ?? 'group';
  if (hasThreads(id)) return 'channel';
  return id.startsWith('19:') ? 'group' : 'direct';
}

/** Only channels of a team have threads. */
export const hasThreads = (ref: string): boolean => /@thread\.(tacv2|skype)$/.test(splitThread(ref).ref);

export function placeOf(activity: TeamsActivity): Place {
  const { ref, thread } = splitThread(activity.conversation.id);
  const kind = kindOf(activity);
  const { channel, team } = activity.channelData ?? {};
  const name = channel?.name ?? activity.conversation.name ?? (kind === 'channel' ? team?.name : undefined);
  return { kind, ref, ...(name ? { name } : {}), ...(thread === undefined ? {} : { thread }) };
}

/**
 * Who speaks, where, undefined when Teams does not say who (anonymous meeting guests have no directory id).
 * The request key is the activity's id: Teams keeps it when it delivers the same message or click again.
 */
export function envelopeOf(activity: TeamsActivity): Envelope | undefined {
  const tenant = tenantOf(activity);
  const ref = activity.from.aadObjectId;
  if (tenant === undefined || !ref) return undefined;
  const { name } = activity.from;
  // The message that was written, or the one in which a button was pressed.
  const message = activity.type === 'message' ? activity.id : activity.replyToId;
  return {
    platform: 'teams',
    tenant,
    user: { ref, ...(name ? { name } : {}) },
    place: placeOf(activity),
    requestKey: `teams:${activity.id ?? `${activity.conversation.id}:${activity.replyToId ?? ''}`}`,
    ...(message ? { message: { ref: message } } : {}),
  };
}
