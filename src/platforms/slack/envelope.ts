import { createHash } from 'node:crypto';
import type {
  BlockAction,
  BlockSuggestion,
  MessageShortcut,
  SlashCommand,
  ViewSubmitAction,
} from '@slack/bolt';
import type { Json } from '../../ui/card.ts';
import type { Envelope, Place } from '../platform.ts';
import { clean } from './clean.ts';
import type { Metadata, Origin } from './form.ts';
import { permalink } from './permalink.ts';
import { type EventBody, slackTenant, tenantOfEvent, tenantOfInteraction } from './tenant.ts';

/** A conversation as Slack names it: D… are direct messages, `mpdm-…` are groups of people. */
export function placeOf(ref: string, name?: string, thread?: string): Place {
  const kind =
    ref.startsWith('D') || ref.startsWith('U') ? 'direct' : name?.startsWith('mpdm-') ? 'group' : 'channel';
  return {
    kind,
    ref,
    ...(name === undefined || name === '' ? {} : { name }),
    ...(thread === undefined ? {} : { thread }),
  };
}

/**
 * What somebody typed, as the grammar wants it: Slack escapes three characters and dresses mentions up as
 * `<@U1|ana>`, `<#C1|general>` and `<https://x|x>`.
 */
export const lineOf = (text: string): string =>
  clean(text)
    .replaceAll(/<([@#])([A-Z0-9]+)(?:\|[^>]*)?>/g, '<$1$2>')
    .replaceAll(/<((?:https?|mailto):[^|>]+)(?:\|[^>]*)?>/g, (_, url: string) => url.replace(/^mailto:/, ''))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();

const named = (name: string | undefined) => (name === undefined ? {} : { name });

export const fromCommand = (command: SlashCommand): Envelope => ({
  platform: 'slack',
  tenant: slackTenant({
    team: command.team_id,
    enterprise: command.enterprise_id,
    whole: command.is_enterprise_install,
  }),
  user: { ref: command.user_id, ...named(command.user_name) },
  place: placeOf(command.channel_id, command.channel_name),
  requestKey: `slack:${command.trigger_id}`,
});

export const originOfCommand = (command: SlashCommand): Origin => ({
  channel: command.channel_id,
  name: command.channel_name,
  responseUrl: command.response_url,
});

/** A button in a message, in a modal (which remembers where it was opened) or on the Home tab. */
export function fromAction(body: BlockAction, metadata: Metadata | undefined): Envelope {
  const channel = body.channel?.id ?? body.container['channel_id'] ?? metadata?.from.channel ?? body.user.id;
  const name = body.channel?.name ?? metadata?.from.name;
  const thread = threadOf(body) ?? metadata?.from.thread;
  return {
    platform: 'slack',
    tenant: tenantOfInteraction(body),
    user: { ref: body.user.id, ...named(body.user.name) },
    place: placeOf(String(channel), name, thread),
    requestKey: `slack:${body.trigger_id}`,
    ...(body.message === undefined ? {} : { message: { ref: body.message.ts } }),
  };
}

/** A search field of a modal asks for choices. Nothing changes by it, so its key only has to be there. */
export function fromSuggestion(body: BlockSuggestion, metadata: Metadata | undefined): Envelope {
  const { channel, name, thread } = metadata?.from ?? {};
  return {
    platform: 'slack',
    tenant: tenantOfInteraction(body),
    user: { ref: body.user.id, ...named(body.user.name) },
    place: placeOf(channel ?? body.user.id, name, thread),
    requestKey: `slack:suggest:${body.view?.id ?? ''}`,
  };
}

export const threadOf = (body: BlockAction): string | undefined => {
  const thread: unknown = body.container['thread_ts'] ?? body.message?.['thread_ts'];
  return typeof thread === 'string' ? thread : undefined;
};

/**
 * The key of a submission is the modal and what was submitted: the same again, from a second click or while
 * the first is still being worked on, is the same request; a corrected one is another.
 */
export function fromSubmission(body: ViewSubmitAction, metadata: Metadata, given: Json): Envelope {
  const { channel, name, thread } = metadata.from;
  const sent = JSON.stringify([metadata.form, metadata.args, given]);
  const digest = createHash('sha256').update(sent).digest('base64url').slice(0, 22);
  return {
    platform: 'slack',
    tenant: tenantOfInteraction(body),
    user: { ref: body.user.id, ...named(body.user.name) },
    place: placeOf(channel ?? body.user.id, name, thread),
    requestKey: `slack:${body.view.id}:${digest}`,
  };
}

/** `workspace` is its own address, where Slack has told. */
export function fromShortcut(body: MessageShortcut, workspace: string | undefined): Envelope {
  const { text } = body.message;
  const { thread_ts: root } = body.message;
  const thread = typeof root === 'string' ? root : undefined;
  const address = workspace ?? `https://${body.team?.domain ?? 'app'}.slack.com/`;
  return {
    platform: 'slack',
    tenant: tenantOfInteraction(body),
    user: { ref: body.user.id, ...named(body.user.name) },
    place: placeOf(body.channel.id, body.channel.name, typeof thread === 'string' ? thread : undefined),
    requestKey: `slack:${body.trigger_id}`,
    message: {
      ref: body.message_ts,
      link: permalink(address, { channel: body.channel.id, ts: body.message_ts, thread }),
      ...(text === undefined ? {} : { text: lineOf(text) }),
    },
  };
}

export const fromEvent = (
  event: { readonly user: string; readonly channel: string; readonly thread?: string },
  body: EventBody,
): Envelope => ({
  platform: 'slack',
  tenant: tenantOfEvent(body),
  user: { ref: event.user },
  place: placeOf(event.channel, undefined, event.thread),
  requestKey: `slack:${body.event_id}`,
});
