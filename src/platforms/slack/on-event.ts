import type { Connection } from './connection.ts';
import { tellReply } from './deliver.ts';
import { fromEvent, lineOf, placeOf } from './envelope.ts';
import type { Envelope } from '../platform.ts';
import { permalink } from './permalink.ts';
import { publishHome } from './on-home.ts';
import { type EventBody, isOfOthers, tenantOfEvent } from './tenant.ts';

/** The parts of a message that count here; Slack has more kinds of them than its types say. */
export interface Message {
  readonly text?: string;
  readonly user?: string;
  readonly channel: string;
  readonly channel_type?: string;
  readonly ts: string;
  readonly thread_ts?: string;
  readonly subtype?: string;
  readonly bot_id?: string;
  readonly edited?: unknown;
}

/** Not by a bot, and no notice. Ours is told apart by its user too. */
const byPerson = (message: Message): message is Message & { user: string } =>
  message.user !== undefined &&
  message.bot_id === undefined &&
  message.subtype === undefined &&
  message.edited === undefined;

/** `@Coxswain seat show claims`: the line after the mention works like the command; the answer stands in the thread. */
export async function onMention(c: Connection, message: Message, body: EventBody): Promise<void> {
  if (byPerson(message)) await converse(c, message, body, message.thread_ts ?? message.ts);
}

/** A direct message to the bot is a command line. */
export async function onDirect(c: Connection, message: Message, body: EventBody): Promise<void> {
  if (message.channel_type === 'im' && byPerson(message)) await converse(c, message, body, message.thread_ts);
}

async function converse(
  c: Connection,
  message: Message & { user: string },
  body: EventBody,
  thread: string | undefined,
): Promise<void> {
  const { user, channel, ts } = message;
  const { self, address } = await c.access(tenantOfEvent(body));
  if (user === self) return;
  const line = lineOf(withoutMention(message.text ?? '', self));
  const from: Envelope = {
    ...fromEvent({ user, channel, ...(thread === undefined ? {} : { thread }) }, body),
    message: {
      ref: ts,
      text: lineOf(withoutSelf(message.text ?? '', self)),
      ...(address === undefined ? {} : { link: permalink(address, { channel, ts, thread }) }),
    },
  };
  const reply = await c.inbound.command(from, line);
  await tellReply(c, from, thread === undefined ? {} : { thread }, reply);
}

const mentionOf = (self: string | undefined, flags = ''): RegExp =>
  new RegExp(`<@${self ?? '[UW][A-Z0-9]+'}(?:\\|[^>]*)?>`, flags);

/** All of the text but the mention of the bot, for where it is kept as it was said. */
const withoutSelf = (text: string, self: string | undefined): string =>
  self === undefined ? text : text.replaceAll(mentionOf(self, 'g'), ' ').replaceAll(/ {2,}/g, ' ').trim();

/** The text behind the first mention of the bot; all of it where it is not mentioned. */
function withoutMention(text: string, self: string | undefined): string {
  const mention = mentionOf(self).exec(text);
  return mention === null ? text : text.slice(mention.index + mention[0].length).replace(/^[\s,:]+/, '');
}

export async function onHomeOpened(
  c: Connection,
  event: { readonly user: string; readonly channel: string; readonly tab?: string },
  body: EventBody,
): Promise<void> {
  if (event.tab !== undefined && event.tab !== 'home') return;
  await publishHome(c, fromEvent(event, body));
}

/** What counts of an account when it changes; Slack sends all of it every time. */
interface ChangedUser {
  readonly id: string;
  readonly name?: string;
  readonly team_id?: string;
  readonly enterprise_user?: { readonly enterprise_id?: string };
  readonly deleted?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
  readonly is_bot?: boolean;
}

/** Guests, bots and people of other workspaces: the same rule as when somebody is met (`profile` in send.ts). */
const isOutside = (user: ChangedUser, tenant: string): boolean =>
  isOfOthers(user, tenant) ||
  [user.is_restricted, user.is_ultra_restricted, user.is_stranger, user.is_bot].includes(true);

/** Deactivated or active again, guest or member: told as it is now. */
export async function onUserChange(c: Connection, user: ChangedUser, body: EventBody): Promise<void> {
  const { id, name, deleted = false } = user;
  const tenant = tenantOfEvent(body);
  await c.inbound.learn('slack', tenant, {
    kind: 'person_changed',
    user: { ref: id, ...(name === undefined ? {} : { name }) },
    guest: isOutside(user, tenant),
    active: !deleted,
  });
}

/** The bot was added to a channel: now it can post there. */
export async function onJoined(
  c: Connection,
  event: { readonly user: string; readonly channel: string },
  body: EventBody,
): Promise<void> {
  const tenant = tenantOfEvent(body);
  const { self } = await c.access(tenant);
  if (event.user !== self) return;
  const place = placeOf(event.channel);
  await c.inbound.learn('slack', tenant, {
    kind: 'conversation',
    place,
    reference: { ref: event.channel },
  });
}

/** The bot was removed from a channel. Slack tells only who left. */
export const onLeft = (c: Connection, event: { readonly channel: string }, body: EventBody): Promise<void> =>
  c.inbound.learn('slack', tenantOfEvent(body), { kind: 'removed', ref: event.channel });

/** Removed from the workspace, or from the whole Grid. */
export const onUninstalled = (c: Connection, _event: unknown, body: EventBody): Promise<void> =>
  c.gone(tenantOfEvent(body), 'it was uninstalled');

/** Tokens were taken back; only the bot's own counts. */
export async function onTokensRevoked(
  c: Connection,
  event: { readonly tokens?: { readonly bot?: readonly string[] } },
  body: EventBody,
): Promise<void> {
  if ((event.tokens?.bot ?? []).length > 0) await c.gone(tenantOfEvent(body), 'its token was revoked');
}
