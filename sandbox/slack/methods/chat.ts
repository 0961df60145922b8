import { findConversation } from '../conversations.ts';
import { type Obj, isObj, list, maybeText, text } from '../../page/shared/json.ts';
import { findMessage, post, remove, update } from '../messages.ts';
import { messageShape } from '../shapes.ts';
import { originOf, type State } from '../state.ts';
import type { Channel } from '../types.ts';
import { identify } from '../views.ts';
import {
  type Answer,
  done,
  fail,
  type Method,
  missing,
  problemsOf,
  reads,
  structured,
  writes,
} from './method.ts';

/** chat.postMessage truncates no more: 40,000 characters is where Slack says msg_too_long. */
const MAX_TEXT = 40_000;

export interface Content {
  readonly text: string;
  readonly blocks: readonly Obj[];
  readonly metadata?: Obj;
}

/** The text and blocks of a call, or why Slack refuses them. */
export function contentOf(state: State, args: Obj): { content: Content } | { refused: Answer } {
  const blocks = structured(args, 'blocks');
  if (blocks === 'broken' || (blocks.value !== undefined && !Array.isArray(blocks.value)))
    return { refused: fail('invalid_blocks_format') };
  const metadata = structured(args, 'metadata');
  if (metadata === 'broken') return { refused: fail('invalid_metadata_format') };
  const body = text(args['text']);
  if (body.length > MAX_TEXT) return { refused: fail('msg_too_long') };
  const given = list(blocks.value);
  if (body.trim() === '' && given.length === 0) return { refused: fail('no_text') };
  const problems =
    given.length === 0 ? [] : problemsOf(state, 'message', { text: body, blocks: blocks.value });
  if (problems.length > 0) return { refused: fail('invalid_blocks', problems) };
  const meta = isObj(metadata.value) ? { metadata: metadata.value } : {};
  return { content: { text: body, blocks: identify(state, given), ...meta } };
}

function open(state: State, args: Obj): Channel | Answer {
  const channel = findConversation(state, text(args['channel']));
  if (channel === undefined) return fail('channel_not_found');
  return channel;
}

/** The bot may write where it is a member, and in public channels when it has chat:write.public. */
const mayWrite = (state: State, channel: Channel): boolean =>
  channel.bot || state.setup.scopes?.includes('chat:write.public') === true;

const thread = (args: Obj): { threadTs?: string } => {
  const ts = maybeText(args['thread_ts']);
  return ts === undefined || ts === '' ? {} : { threadTs: ts };
};

function postMessage(state: State, args: Obj): Answer {
  const channel = open(state, args);
  if (!('id' in channel)) return channel;
  if (!mayWrite(state, channel)) return fail('not_in_channel');
  const parsed = contentOf(state, args);
  if ('refused' in parsed) return parsed.refused;
  const { threadTs } = thread(args);
  if (threadTs !== undefined && findMessage(state, channel.id, threadTs) === undefined)
    return fail('thread_not_found');
  const message = post(state, {
    channel: channel.id,
    user: state.setup.botUserId,
    ...parsed.content,
    ...thread(args),
  });
  return done({
    channel: channel.id,
    ts: message.ts,
    message: messageShape(state, message, { metadata: true }),
  });
}

function postEphemeral(state: State, args: Obj): Answer {
  const channel = open(state, args);
  if (!('id' in channel)) return channel;
  const user = text(args['user']);
  if (!mayWrite(state, channel)) return fail('not_in_channel');
  if (!channel.members.has(user)) return fail('user_not_in_channel');
  const parsed = contentOf(state, args);
  if ('refused' in parsed) return parsed.refused;
  const { metadata: _, ...content } = parsed.content;
  const message = post(state, {
    channel: channel.id,
    user: state.setup.botUserId,
    only: user,
    ...content,
    ...thread(args),
  });
  return done({ message_ts: message.ts });
}

function own(state: State, args: Obj): ReturnType<typeof findMessage> | Answer {
  const channel = state.channels.get(text(args['channel']));
  if (channel === undefined) return fail('channel_not_found');
  const message = findMessage(state, channel.id, text(args['ts']));
  if (message === undefined || message.only !== undefined) return fail('message_not_found');
  return message;
}

function change(state: State, args: Obj): Answer {
  const message = own(state, args);
  if (message === undefined || !('ts' in message)) return message ?? fail('message_not_found');
  if (message.user !== state.setup.botUserId) return fail('cant_update_message');
  const keepsBlocks = args['text'] === undefined && args['blocks'] === undefined;
  const parsed = keepsBlocks ? { content: {} } : contentOf(state, args);
  if ('refused' in parsed) return parsed.refused;
  const kept = args['text'] === undefined ? { text: message.text } : {};
  const edited = args['blocks'] === undefined;
  const next = update(state, message, { ...parsed.content, ...kept, edited });
  return done({ channel: next.channel, ts: next.ts, text: next.text, message: messageShape(state, next) });
}

function erase(state: State, args: Obj): Answer {
  const message = own(state, args);
  if (message === undefined || !('ts' in message)) return message ?? fail('message_not_found');
  if (message.user !== state.setup.botUserId) return fail('cant_delete_message');
  remove(state, message);
  return done({ channel: message.channel, ts: message.ts });
}

function permalink(state: State, args: Obj): Answer {
  const channel = state.channels.get(text(args['channel']));
  const ts = text(args['message_ts']);
  if (ts === '') return missing('message_ts');
  if (channel === undefined) return fail('channel_not_found');
  if (findMessage(state, channel.id, ts) === undefined) return fail('message_not_found');
  const link = `${originOf(state)}/sandbox#/archives/${channel.id}/p${ts.replace('.', '')}`;
  return done({ channel: channel.id, permalink: link });
}

export const chat: Readonly<Record<string, Method>> = {
  'chat.postMessage': writes('chat:write', postMessage),
  'chat.postEphemeral': writes('chat:write', postEphemeral),
  'chat.update': writes('chat:write', change),
  'chat.delete': writes('chat:write', erase),
  'chat.getPermalink': reads('', permalink),
};
