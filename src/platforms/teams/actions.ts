import { z } from 'zod';
import { card, note } from '../../ui/card.ts';
import type { RawValues } from '../../ui/form.ts';
import type { Reply, SubmitReply } from '../platform.ts';
import { LATE, within } from '../race.ts';
import { VERBS } from './buttons.ts';
import type { FormStamp } from './form.ts';
import { type InvokeAnswer, badAction, showCard, showSentence } from './invoke.ts';
import { cardMessage, textMessage } from './message.ts';
import { cardFor, formFor } from './render.ts';
import { answer, change, say } from './replies.ts';
import { readStamp, readValues } from './submission.ts';
import { type Desk, PATIENCE_MS, type Turn } from './turn.ts';

const actionSchema = z.looseObject({
  action: z.looseObject({ verb: z.string(), data: z.unknown().optional() }),
});
const pressSchema = z.looseObject({ name: z.string(), payload: z.unknown().optional() });
const commandSchema = z.looseObject({ line: z.string() });
const cardSchema = z.record(z.string(), z.json());

const STALE = 'This button is from an older Coxswain. Please ask for the card again.';
const POSTED = 'Answered below.';
const ASKED = 'Please fill in the form below.';
const STILL_WORKING = 'This takes longer than usual; the answer will follow here.';

/** What a button's reply looks like: a changed card in place, or a new message and a word. */
async function showReply(desk: Desk, turn: Turn, reply: Reply): Promise<InvokeAnswer> {
  switch (reply.kind) {
    case 'replace': {
      const shown = await cardFor(desk, turn.from.tenant, reply.card);
      desk.later('update', () => change(desk, turn, cardMessage(shown)));
      return showCard(shown);
    }
    case 'card':
      await answer(desk, turn, reply);
      return showSentence(POSTED);
    case 'form':
      await answer(desk, turn, reply);
      return showSentence(ASKED);
    case 'file':
      await answer(desk, turn, reply);
      return showSentence(POSTED);
    case 'done':
      return showSentence(reply.say ?? 'Done.');
    default:
      return reply satisfies never;
  }
}

/** An inline form is replaced by its result, so that it cannot be sent twice by mistake. */
async function showSubmitted(
  desk: Desk,
  turn: Turn,
  stamp: FormStamp,
  raw: RawValues,
  reply: SubmitReply,
): Promise<InvokeAnswer> {
  const { tenant, place } = turn.from;
  const direct = place.kind === 'direct';
  const hidden = stamp.private === true && !direct;
  switch (reply.kind) {
    case 'errors': {
      const { form, errors, renewed = [] } = reply;
      const onlyMe = stamp.private === true;
      const show = { shell: 'inline' as const, errors, raw, renewed, private: onlyMe };
      return showCard(await formFor(desk, turn, form, show));
    }
    case 'form': {
      const show = { shell: 'inline' as const, private: stamp.private === true };
      const shown = await formFor(desk, turn, reply.form, show);
      // Only who sent it sees the answer; the message has to become the next page too, or it begins anew elsewhere.
      desk.later('update', () => change(desk, turn, cardMessage(shown)));
      return showCard(shown);
    }
    case 'card': {
      const shown = await cardFor(desk, tenant, reply.card);
      if (hidden && reply.to === 'all') {
        await say(desk, turn, cardMessage(shown), 'all');
        return showCard(
          await cardFor(desk, tenant, card(reply.card.title, [note('Posted for everyone here.')])),
        );
      }
      if (direct || reply.to === 'all') desk.later('update', () => change(desk, turn, cardMessage(shown)));
      return showCard(shown);
    }
    case 'done': {
      const shown = await cardFor(desk, tenant, card(reply.say ?? 'Done.', []));
      if (!hidden) desk.later('update', () => change(desk, turn, cardMessage(shown)));
      return showCard(shown);
    }
    case 'file':
      await answer(desk, turn, reply);
      return showCard(await cardFor(desk, tenant, card(reply.title, [note(POSTED)])));
    default:
      return reply satisfies never;
  }
}

/** Waits for the work as long as Teams does; after that the person is told, and the answer follows by itself. */
async function inTime(desk: Desk, turn: Turn, work: Promise<InvokeAnswer>): Promise<InvokeAnswer> {
  const answered = await within(desk.deps.wall, PATIENCE_MS, work);
  if (answered !== LATE) return answered;
  desk.later('late answer', async () => {
    const value = (await work).body?.['value'];
    if (typeof value === 'string' && value !== POSTED && value !== ASKED)
      await say(desk, turn, textMessage(value), 'me');
    const shown = cardSchema.safeParse(value);
    if (shown.success) await change(desk, turn, cardMessage(shown.data));
  });
  return showSentence(STILL_WORKING);
}

/** `adaptiveCard/action`: a pressed button or a submitted inline form. */
export async function onAction(desk: Desk, turn: Turn): Promise<InvokeAnswer> {
  const parsed = actionSchema.safeParse(turn.activity.value);
  if (!parsed.success) return badAction(STALE);
  const { verb, data } = parsed.data.action;
  const { inbound } = desk.deps;
  const { from } = turn;
  switch (verb) {
    case VERBS.press: {
      const press = pressSchema.safeParse(data);
      if (!press.success) return badAction(STALE);
      const { name, payload } = press.data;
      return inTime(
        desk,
        turn,
        inbound.press(from, name, payload).then((reply) => showReply(desk, turn, reply)),
      );
    }
    case VERBS.command: {
      const command = commandSchema.safeParse(data);
      if (!command.success) return badAction(STALE);
      return inTime(
        desk,
        turn,
        inbound.command(from, command.data.line).then((reply) => showReply(desk, turn, reply)),
      );
    }
    case VERBS.submit: {
      const stamp = readStamp(data);
      if (stamp === undefined) return badAction(STALE);
      const raw = readValues(stamp, data);
      const work = inbound.submit(from, stamp.name, stamp.args, raw);
      return inTime(
        desk,
        turn,
        work.then((reply) => showSubmitted(desk, turn, stamp, raw, reply)),
      );
    }
    default:
      return badAction(STALE);
  }
}
