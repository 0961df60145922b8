import { escapeText } from './escape.ts';
import { newHook } from './hooks.ts';
import type { Obj } from '../page/shared/json.ts';
import { messageShape, viewShape } from './shapes.ts';
import { withFiles } from './staged.ts';
import { appId, commandOf, newId, secret, type State } from './state.ts';
import type { Channel, Message, Person, View } from './types.ts';
import { newTrigger } from './views.ts';

/** The payloads of docs.slack.dev/reference/interaction-payloads and /interactivity/implementing-slash-commands. */
const VERIFICATION = 'sandbox';

const isWhole = (state: State): boolean => state.setup.whole?.() === true;
const enterpriseId = (state: State): string | undefined => state.setup.enterprise?.id;

const team = (state: State): Obj => ({ id: state.setup.team.id, domain: 'sandbox' });
const user = (state: State, person: Person): Obj => ({
  id: person.id,
  username: person.handle,
  name: person.handle,
  team_id: person.account?.['team_id'] ?? state.setup.team.id,
});

const common = (state: State, person: Person): Obj => ({
  team: team(state),
  user: user(state, person),
  api_app_id: appId(state),
  token: VERIFICATION,
  trigger_id: newTrigger(state, person.id),
  enterprise: state.setup.enterprise ?? null,
  is_enterprise_install: isWhole(state),
});

const channelName = (channel: Channel): string => (channel.kind === 'im' ? 'directmessage' : channel.name);

export const command = (
  state: State,
  person: Person,
  channel: Channel,
  line: string,
): Record<string, string> => ({
  token: VERIFICATION,
  team_id: state.setup.team.id,
  team_domain: 'sandbox',
  channel_id: channel.id,
  channel_name: channelName(channel),
  user_id: person.id,
  user_name: person.handle,
  command: commandOf(state),
  text: line,
  api_app_id: appId(state),
  is_enterprise_install: String(isWhole(state)),
  ...(state.setup.enterprise === undefined ? {} : { enterprise_id: state.setup.enterprise.id }),
  response_url: newHook(state, 'commands', { user: person.id, channel: channel.id }),
  trigger_id: newTrigger(state, person.id),
});

const actionTs = (state: State): string => (state.wall.now() / 1000).toFixed(6);

export function messageAction(state: State, person: Person, message: Message, action: Obj): Obj {
  const channel = state.channels.get(message.channel);
  const hook = {
    user: person.id,
    channel: message.channel,
    original: message.ts,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
  };
  return {
    type: 'block_actions',
    ...common(state, person),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: message.only !== undefined,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    channel: { id: message.channel, name: channel === undefined ? '' : channelName(channel) },
    // Slack leaves the message out when it is ephemeral.
    ...(message.only === undefined ? { message: messageShape(state, message, { metadata: true }) } : {}),
    state: { values: {} },
    response_url: newHook(state, 'actions', hook),
    actions: [{ ...action, action_ts: actionTs(state) }],
  };
}

export const viewAction = (state: State, person: Person, view: View, action: Obj, values: Obj): Obj => ({
  type: 'block_actions',
  ...common(state, person),
  container: { type: 'view', view_id: view.id },
  view: viewShape(state, view, values),
  actions: [{ ...action, action_ts: actionTs(state) }],
});

export const viewSubmission = (state: State, person: Person, view: View, values: Obj): Obj => ({
  type: 'view_submission',
  ...common(state, person),
  view: viewShape(state, view, withFiles(state, values)),
  response_urls: [],
});

export function suggestion(state: State, person: Person, view: View, asked: Obj, values: Obj): Obj {
  const { trigger_id: _, ...rest } = common(state, person);
  return {
    type: 'block_suggestion',
    ...rest,
    container: { type: 'view', view_id: view.id },
    view: viewShape(state, view, values),
    ...asked,
  };
}

export const viewClosed = (state: State, person: Person, view: View, cleared: boolean): Obj => {
  const { trigger_id: _, ...rest } = common(state, person);
  return { type: 'view_closed', ...rest, view: viewShape(state, view), is_cleared: cleared };
};

export const messageShortcut = (state: State, person: Person, message: Message, callbackId: string): Obj => ({
  type: 'message_action',
  ...common(state, person),
  action_ts: actionTs(state),
  callback_id: callbackId,
  channel: { id: message.channel, name: channelName(state.channels.get(message.channel) as Channel) },
  response_url: newHook(state, 'actions', { user: person.id, channel: message.channel }),
  message_ts: message.ts,
  message: messageShape(state, message, { metadata: true }),
});

/** The wrapper around every event of the Events API. */
export const event = (state: State, inner: Obj): Obj => ({
  token: VERIFICATION,
  team_id: state.setup.team.id,
  context_team_id: state.setup.team.id,
  api_app_id: appId(state),
  event: inner,
  type: 'event_callback',
  event_id: newId(state, 'Ev'),
  event_time: Math.floor(state.wall.now() / 1000),
  authorizations: [
    {
      enterprise_id: enterpriseId(state) ?? null,
      team_id: isWhole(state) ? null : state.setup.team.id,
      user_id: state.setup.botUserId,
      is_bot: true,
      is_enterprise_install: isWhole(state),
    },
  ],
  is_ext_shared_channel: false,
  event_context: secret(),
});

export const saidEvent = (state: State, message: Message, kind: 'app_mention' | 'im'): Obj =>
  event(state, {
    type: kind === 'im' ? 'message' : 'app_mention',
    ...(kind === 'im' ? { channel_type: 'im' } : {}),
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: state.setup.team.id,
    client_msg_id: secret(),
    blocks: [richText(message.text)],
    channel: message.channel,
    event_ts: message.ts,
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
  });

/** Slack's clients write what people type as rich text. */
const richText = (text: string): Obj => ({
  type: 'rich_text',
  block_id: 'said',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: escapeText(text) }] }],
});

export const homeOpened = (state: State, person: Person, channel: Channel): Obj => {
  const view = state.homes.get(person.id);
  return event(state, {
    type: 'app_home_opened',
    user: person.id,
    channel: channel.id,
    tab: 'home',
    event_ts: actionTs(state),
    ...(view === undefined ? {} : { view: viewShape(state, view) }),
  });
};
