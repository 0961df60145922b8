import type { JsonObject } from '../../ui/card.ts';
import { type Reply, SendError } from '../platform.ts';
import { splitThread } from './activity.ts';
import { escapeMarkdown, oneLine } from './escape.ts';
import { fileMessage } from './file.ts';
import { cardMessage, textMessage } from './message.ts';
import { cardFor, formFor } from './render.ts';
import type { Desk, Turn } from './turn.ts';

/** Tries again what was certainly not taken, twice, waiting no longer than a person would. */
async function patiently<T>(desk: Desk, send: () => Promise<T>): Promise<T> {
  for (let left = 2; ; left--) {
    try {
      return await send();
    } catch (error) {
      const again = error instanceof SendError && (error.fault === 'limited' || error.fault === 'transient');
      if (!again || left === 0) throw error;
      await desk.deps.wall.sleep(Math.min(error.retryAfterMs ?? 500, 5000));
    }
  }
}

/** Teams takes what is meant for one person out of the channel's sight, but only where the client can show it. */
const cannotTarget = (error: unknown): error is SendError =>
  error instanceof SendError && (error.fault === 'refused' || error.fault === 'unreachable');

/** Where a question was asked, for an answer that comes elsewhere. */
function askedIn({ from: { place } }: Turn): string {
  const name = place.name === undefined ? '' : ` ${oneLine(place.name)}`;
  return `You asked in the ${place.kind === 'channel' ? 'channel' : 'group chat'}${name}:`;
}

/** The same message with a line above it. */
function headed(message: JsonObject, line: string): JsonObject {
  const { text, textFormat } = message;
  const said = typeof text === 'string' ? text : undefined;
  if (textFormat === 'plain' && said !== undefined) return { ...message, text: `${line}\n${said}` };
  const marked = escapeMarkdown(line);
  return { ...message, textFormat: 'markdown', text: said === undefined ? marked : `${marked}\n\n${said}` };
}

async function postPersonally(desk: Desk, turn: Turn, message: JsonObject): Promise<string> {
  const { serviceUrl, recipient, from } = turn.activity;
  const conversation = await desk.connector.open(serviceUrl, {
    bot: { id: recipient.id },
    members: [{ id: from.id }],
    isGroup: false,
    tenantId: turn.from.tenant,
    channelData: { tenant: { id: turn.from.tenant } },
  });
  return desk.connector.post(serviceUrl, conversation, headed(message, askedIn(turn)));
}

/** Nobody stays without an answer; what is meant for one is not said here. */
const NOT_HERE =
  'The answer is for you alone, and Teams lets me show it neither here nor in a chat with you. Please add Coxswain for yourself under Apps, and ask me there.';

async function postTargeted(desk: Desk, turn: Turn, message: JsonObject): Promise<string> {
  const { serviceUrl, conversation, from, id } = turn.activity;
  const prompt = turn.targeted && id ? { entities: [{ type: 'targetedMessageInfo', messageId: id }] } : {};
  const recipient = { id: from.id, ...(from.name ? { name: from.name } : {}) };
  try {
    const only = { ...message, ...prompt, recipient };
    return await desk.connector.post(serviceUrl, conversation.id, only, { targeted: true });
  } catch (error) {
    if (!cannotTarget(error)) throw error;
    desk.deps.log.info({ reason: error.message }, 'a targeted message was refused');
  }
  try {
    return await postPersonally(desk, turn, message);
  } catch (error) {
    if (!cannotTarget(error)) throw error;
    return desk.connector.post(serviceUrl, conversation.id, textMessage(NOT_HERE));
  }
}

/**
 * Posts an answer where the question came from. `me` in a group is a targeted message, or a personal one where
 * that is refused; never the open conversation, since the answer was meant for one.
 */
export async function say(desk: Desk, turn: Turn, message: JsonObject, to: 'me' | 'all'): Promise<void> {
  const { serviceUrl, conversation } = turn.activity;
  const alone = turn.from.place.kind !== 'direct' && (to === 'me' || turn.targeted);
  await patiently(desk, () =>
    alone ? postTargeted(desk, turn, message) : desk.connector.post(serviceUrl, conversation.id, message),
  );
}

/** Changes the message a button stands in, for everybody who sees it. */
export async function change(desk: Desk, turn: Turn, message: JsonObject): Promise<void> {
  const { serviceUrl, conversation, replyToId } = turn.activity;
  if (!replyToId) return;
  const { ref, thread } = splitThread(conversation.id);
  const where = thread === undefined ? ref : conversation.id;
  const update = (targeted: boolean) =>
    patiently(desk, () => desk.connector.update(serviceUrl, where, replyToId, message, { targeted }));
  try {
    await update(turn.targeted);
  } catch (error) {
    // A press does not say whether its message is targeted; Teams refuses the wrong kind of update.
    if (!cannotTarget(error) || turn.from.place.kind === 'direct') throw error;
    // What only one person sees is gone after a day, and then there is nothing to change any more.
    await update(!turn.targeted).catch((again: unknown) => {
      if (!cannotTarget(again)) throw again;
      desk.deps.log.info({ reason: again.message }, 'a message could not be changed any more');
    });
  }
}

/** Answers a message: nothing stays without an answer. */
export async function answer(desk: Desk, turn: Turn, reply: Reply): Promise<void> {
  switch (reply.kind) {
    case 'card':
      return say(desk, turn, cardMessage(await cardFor(desk, turn.from.tenant, reply.card)), reply.to);
    case 'replace':
      return say(desk, turn, cardMessage(await cardFor(desk, turn.from.tenant, reply.card)), 'me');
    case 'form': {
      const form = await formFor(desk, turn, reply.form, { shell: 'inline', private: true });
      return say(desk, turn, cardMessage(form), 'me');
    }
    case 'done':
      return say(desk, turn, textMessage(reply.say ?? 'Done.'), 'me');
    case 'file':
      return say(desk, turn, await fileMessage(desk, turn.from.tenant, reply), 'me');
    default:
      return reply satisfies never;
  }
}
