import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { Envelope, Reply } from '../platform.ts';
import type { Connection } from './connection.ts';
import { openForm, saying, tellReply } from './deliver.ts';
import { fromAction, threadOf } from './envelope.ts';
import { type Origin, readMetadata } from './form.ts';
import { fill, open } from './open.ts';
import { publishHome } from './on-home.ts';
import { type Pressed, pressed } from './press.ts';

/** A button of ours was pressed, in a message, in a modal or on the Home tab. Acknowledged already. */
export async function onAction(c: Connection, body: BlockAction, action: ButtonAction): Promise<void> {
  const on = pressed(action.action_id, action.value);
  if (on === undefined) return;
  const metadata = body.view === undefined ? undefined : readMetadata(body.view.private_metadata);
  const from = fromAction(body, metadata);
  const origin = originOf(body, from, metadata?.from);
  const reply = ask(c, from, on);
  const how = body.view?.type === 'modal' ? 'push' : 'open';
  if (on.kind === 'form') await open(c, from, { trigger: body.trigger_id, origin, how }, reply);
  else await answer(c, body, from, origin, await reply);
  // Pressing something on the Home tab mostly changes what waits there.
  if (body.view?.type === 'home' && on.kind === 'press') await publishHome(c, from);
}

function ask(c: Connection, from: Envelope, on: Pressed): Promise<Reply> {
  switch (on.kind) {
    case 'press':
      return c.inbound.press(from, on.name, on.payload);
    case 'form':
      return c.inbound.open(from, on.name, on.args);
    case 'command':
      return c.inbound.command(from, on.line);
    default:
      return on satisfies never;
  }
}

function originOf(body: BlockAction, from: Envelope, modal: Origin | undefined): Origin {
  if (modal !== undefined && body.view?.type === 'modal') return modal;
  const thread = threadOf(body);
  return {
    ...(from.place.ref === from.user.ref ? {} : { channel: from.place.ref }),
    ...(from.place.name === undefined ? {} : { name: from.place.name }),
    ...(thread === undefined ? {} : { thread }),
    ...(body.response_url === undefined || body.response_url === ''
      ? {}
      : { responseUrl: body.response_url }),
  };
}

async function answer(
  c: Connection,
  body: BlockAction,
  from: Envelope,
  origin: Origin,
  reply: Reply,
): Promise<void> {
  if (reply.kind === 'form') {
    const how = body.view?.type === 'modal' ? 'push' : 'open';
    return openForm(c, from, origin, body.trigger_id, reply.form, how);
  }
  if (body.view?.type === 'modal') return fill(c, from, origin, body.view.id, reply);
  if (body.view !== undefined) return onTop(c, from, origin, body.trigger_id, reply);
  if (reply.kind === 'replace') return replace(c, body, from, origin, reply);
  return tellReply(c, from, origin, reply);
}

/** On the Home tab there is no message to answer with: a modal above it says what there is to say. */
async function onTop(
  c: Connection,
  from: Envelope,
  origin: Origin,
  trigger: string,
  reply: Exclude<Reply, { kind: 'form' }>,
): Promise<void> {
  if (reply.kind === 'replace' || (reply.kind === 'done' && reply.say === undefined)) return;
  if (reply.kind === 'file') return tellReply(c, from, origin, reply);
  const shown = reply.kind === 'card' ? reply.card : saying(reply.say ?? '');
  const view = await c.show.modal(from.tenant, shown, origin);
  try {
    const { openModal } = await c.access(from.tenant);
    await openModal('views.open', trigger, view);
  } catch {
    await tellReply(c, from, origin, reply);
  }
}

/** The message on which the button stands becomes another. */
async function replace(
  c: Connection,
  body: BlockAction,
  from: Envelope,
  origin: Origin,
  reply: Extract<Reply, { kind: 'replace' }>,
): Promise<void> {
  const shown = await c.show.card(from.tenant, reply.card);
  if (
    origin.responseUrl !== undefined &&
    (await c.respond(origin.responseUrl, { replace_original: true, ...shown }))
  )
    return;
  if (body.message === undefined) return tellReply(c, from, origin, reply);
  const { client } = await c.access(from.tenant);
  await client.chat.update({ channel: from.place.ref, ts: body.message.ts, ...shown });
}
