import { type Card, buttons, card, formButton, paragraph } from '../../ui/card.ts';
import type { Form } from '../../ui/form.ts';
import type { Envelope, FileReply, Reply } from '../platform.ts';
import type { Connection } from './connection.ts';
import type { Origin } from './form.ts';
import { postFile } from './send-file.ts';
import type { Shown } from './show.ts';

/** A short sentence as a card. */
export const saying = (sentence: string): Card => card('', [paragraph(sentence)], { fallback: sentence });

/** Where forms cannot be opened, a button opens them: pressing it brings a fresh trigger. */
export const openButton = (form: Form): Card =>
  card(form.title, [buttons(formButton('Open the form', form.name, form.args, { style: 'primary' }))]);

/**
 * Shows a message to who asked, or to all. Through the response address where there is one: it works where
 * the bot is no member. Otherwise as a message of the bot, at last as a direct message, so that nothing is lost.
 */
export async function tell(
  c: Connection,
  from: Envelope,
  origin: Origin,
  shown: Shown,
  to: 'me' | 'all',
): Promise<void> {
  const thread = origin.thread === undefined ? {} : { thread_ts: origin.thread };
  const response_type = to === 'all' ? 'in_channel' : 'ephemeral';
  if (origin.responseUrl !== undefined) {
    const body = { response_type, replace_original: false, ...shown, ...thread };
    if (await c.respond(origin.responseUrl, body)) return;
  }
  const { client } = await c.access(from.tenant);
  const message = { ...shown, unfurl_links: false, unfurl_media: false };
  const direct = { ...message, channel: from.place.kind === 'direct' ? from.place.ref : from.user.ref };
  if (from.place.kind === 'direct') {
    await client.chat.postMessage({ ...direct, ...thread });
    return;
  }
  try {
    if (to === 'all') await client.chat.postMessage({ ...message, channel: from.place.ref, ...thread });
    else
      await client.chat.postEphemeral({
        ...shown,
        channel: from.place.ref,
        user: from.user.ref,
        ...thread,
      });
  } catch {
    await client.chat.postMessage(direct);
  }
}

/** The answer to a command, a button or a message, as a message. Forms become a button that opens them. */
export async function tellReply(c: Connection, from: Envelope, origin: Origin, reply: Reply): Promise<void> {
  switch (reply.kind) {
    case 'card':
      return tell(c, from, origin, await c.show.card(from.tenant, reply.card), reply.to);
    case 'replace':
      return tell(c, from, origin, await c.show.card(from.tenant, reply.card), 'me');
    case 'form':
      return tell(c, from, origin, await c.show.card(from.tenant, openButton(reply.form)), 'me');
    case 'done':
      if (reply.say === undefined) return undefined;
      return tell(c, from, origin, await c.show.card(from.tenant, saying(reply.say)), 'me');
    case 'file':
      return tellFile(c, from, origin, reply);
    default:
      return reply satisfies never;
  }
}

/** Posts a file; who asked from elsewhere is told where it is, or that Slack did not take it. */
export async function tellFile(
  c: Connection,
  from: Envelope,
  origin: Origin,
  file: FileReply,
): Promise<void> {
  const where = await postFile(c, from, file);
  if (where !== undefined && where === from.place.ref) return;
  const sentence =
    where === undefined
      ? `Slack did not take ${file.name}. Please try again in a moment.`
      : `${file.name} is in your direct messages with me.`;
  await tell(c, from, origin, await c.show.card(from.tenant, saying(sentence)), 'me');
}

/** Opens a form that is ready. When the trigger has died meanwhile, a button offers it. */
export async function openForm(
  c: Connection,
  from: Envelope,
  origin: Origin,
  trigger: string,
  form: Form,
  how: 'open' | 'push' = 'open',
): Promise<void> {
  const view = await c.show.form(from.tenant, form, origin);
  try {
    const { openModal } = await c.access(from.tenant);
    await openModal(how === 'push' ? 'views.push' : 'views.open', trigger, view);
  } catch (error) {
    c.log.warn(
      { form: form.name, reason: error instanceof Error ? error.message : 'unknown' },
      'form not opened',
    );
    await tell(c, from, origin, await c.show.card(from.tenant, openButton(form)), 'me');
  }
}
