import { isDeepStrictEqual } from 'node:util';
import type { AckFn, ViewOutput, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { JsonObject } from '../../ui/card.ts';
import { type FieldErrors, fieldsOf, refill, without } from '../../ui/form.ts';
import type { Envelope, SubmitReply } from '../platform.ts';
import type { Connection } from './connection.ts';
import { saying, tell, tellFile } from './deliver.ts';
import type { Drafts } from './drafts.ts';
import { fromSubmission } from './envelope.ts';
import { type Metadata, type Origin, errorsByBlock, readMetadata } from './form.ts';
import { withFiles } from './chosen.ts';
import { blocksIn, chosenFiles, nextBlocks, rawValues } from './inputs.ts';
import { keptWith, stillWorking } from './keep.ts';
import { fill } from './open.ts';
import { LATE, within } from '../race.ts';

/** A file could not be read, so nothing was decided. */
interface Unread {
  readonly kind: 'unread';
  readonly errors: FieldErrors;
}

/** A submission on its way, and what is needed to answer it. */
interface Submission {
  readonly c: Connection;
  readonly view: ViewOutput;
  readonly from: Envelope;
  readonly origin: Origin;
  readonly args: JsonObject;
  readonly raw: ReturnType<typeof rawValues>;
}

type Decided = SubmitReply | Unread;
type Refused = Extract<SubmitReply, { kind: 'errors' }>;

/**
 * A form was submitted. It is decided before it is acknowledged, because only the acknowledgement can put
 * errors beside fields. What takes too long keeps the form open, with everything typed, and shows its result
 * there; submitting the same again meanwhile joins the work that goes on.
 */
export function createOnSubmit(c: Connection, drafts: Drafts) {
  const running = new Map<string, Promise<Decided>>();

  const submit = ({ from, view, raw }: Submission, { form, args }: Metadata): Promise<Decided> => {
    const known = running.get(from.requestKey);
    if (known !== undefined) return known;
    const work = drafts
      .sent(view)
      .then(() => withFiles(c, from.tenant, view, raw))
      .then((read): Promise<Decided> | Unread =>
        'errors' in read ? { kind: 'unread', ...read } : c.inbound.submit(from, form, args, read.raw),
      )
      .then((reply) => {
        if (reply.kind === 'errors' || reply.kind === 'unread') drafts.reopened(view);
        return reply;
      })
      .finally(() => running.delete(from.requestKey));
    running.set(from.requestKey, work);
    return work;
  };

  return async (body: ViewSubmitAction, ack: AckFn<ViewResponseAction>): Promise<void> => {
    const { view } = body;
    const metadata = readMetadata(view.private_metadata);
    if (metadata === undefined) return ack();
    const raw = rawValues(view.state.values);
    const from = fromSubmission(body, metadata, [raw, ...chosenFiles(view.state.values)]);
    const s: Submission = { c, view, from, origin: metadata.from, args: metadata.args, raw };
    const work = submit(s, metadata);
    const reply = await within(c.wall, c.budgets.answer, work);
    if (reply === LATE) {
      await ack({ response_action: 'update', view: stillWorking(view) });
      c.later('a late result', () => work.then((late) => showLate(s, late)));
      return undefined;
    }
    return decide(s, reply, ack);
  };
}

async function decide(s: Submission, reply: Decided, ack: AckFn<ViewResponseAction>): Promise<void> {
  const { c, from, origin } = s;
  switch (reply.kind) {
    case 'unread':
      return ack({ response_action: 'errors', errors: besideBlocks(s.view, reply.errors) });
    case 'errors':
      return ack(await refusal(s, reply));
    case 'form':
      return ack({ response_action: 'update', view: await c.show.form(from.tenant, reply.form, origin) });
    case 'card': {
      if (reply.to === 'me') {
        return ack({ response_action: 'update', view: await c.show.modal(from.tenant, reply.card, origin) });
      }
      await ack();
      c.later('a result', async () =>
        tell(c, from, origin, await c.show.card(from.tenant, reply.card), 'all'),
      );
      return undefined;
    }
    case 'done': {
      await ack();
      if (reply.say !== undefined) {
        const sentence = saying(reply.say);
        c.later('a result', async () =>
          tell(c, from, origin, await c.show.card(from.tenant, sentence), 'me'),
        );
      }
      return undefined;
    }
    case 'file':
      await ack();
      c.later('a file', () => tellFile(c, from, origin, reply));
      return undefined;
    default:
      return reply satisfies never;
  }
}

const besideBlocks = (view: ViewOutput, errors: FieldErrors): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).map(([name, sentence]) => [blocksIn(view.blocks)(name), sentence]),
  );

/**
 * Beside the fields when the open modal has them all; otherwise the form comes back with the sentences above it. So it
 * does when it is about something newer than the open one, which could never be sent: the present revision of a seat.
 */
async function refusal(s: Submission, reply: Refused): Promise<ViewResponseAction> {
  const { form, errors } = reply;
  const open = new Set(s.view.blocks.map((block) => block.block_id));
  const beside = errorsByBlock(form, errors, blocksIn(s.view.blocks));
  const same = isDeepStrictEqual(form.args, s.args);
  if (same && beside !== undefined && Object.keys(beside).every((block) => open.has(block))) {
    return { response_action: 'errors', errors: beside };
  }
  return { response_action: 'update', view: await again(s, reply) };
}

function again(s: Submission, { form, errors, renewed = [] }: Refused): Promise<ModalView> {
  const labels = new Map(fieldsOf(form).map((field) => [field.name, field.label]));
  const notices = Object.entries(errors).map(([name, sentence]) => {
    const label = labels.get(name);
    return label === undefined ? sentence : `${label}: ${sentence}`;
  });
  const block = nextBlocks(blocksIn(s.view.blocks), renewed);
  const filled = refill(form, without(s.raw, renewed));
  return s.c.show.form(s.from.tenant, filled, s.origin, { notices, block });
}

/** The result of a submission whose form was told to wait. */
async function showLate(s: Submission, reply: Decided): Promise<void> {
  const { c, from, origin, view } = s;
  if (reply.kind === 'unread') {
    const { client } = await c.access(from.tenant);
    await client.views.update({
      view_id: view.id,
      view: keptWith(view, Object.values(reply.errors).join(' ')),
    });
    return undefined;
  }
  if (reply.kind !== 'errors') return fill(c, from, origin, view.id, reply);
  try {
    const { client } = await c.access(from.tenant);
    await client.views.update({ view_id: view.id, view: await again(s, reply) });
  } catch {
    // Closed meanwhile: nothing was changed, and who typed it should know.
    const sentence = `${reply.form.title} was not saved. ${Object.values(reply.errors).join(' ')}`;
    await tell(c, from, origin, await c.show.card(from.tenant, saying(sentence)), 'me');
  }
  return undefined;
}
