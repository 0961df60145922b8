import { clip } from '../../text.ts';
import type { PlatformFact } from '../platform.ts';
import type { TeamsActivity } from './activity.ts';
import type { Desk } from './turn.ts';

export type ConversationFact = Extract<PlatformFact, { kind: 'conversation' }>;

const LONGEST = 200;

/**
 * Keeps a conversation. Messages in the chat of a meeting do not say what it is called, so that is asked for afterwards:
 * whoever reads where a digest goes wants a name. Teams tells it where the meeting's chat agreed to that.
 */
export async function learnConversation(
  desk: Desk,
  tenant: string,
  activity: TeamsActivity,
  fact: ConversationFact,
): Promise<void> {
  const { inbound } = desk.deps;
  await inbound.learn('teams', tenant, fact);
  const { meeting } = activity.channelData ?? {};
  const { place } = fact;
  if (!meeting || place.kind !== 'group' || place.name !== undefined) return;
  desk.later('meeting', async () => {
    const title = await desk.connector.meeting(activity.serviceUrl, meeting.id).catch(() => undefined);
    const name = title?.trim() ?? '';
    if (name === '') return;
    await inbound.learn('teams', tenant, { ...fact, place: { ...place, name: clip(name, LONGEST) } });
  });
}
