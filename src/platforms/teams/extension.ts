import { z } from 'zod';
import { clip } from '../../text.ts';
import type { Reply } from '../platform.ts';
import { QUOTED, shortcutNamed } from '../shortcuts.ts';
import { splitThread } from './activity.ts';
import { dialogOpened, onDialogSubmitted } from './dialogs.ts';
import { textOfHtml } from './html.ts';
import { type InvokeAnswer, dialogSentence } from './invoke.ts';
import { CARD_TYPE } from './message.ts';
import { starterNamed } from './starters.ts';
import type { Desk, Turn } from './turn.ts';

/** Teams waits 5 s for a message extension, half as long as for a dialog. */
const PATIENCE_MS = 4000;
const UNKNOWN = 'This Coxswain does not know that action. The app in Teams may be older or newer.';

const attachment = z.looseObject({ contentType: z.string().nullish(), content: z.unknown() });
const payloadSchema = z.looseObject({
  id: z.string(),
  replyToId: z.string().nullish(),
  linkToMessage: z
    .url({ protocol: /^https?$/ })
    .nullish()
    .catch(undefined),
  body: z
    .looseObject({ contentType: z.string().nullish(), content: z.string().nullish() })
    .nullish()
    .catch(undefined),
  attachments: z.array(attachment).nullish().catch(undefined),
});
const valueSchema = z.looseObject({
  commandId: z.string(),
  messagePayload: payloadSchema.nullish(),
});
type Payload = z.infer<typeof payloadSchema>;

const cardSchema = z.looseObject({ fallbackText: z.string() });

/** What a card says in one line, for messages that are nothing but a card. */
function cardText({ attachments }: Payload): string {
  const card = attachments?.find(({ contentType }) => contentType === CARD_TYPE)?.content;
  try {
    const json: unknown = typeof card === 'string' ? JSON.parse(card) : card;
    return cardSchema.safeParse(json).data?.fallbackText ?? '';
  } catch {
    return '';
  }
}

function textOf(payload: Payload): string {
  const content = payload.body?.content ?? '';
  const text = payload.body?.contentType === 'html' ? textOfHtml(content) : content.trim();
  return clip(text === '' ? cardText(payload) : text, QUOTED);
}

/** The turn as if it had been taken at the message: in its thread, with its words and address. */
function atMessage(turn: Turn, payload: Payload): Turn {
  const { place } = turn.from;
  const thread = place.thread ?? (place.kind === 'channel' ? (payload.replyToId ?? payload.id) : undefined);
  const link = payload.linkToMessage ?? undefined;
  return {
    ...turn,
    from: {
      ...turn.from,
      place: { ...place, ...(thread === undefined ? {} : { thread }) },
      message: { ref: payload.id, text: textOf(payload), ...(link === undefined ? {} : { link }) },
    },
  };
}

/** The turn of an action: in the thread of its message, and in no conversation where Coxswain could not post. */
async function placed(desk: Desk, turn: Turn, payload: Payload | undefined): Promise<Turn> {
  const there = payload === undefined ? turn : atMessage(turn, payload);
  const { place } = there.from;
  if (place.kind === 'direct' || (await isMember(desk, turn))) return there;
  return { ...there, from: { ...there.from, place: { kind: 'direct', ref: place.ref } } };
}

/** Actions are offered in every chat of a person. A seat that is added there must not get its digest there. */
async function isMember({ connector }: Desk, { activity }: Turn): Promise<boolean> {
  const { serviceUrl, conversation, from } = activity;
  try {
    return (await connector.member(serviceUrl, splitThread(conversation.id).ref, from.id)) !== undefined;
  } catch {
    return true;
  }
}

function opening(desk: Desk, { from }: Turn, commandId: string, quoted: boolean): Promise<Reply> | undefined {
  const { inbound } = desk.deps;
  if (quoted) {
    const shortcut = shortcutNamed(commandId);
    const { text = '', link = '' } = from.message ?? {};
    return shortcut && inbound.open(from, shortcut.form, { text, link });
  }
  const opens = starterNamed(commandId)?.opens;
  if (opens === undefined) return undefined;
  return opens.kind === 'form' ? inbound.open(from, opens.name, {}) : inbound.command(from, opens.line);
}

/** `composeExtension/fetchTask`: an action was chosen, on a message or beside what is being written. */
export async function onExtensionOpened(desk: Desk, turn: Turn): Promise<InvokeAnswer> {
  const value = valueSchema.safeParse(turn.activity.value).data;
  if (value === undefined) return dialogSentence(UNKNOWN);
  const payload = value.messagePayload ?? undefined;
  const there = await placed(desk, turn, payload);
  const opened = opening(desk, there, value.commandId, payload !== undefined);
  return opened === undefined ? dialogSentence(UNKNOWN) : dialogOpened(desk, there, opened, PATIENCE_MS);
}

/** `composeExtension/submitAction`: that form was sent, or a button of what stands in the dialog pressed. */
export async function onExtensionSubmitted(desk: Desk, turn: Turn): Promise<InvokeAnswer> {
  const payload = valueSchema.safeParse(turn.activity.value).data?.messagePayload ?? undefined;
  return onDialogSubmitted(desk, await placed(desk, turn, payload), PATIENCE_MS);
}
