import { z } from 'zod';
import type { RawValues } from '../../ui/form.ts';
import { type FileReply, type Reply, SendError, type SubmitReply } from '../platform.ts';
import { LATE, within } from '../race.ts';
import { VERBS } from './buttons.ts';
import { oneLine } from './escape.ts';
import { linkCard, noLinkCard } from './file.ts';
import { dialogTitle } from './form.ts';
import { type InvokeAnswer, closeDialog, dialogSentence, openDialog } from './invoke.ts';
import { clipTo } from './limits.ts';
import { cardMessage } from './message.ts';
import { cardFor, formFor } from './render.ts';
import { answer, change, say } from './replies.ts';
import { readPressed, readStamp, readValues } from './submission.ts';
import { type Desk, PATIENCE_MS, type Turn } from './turn.ts';

const valueSchema = z.looseObject({ data: z.unknown() });
const STALE = 'This form is from an older Coxswain. Please close it and open it again.';
const STILL_WORKING =
  'This takes longer than usual. What you sent is being worked on; the answer follows in the chat.';
const NOT_OPENED = 'This takes longer than usual. Please close this and try again.';

const dataOf = (turn: Turn): unknown => valueSchema.safeParse(turn.activity.value).data?.data;

async function inDialog(
  desk: Desk,
  turn: Turn,
  card: Extract<Reply, { kind: 'card' }>['card'],
): Promise<InvokeAnswer> {
  const title = clipTo(oneLine(card.title), 'dialogTitle', {});
  return openDialog(title, await cardFor(desk, turn.from.tenant, card, 'dialog'));
}

async function showOpened(desk: Desk, turn: Turn, reply: Reply): Promise<InvokeAnswer> {
  switch (reply.kind) {
    case 'form':
      return openDialog(dialogTitle(reply.form), await formFor(desk, turn, reply.form, { shell: 'dialog' }));
    case 'card':
      return inDialog(desk, turn, reply.card);
    case 'replace': {
      const shown = cardMessage(await cardFor(desk, turn.from.tenant, reply.card));
      desk.later('update', () => change(desk, turn, shown));
      return dialogSentence('Done.');
    }
    case 'done':
      return dialogSentence(reply.say ?? 'Done.');
    case 'file':
      return fileInDialog(desk, turn, reply);
    default:
      return reply satisfies never;
  }
}

/** False where Coxswain cannot post: actions are offered in chats to which it was never added, too. */
async function posted(desk: Desk, turn: Turn, reply: Reply): Promise<boolean> {
  if (turn.activity.conversation.id === '') return false;
  try {
    await answer(desk, turn, reply);
    return true;
  } catch (error) {
    if (error instanceof SendError) return false;
    throw error;
  }
}

/** Its link in the dialog; without one the text as a message, where Coxswain can post. */
async function fileInDialog(desk: Desk, turn: Turn, file: FileReply): Promise<InvokeAnswer> {
  const linked = await linkCard(desk, turn.from.tenant, file);
  if (linked !== undefined) return inDialog(desk, turn, linked);
  return (await posted(desk, turn, file))
    ? dialogSentence(`${file.name} is in the chat.`)
    : inDialog(desk, turn, noLinkCard(file));
}

async function showSubmitted(
  desk: Desk,
  turn: Turn,
  raw: RawValues,
  reply: SubmitReply,
): Promise<InvokeAnswer> {
  switch (reply.kind) {
    case 'errors': {
      const { form, errors, renewed = [] } = reply;
      const show = { shell: 'dialog', errors, raw, renewed } as const;
      return openDialog(dialogTitle(form), await formFor(desk, turn, form, show));
    }
    case 'form':
      return openDialog(dialogTitle(reply.form), await formFor(desk, turn, reply.form, { shell: 'dialog' }));
    case 'card':
      if (reply.to === 'me' && turn.from.place.kind !== 'direct') return inDialog(desk, turn, reply.card);
      return (await posted(desk, turn, reply)) ? closeDialog : inDialog(desk, turn, reply.card);
    case 'done':
      return reply.say === undefined ? closeDialog : dialogSentence(reply.say);
    case 'file':
      return fileInDialog(desk, turn, reply);
    default:
      return reply satisfies never;
  }
}

/** `task/fetch`: a form button was pressed. */
export async function onDialogOpened(desk: Desk, turn: Turn): Promise<InvokeAnswer> {
  const stamp = readStamp(dataOf(turn));
  if (stamp === undefined) return dialogSentence(STALE);
  return dialogOpened(desk, turn, desk.deps.inbound.open(turn.from, stamp.name, stamp.args), PATIENCE_MS);
}

/** A dialog with what is being opened, or with a sentence when that takes longer than Teams waits. */
export async function dialogOpened(
  desk: Desk,
  turn: Turn,
  opening: Promise<Reply>,
  patienceMs: number,
): Promise<InvokeAnswer> {
  const work = opening.then((reply) => showOpened(desk, turn, reply));
  const answered = await within(desk.deps.wall, patienceMs, work);
  return answered === LATE ? dialogSentence(NOT_OPENED) : answered;
}

/**
 * A button of a card in the dialog. What comes of it is shown there, also what would be for everybody: who presses
 * where nobody else looks does not mean to post.
 */
async function onPressed(
  desk: Desk,
  turn: Turn,
  asked: Promise<Reply>,
  patienceMs: number,
): Promise<InvokeAnswer> {
  const work = asked.then((reply) =>
    reply.kind === 'replace' ? inDialog(desk, turn, reply.card) : showOpened(desk, turn, reply),
  );
  const answered = await within(desk.deps.wall, patienceMs, work);
  if (answered !== LATE) return answered;
  desk.later('late answer', async () => answer(desk, turn, await asked));
  return dialogSentence(STILL_WORKING);
}

/** What the pressed button asks for; undefined when none was, or none that we made. */
function pressed({ deps: { inbound } }: Desk, { from }: Turn, data: unknown): Promise<Reply> | undefined {
  const said = readPressed(data);
  switch (said?.verb) {
    case VERBS.press:
      return inbound.press(from, said.name, said.payload);
    case VERBS.command:
      return inbound.command(from, said.line);
    case VERBS.form:
      return inbound.open(from, said.stamp.name, said.stamp.args);
    case undefined:
      return undefined;
    default:
      return said satisfies never;
  }
}

/** `task/submit`: the dialog's form was sent, or a button of its card pressed. With errors it stays open, as typed. */
export async function onDialogSubmitted(
  desk: Desk,
  turn: Turn,
  patienceMs: number = PATIENCE_MS,
): Promise<InvokeAnswer> {
  const data = dataOf(turn);
  const asked = pressed(desk, turn, data);
  if (asked !== undefined) return onPressed(desk, turn, asked, patienceMs);
  const stamp = readStamp(data);
  if (stamp === undefined) return dialogSentence(STALE);
  const raw = readValues(stamp, data);
  const decided = desk.deps.inbound.submit(turn.from, stamp.name, stamp.args, raw);
  const reply = await within(desk.deps.wall, patienceMs, decided);
  if (reply !== LATE) return showSubmitted(desk, turn, raw, reply);
  desk.later('late answer', async () => {
    const late = await decided;
    if (late.kind !== 'errors') return answer(desk, turn, late);
    const form = await formFor(desk, turn, late.form, {
      shell: 'inline',
      errors: late.errors,
      raw,
      renewed: late.renewed ?? [],
      private: true,
    });
    return say(desk, turn, cardMessage(form), 'me');
  });
  return dialogSentence(STILL_WORKING);
}
