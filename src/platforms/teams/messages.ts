import type { Envelope } from '../platform.ts';
import { LATE, within } from '../race.ts';
import { splitThread } from './activity.ts';
import { answer } from './replies.ts';
import { type ResolveUser, lineOf } from './line.ts';
import type { Desk, Turn } from './turn.ts';

/** Store validation wants an answer or a typing indicator within 2 s. */
const TYPING_AFTER_MS = 1500;

const resolver =
  (desk: Desk, turn: Turn): ResolveUser =>
  async (account) => {
    const { serviceUrl, conversation } = turn.activity;
    const member = await desk.connector
      .member(serviceUrl, splitThread(conversation.id).ref, account)
      .catch(() => undefined);
    return member?.aadObjectId ?? member?.objectId ?? undefined;
  };

function withAddress(desk: Desk, { activity, from }: Turn): Envelope {
  const { message, tenant } = from;
  const link = message && desk.address(tenant, activity.conversation.id, message.ref);
  return message === undefined || link === undefined ? from : { ...from, message: { ...message, link } };
}

/** A command line: `@Coxswain seat show claims`, the same in a personal chat, or from the slash menu. */
export async function onMessage(desk: Desk, turn: Turn): Promise<void> {
  const from = withAddress(desk, turn);
  const work = lineOf(turn.activity, resolver(desk, turn)).then((line) =>
    desk.deps.inbound.command(from, line),
  );
  if ((await within(desk.deps.wall, TYPING_AFTER_MS, work)) === LATE && !turn.targeted) {
    const { serviceUrl, conversation } = turn.activity;
    desk.later('typing', () => desk.connector.post(serviceUrl, conversation.id, { type: 'typing' }));
  }
  await answer(desk, turn, await work);
}
