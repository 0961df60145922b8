import { directWith, setMember } from '../conversations.ts';
import { type Obj, text } from '../../page/shared/json.ts';
import { findMessage } from '../messages.ts';
import { channelShape, messageShape } from '../shapes.ts';
import type { State } from '../state.ts';
import type { Channel, Message } from '../types.ts';
import { type Answer, done, fail, flag, type Method, missing, page, reads, writes } from './method.ts';

function open(state: State, args: Obj): Answer {
  const users = text(args['users']).split(',').filter(Boolean);
  const [user] = users;
  if (user === undefined) return missing('users');
  if (users.length > 1) return fail('not_supported', ['the sandbox has no group conversations']);
  if (!state.people.has(user)) return fail('user_not_found');
  if (state.gone.has(user)) return fail('user_disabled');
  const already = state.channels.has(`D${user.slice(1)}`);
  const channel = directWith(state, user);
  const shown = flag(args, 'return_im') ? channelShape(state, channel) : { id: channel.id };
  return done({ channel: shown, ...(already ? { no_op: true, already_open: true } : {}) });
}

const withChannel =
  (run: (state: State, channel: Channel, args: Obj) => Answer) =>
  (state: State, args: Obj): Answer => {
    const channel = state.channels.get(text(args['channel']));
    return channel === undefined ? fail('channel_not_found') : run(state, channel, args);
  };

function inside(messages: readonly Message[], args: Obj): readonly Message[] {
  const oldest = Number(text(args['oldest']) || '0');
  const latest = Number(text(args['latest']) || 'Infinity');
  const inclusive = flag(args, 'inclusive');
  const within = (at: number) => (inclusive ? at >= oldest && at <= latest : at > oldest && at < latest);
  return messages.filter((m) => m.only === undefined && within(Number(m.ts)));
}

function answer(state: State, messages: readonly Message[], args: Obj): Answer {
  const { items, cursor } = page(messages, args, 100);
  const metadata = flag(args, 'include_all_metadata');
  return done({
    messages: items.map((m) => messageShape(state, m, { metadata })),
    has_more: cursor !== '',
    response_metadata: { next_cursor: cursor },
  });
}

const history = withChannel((state, channel, args) => {
  if (!channel.bot) return fail('not_in_channel');
  const all = (state.messages.get(channel.id) ?? []).filter(
    (m) => m.threadTs === undefined || m.threadTs === m.ts,
  );
  return answer(state, [...inside(all, args)].toReversed(), args);
});

const replies = withChannel((state, channel, args) => {
  if (!channel.bot) return fail('not_in_channel');
  const ts = text(args['ts']);
  const parent = findMessage(state, channel.id, ts);
  if (parent === undefined) return fail('thread_not_found');
  const rest = (state.messages.get(channel.id) ?? []).filter((m) => m.threadTs === ts && m.ts !== ts);
  return answer(state, [parent, ...inside(rest, args)], args);
});

function all(state: State, args: Obj, mine: boolean): Answer {
  const types = new Set((text(args['types']) || 'public_channel').split(',').map((t) => t.trim()));
  const wanted = (c: Channel) => types.has(c.kind === 'im' ? 'im' : 'public_channel') && (!mine || c.bot);
  const { items, cursor } = page([...state.channels.values()].filter(wanted), args, 100);
  return done({
    channels: items.map((c) => channelShape(state, c)),
    response_metadata: { next_cursor: cursor },
  });
}

export const conversations: Readonly<Record<string, Method>> = {
  'conversations.open': writes('im:write mpim:write', open),
  'conversations.info': reads(
    'channels:read groups:read im:read',
    withChannel((state, channel) => done({ channel: channelShape(state, channel) })),
  ),
  'conversations.list': reads('channels:read groups:read im:read', (state, args) => all(state, args, false)),
  'users.conversations': reads('channels:read groups:read im:read', (state, args) => all(state, args, true)),
  'conversations.join': writes(
    'channels:join channels:manage',
    withChannel((state, channel) => {
      if (channel.kind === 'im') return fail('method_not_supported_for_channel_type');
      setMember(state, channel, state.setup.botUserId, true);
      return done({ channel: channelShape(state, channel) });
    }),
  ),
  'conversations.members': reads(
    'channels:read groups:read im:read',
    withChannel((state, channel, args) => {
      const ids = [
        ...channel.members,
        ...(channel.kind === 'channel' && channel.bot ? [state.setup.botUserId] : []),
      ];
      const { items, cursor } = page(ids, args, 100);
      return done({ members: items, response_metadata: { next_cursor: cursor } });
    }),
  ),
  'conversations.history': reads('channels:history groups:history im:history', history),
  'conversations.replies': reads('channels:history groups:history im:history', replies),
};
