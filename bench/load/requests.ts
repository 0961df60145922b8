import { createHmac, randomBytes } from 'node:crypto';
import { BOT_ID, PEOPLE, SIGNING_SECRET, SLACK_CHANNEL, SLACK_TEAM, TEAMS_TENANT } from '../names.ts';

/** A request as bytes, and the key under which its visible answer arrives where that is not the response. */
export interface Prepared {
  readonly bytes: Buffer;
  readonly key: string;
}

export interface RequestKind {
  readonly surface: 'slack' | 'teams';
  /** Lines that are typed, one after the other. */
  readonly lines: readonly string[];
}

const PREFIX = randomBytes(4).toString('hex');
let counted = 0;

const http = (path: string, headers: Readonly<Record<string, string>>, body: string): Buffer => {
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)) }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.from(`POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
};

/** A slash command as Slack sends it: form-encoded, signed, each with a trigger of its own. */
function slashCommand(text: string, now: number): Prepared {
  const timestamp = String(Math.floor(now / 1000));
  const key = `${(counted += 1)}.${PREFIX}`;
  const body = new URLSearchParams({
    token: 'legacy',
    team_id: SLACK_TEAM,
    team_domain: 'bench',
    channel_id: SLACK_CHANNEL,
    channel_name: 'claims-ai',
    user_id: PEOPLE[0].slack,
    user_name: 'ana',
    command: '/pilot',
    text,
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
    response_url: `https://hooks.slack.com/commands/${SLACK_TEAM}/${key}/x`,
    trigger_id: key,
  }).toString();
  const mac = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${mac}`,
  };
  return { bytes: http('/slack/events', headers, body), key };
}

/** A message in a personal chat; each connection has a conversation of its own, so its answer can be told apart. */
function teamsMessage(text: string, slot: number, serviceUrl: string): Prepared {
  const key = `a:bench-${slot}`;
  const activity = {
    type: 'message',
    id: `${(counted += 1)}-${PREFIX}`,
    channelId: 'msteams',
    serviceUrl,
    textFormat: 'plain',
    text,
    from: { id: `29:${PEOPLE[0].entra}`, name: 'Ana Lindt', aadObjectId: PEOPLE[0].entra },
    recipient: { id: BOT_ID, name: 'Coxswain' },
    conversation: { id: key, conversationType: 'personal', tenantId: TEAMS_TENANT },
    channelData: { tenant: { id: TEAMS_TENANT } },
  };
  return {
    bytes: http('/api/messages', { 'content-type': 'application/json' }, JSON.stringify(activity)),
    key,
  };
}

export function prepare(
  { surface, lines }: RequestKind,
  index: number,
  slot: number,
  now: number,
  serviceUrl: string,
): Prepared {
  const line = lines[index % lines.length] ?? '';
  return surface === 'slack' ? slashCommand(line, now) : teamsMessage(line, slot, serviceUrl);
}
