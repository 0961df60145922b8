import { type Message, troubledMessages } from '../../db/messages.ts';
import { channelsByIds } from '../../db/orgs.ts';
import { peopleByIds } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';

export type { Message } from '../../db/messages.ts';

/** A message that somebody should look at. */
export interface Troubled {
  readonly message: Message;
  /** What people type: the end of its id. */
  readonly ref: string;
  /** `#claims-ai`, or a person's name. */
  readonly where: string;
}

const REF = 8;
const MOST = 200;

/** Messages that are parked, held, being tried again, or may have come twice; newest first. */
export async function loadTroubled(db: Db, org: string): Promise<Troubled[]> {
  const messages = await troubledMessages(db, org, MOST);
  const to = (kind: Message['toKind']) => messages.filter((m) => m.toKind === kind).map((m) => m.toId);
  const channels = await channelsByIds(db, org, to('channel'));
  const people = await peopleByIds(db, org, to('person'));
  return messages.map((message) => ({
    message,
    ref: message.id.slice(-REF),
    where:
      message.toKind === 'channel'
        ? `#${channels.get(message.toId)?.name ?? 'unknown'}`
        : (people.get(message.toId)?.name ?? 'somebody unknown'),
  }));
}
