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
} as const satisfies Readonly<Record<string, readonly string[]>>;

export const COMMAND = '/pilot';
