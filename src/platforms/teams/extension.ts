import { z } from 'zod';
import { clip } from '../../text.ts';
import { QUOTED, shortcutNamed } from '../shortcuts.ts';
import { dialogOpened, onDialogSubmitted } from './dialogs.ts';
import { textOfHtml } from './html.ts';
import { type InvokeAnswer, dialogSentence } from './invoke.ts';
import { CARD_TYPE } from './message.ts';
import type { Desk, Turn } from './turn.ts';

/** Teams waits 5 s for a message extension, half as long as for a dialog. */
const PATIENCE_MS = 4000;
const UNKNOWN = 'This Coxswain does not know that action. The app in Teams may be older or newer.';

const attachment = z.looseObject({ contentType: z.string().nullish(), content: z.unknown() });
const valueSchema = z.looseObject({
  commandId: z.string(),
  messagePayload: z.looseObject({
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
  }),
});
type Payload = z.infer<typeof valueSchema>['messagePayload'];

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

/** `composeExtension/fetchTask`: an action was chosen in the menu of a message. Its form opens as a dialog. */
export async function onExtensionOpened(desk: Desk, turn: Turn): Promise<InvokeAnswer> {
  const value = valueSchema.safeParse(turn.activity.value).data;
  const shortcut = value === undefined ? undefined : shortcutNamed(value.commandId);
  if (value === undefined || shortcut === undefined) return dialogSentence(UNKNOWN);
  const there = atMessage(turn, value.messagePayload);
  const { text = '', link = '' } = there.from.message ?? {};
  const opening = desk.deps.inbound.open(there.from, shortcut.form, { text, link });
  return dialogOpened(desk, there, opening, PATIENCE_MS);
}

/** `composeExtension/submitAction`: that form was sent. */
export function onExtensionSubmitted(desk: Desk, turn: Turn): Promise<InvokeAnswer> {
  const value = valueSchema.safeParse(turn.activity.value).data;
  const there = value === undefined ? turn : atMessage(turn, value.messagePayload);
  return onDialogSubmitted(desk, there, PATIENCE_MS);
}
