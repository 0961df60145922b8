/**
 * What Coxswain calls and hears, and the scope that each needs (docs.slack.dev/reference/scopes). The manifest
 * asks for exactly these; a test compares it with the code.
 */
export const METHOD_SCOPES = {
  'auth.test': [],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.history': ['im:history'],
  'users.info': ['users:read', 'users:read.email'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.info': ['files:read'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export const EVENT_SCOPES = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
  user_change: ['users:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  channel_left: ['channels:read'],
  group_left: ['groups:read'],
  app_uninstalled: [],
  tokens_revoked: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Needed =
  | 'commands'
  | (typeof METHOD_SCOPES)[keyof typeof METHOD_SCOPES][number]
  | (typeof EVENT_SCOPES)[keyof typeof EVENT_SCOPES][number];

/** Every scope that is asked for, with the reason that who installs is told. Another one does not type-check. */
export const SCOPES = {
  commands: '/pilot, and the three shortcuts on every message',
  'chat:write': 'scorecards, pings and answers',
  'app_mentions:read': 'lines that mention it, also inside threads. It reads no other message of a channel',
  'im:history': 'what people write to it directly, and finding a ping again whose delivery was not confirmed',
  'im:write': 'opening a direct conversation for a ping',
  'channels:read': 'to know that it was added to or removed from a public channel',
  'groups:read': 'the same for private channels',
  'users:read': 'names, time zones, guests, deactivated accounts',
  'users:read.email': 'the address by which one person is known on Slack and on Teams',
  'files:write': 'pictures of scorecards where there is no PUBLIC_URL, and files such as an exported rubric',
  'files:read': 'to know when such a picture is ready, and to read a file that somebody chooses in a form',
} as const satisfies Readonly<Record<Needed, string>>;

export const COMMAND = '/pilot';
