import type { ModalView } from '@slack/types';
import type { Envelope, Reply } from '../platform.ts';
import type { Connection } from './connection.ts';
import { openButton, openForm, saying, tell, tellReply } from './deliver.ts';
import type { Origin } from './form.ts';
import { LIMITS } from './limits.ts';
import { LATE, within } from '../race.ts';
import { CARD_CALLBACK } from './show.ts';
import { plainText } from './text.ts';

/** Stands in while a form is being prepared: its trigger would not live that long. */
const SKELETON: ModalView = {
  type: 'modal',
  callback_id: CARD_CALLBACK,
  title: plainText('One moment', LIMITS.view.title),
  close: plainText('Cancel', LIMITS.view.close),
  blocks: [{ type: 'section', text: { type: 'plain_text', text: 'The form is being prepared…' } }],
};

export interface OpenAt {
  readonly trigger: string;
  readonly origin: Origin;
  readonly how?: 'open' | 'push';
}

/** Opens what is being prepared: whole when it is ready in time, otherwise a skeleton that is filled after. */
export async function open(
  c: Connection,
  from: Envelope,
  at: OpenAt,
  preparing: Promise<Reply>,
): Promise<void> {
  const reply = await within(c.wall, c.budgets.form, preparing);
  if (reply !== LATE) {
    if (reply.kind === 'form') return openForm(c, from, at.origin, at.trigger, reply.form, at.how);
    return tellReply(c, from, at.origin, reply);
  }
  const method = at.how === 'push' ? 'views.push' : 'views.open';
  const view = await c
    .access(from.tenant)
    .then(({ openModal }) => openModal(method, at.trigger, SKELETON))
    .catch(() => undefined);
  const late = await preparing;
  if (view === undefined) return tellReply(c, from, at.origin, late);
  return fill(c, from, at.origin, view, late);
}

/** Shows a reply in a modal that stands open; beside it when it has been closed meanwhile. */
export async function fill(
  c: Connection,
  from: Envelope,
  origin: Origin,
  viewId: string,
  reply: Reply,
): Promise<void> {
  try {
    const { client } = await c.access(from.tenant);
    await client.views.update({ view_id: viewId, view: await viewOf(c, from, origin, reply) });
  } catch (error) {
    c.log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'modal not updated');
    if (reply.kind !== 'form') return tellReply(c, from, origin, reply);
    return tell(c, from, origin, await c.show.card(from.tenant, openButton(reply.form)), 'me');
  }
  // What everybody should see is not seen by everybody in a modal, and a file cannot be taken out of one.
  if (reply.kind === 'file' || (reply.kind === 'card' && reply.to === 'all'))
    await tellReply(c, from, origin, reply);
  return undefined;
}

function viewOf(c: Connection, from: Envelope, origin: Origin, reply: Reply): Promise<ModalView> {
  switch (reply.kind) {
    case 'form':
      return c.show.form(from.tenant, reply.form, origin);
    case 'card':
    case 'replace':
      return c.show.modal(from.tenant, reply.card, origin);
    case 'done':
      return c.show.modal(from.tenant, saying(reply.say ?? 'Done.'), origin);
    case 'file':
      return c.show.modal(from.tenant, saying(`${reply.name} comes as a direct message.`), origin);
    default:
      return reply satisfies never;
  }
}
