import { type Obj } from '../page/shared/json.ts';
import { appId, botId, botName, originOf, type State } from './state.ts';
import { repliesTo } from './messages.ts';
import type { Channel, Message, Person, StoredFile, View } from './types.ts';

/** How Slack writes things in answers and payloads. */
export function messageShape(state: State, message: Message, options: { metadata?: boolean } = {}): Obj {
  const bot = message.user === state.setup.botUserId;
  const replies = message.threadTs === undefined ? repliesTo(state, message.channel, message.ts) : [];
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    ...(bot ? { bot_id: botId(state), app_id: appId(state), bot_profile: botShape(state) } : {}),
    text: message.text,
    team: state.setup.team.id,
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(options.metadata === true && message.metadata !== undefined ? { metadata: message.metadata } : {}),
    ...(message.edited === true ? { edited: { user: botId(state), ts: message.ts } } : {}),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(replies.length === 0 ? {} : { thread_ts: message.ts, ...threadShape(replies) }),
    ...(message.files === undefined ? {} : { files: filesOf(state, message.files) }),
  };
}

const threadShape = (replies: readonly Message[]): Obj => ({
  reply_count: replies.length,
  reply_users: [...new Set(replies.map((r) => r.user))],
  latest_reply: replies.at(-1)?.ts,
});

const filesOf = (state: State, ids: readonly string[]): Obj[] =>
  ids.flatMap((id) => {
    const file = state.files.get(id);
    return file === undefined ? [] : [fileShape(state, file)];
  });

export const botShape = (state: State): Obj => ({
  id: botId(state),
  app_id: appId(state),
  name: botName(state).toLowerCase(),
  deleted: false,
  team_id: state.setup.team.id,
});

const mayReadEmail = (state: State): boolean =>
  state.setup.scopes === undefined || state.setup.scopes.includes('users:read.email');

export function personShape(state: State, person: Person): Obj {
  const gone = state.gone.has(person.id);
  return {
    id: person.id,
    team_id: state.setup.team.id,
    ...(state.setup.enterprise === undefined
      ? {}
      : { enterprise_user: { id: person.id, enterprise_id: state.setup.enterprise.id } }),
    name: person.handle,
    deleted: gone,
    real_name: person.name,
    ...(gone ? {} : { tz: person.zone }),
    profile: {
      real_name: person.name,
      display_name: person.handle,
      ...(mayReadEmail(state) ? { email: person.email } : {}),
      title: person.title ?? '',
      team: state.setup.team.id,
    },
    is_admin: false,
    is_owner: false,
    is_bot: false,
    is_app_user: false,
    is_restricted: person.guest === true,
    is_ultra_restricted: false,
    ...person.account,
  };
}

export const botUserShape = (state: State): Obj => ({
  id: state.setup.botUserId,
  team_id: state.setup.team.id,
  name: botName(state).toLowerCase(),
  deleted: false,
  real_name: botName(state),
  profile: { real_name: botName(state), bot_id: botId(state), api_app_id: appId(state) },
  is_bot: true,
});

export function channelShape(state: State, channel: Channel): Obj {
  const common = { id: channel.id, created: 0, is_archived: false, context_team_id: state.setup.team.id };
  if (channel.kind === 'im')
    return { ...common, is_im: true, is_channel: false, user: channel.person, is_open: true };
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: false,
    is_general: false,
    is_shared: false,
    is_ext_shared: false,
    is_member: channel.bot,
    num_members: channel.members.size + (channel.bot ? 1 : 0),
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

/** Where the bot finds a file's bytes, with its token. */
export const PRIVATE_PATH = '/sandbox/slack/private/';

const fileUrl = (state: State, file: StoredFile): string =>
  `${originOf(state)}${PRIVATE_PATH}${file.id}/${encodeURIComponent(file.name)}`;

export const fileShape = (state: State, file: StoredFile): Obj => ({
  id: file.id,
  name: file.name,
  title: file.title,
  mimetype: file.mime,
  filetype: file.name.split('.').at(-1) ?? '',
  size: file.bytes.length,
  url_private: fileUrl(state, file),
  url_private_download: fileUrl(state, file),
  alt_txt: file.altText,
  user: file.by,
});

/** A view as it comes back from views.open and in interaction payloads. `values` only for submissions. */
export const viewShape = (state: State, view: View, values: Obj = {}): Obj => ({
  id: view.id,
  team_id: state.setup.team.id,
  type: view.kind,
  blocks: view.content['blocks'],
  private_metadata: view.content['private_metadata'] ?? '',
  callback_id: view.content['callback_id'] ?? '',
  state: { values },
  hash: view.hash,
  title: view.content['title'] ?? null,
  clear_on_close: view.content['clear_on_close'] ?? false,
  notify_on_close: view.content['notify_on_close'] ?? false,
  close: view.content['close'] ?? null,
  submit: view.content['submit'] ?? null,
  previous_view_id: view.previousId ?? null,
  root_view_id: view.rootId,
  app_id: appId(state),
  external_id: view.externalId,
  app_installed_team_id: state.setup.team.id,
  bot_id: botId(state),
});
