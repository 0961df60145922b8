import { unavailable } from '../../errors.ts';
import type { AskedChannel, PlatformReport } from '../platform.ts';
import { type Client, TIMEOUT_MS } from './client.ts';
import { sendError } from './faults.ts';
import { EVENT_SCOPES, METHOD_SCOPES } from './scopes.ts';

/** Channels that are asked about at the same time. */
const AT_ONCE = 5;

const NEEDED = new Set<string>([
  'commands',
  ...Object.values(METHOD_SCOPES).flat(),
  ...Object.values(EVENT_SCOPES).flat(),
]);

/** What Slack says of the token, and in which of these channels the bot is not. */
export async function examine(client: Client, channels: readonly AskedChannel[]): Promise<PlatformReport> {
  const { account, scopes, serverTime } = await whoAmI(client);
  const absent: string[] = [];
  const present: string[] = [];
  for (let from = 0; from < channels.length; from += AT_ONCE) {
    const some = channels.slice(from, from + AT_ONCE).map(({ ref }) => ref);
    const there = await Promise.all(some.map((channel) => isMember(client, channel)));
    absent.push(...some.filter((_, at) => there[at] === false));
    present.push(...some.filter((_, at) => there[at] === true));
  }
  return {
    account,
    // A server that does not tell the scopes is not Slack's.
    missing: scopes === undefined ? [] : [...NEEDED].filter((scope) => !scopes.includes(scope)).toSorted(),
    ...(serverTime === undefined ? {} : { serverTime }),
    absent,
    present,
  };
}

/** Asked without the library, which passes on neither the time nor, everywhere, the scopes. */
async function whoAmI({ slackApiUrl, token }: Client) {
  const response = await fetch(new URL('auth.test', slackApiUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${token ?? ''}` },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw sendError(error, 'repeatable');
  });
  const said = (await response.json().catch(() => ({}))) as { ok?: boolean; error?: string; user?: string };
  if (said.ok !== true) {
    const word = /^[a-z_]{1,60}$/.test(said.error ?? '') ? said.error : `status ${response.status}`;
    throw unavailable(`Slack refuses the token (${word})`);
  }
  const date = Date.parse(response.headers.get('date') ?? '');
  return {
    account: `@${said.user ?? 'coxswain'}`,
    scopes: response.headers
      .get('x-oauth-scopes')
      ?.split(',')
      .map((scope) => scope.trim()),
    serverTime: Number.isNaN(date) ? undefined : date,
  };
}

/** Undefined when Slack does not say. */
async function isMember(client: Client, channel: string): Promise<boolean | undefined> {
  try {
    const { channel: found } = await client.conversations.info({ channel });
    return found?.is_member;
  } catch (error) {
    return sendError(error, 'repeatable').fault === 'unreachable' ? false : undefined;
  }
}
