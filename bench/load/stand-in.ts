import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PEOPLE, SLACK_TEAM } from '../names.ts';

/** Slack's Web API and Microsoft's Connector, as little of them as is called here, and quick to answer. */
export interface StandIn {
  readonly port: number;
  /** Resolves when what answers the request with this key has arrived: a modal, or a message. */
  arrival(key: string): Promise<void>;
  readonly server: Server;
}

const SLACK_ANSWERS: Readonly<Record<string, (body: string) => object>> = {
  'auth.test': () => ({ team_id: SLACK_TEAM, team: 'Bench', user_id: 'U0BOT', bot_id: 'B0BOT' }),
  'users.info': (body) => {
    const found = PEOPLE.find((person) => body.includes(`user=${person.slack}`)) ?? PEOPLE[0];
    const profile = { real_name: found.name, email: found.email };
    return { user: { id: found.slack, team_id: SLACK_TEAM, tz: 'Europe/Berlin', profile } };
  },
  'conversations.open': () => ({ channel: { id: 'D0BENCH' } }),
  'chat.postMessage': (body) => ({
    channel: /(?:^|&)channel=(\w+)/.exec(body)?.[1] ?? 'C0',
    ts: `${Date.now() / 1000}`,
  }),
  'chat.update': () => ({ ts: '1.1' }),
  'views.open': () => ({ view: { id: 'V0BENCH' } }),
};

const member = (id: string) => {
  const found = PEOPLE.find(({ entra }) => id.endsWith(entra)) ?? PEOPLE[0];
  return { id, name: found.name, email: found.email, aadObjectId: found.entra, userRole: 'user' };
};

export async function startStandIn(): Promise<StandIn> {
  const waiting = new Map<string, () => void>();
  const arrived = (key: string | undefined) => {
    if (key === undefined) return;
    waiting.get(key)?.();
    waiting.delete(key);
  };

  function slack(method: string, body: string): object {
    if (method === 'views.open') arrived(/\btrigger_id"?[=:]"?([\w.]+)/.exec(body)?.[1]);
    return { ok: true, ...SLACK_ANSWERS[method]?.(body) };
  }

  function connector(path: string): object {
    const [, conversation = '', what, item = ''] =
      /conversations\/([^/]+)(?:\/(\w+)(?:\/(.+))?)?/.exec(path) ?? [];
    if (what === 'members') return member(decodeURIComponent(item));
    if (what === 'activities') arrived(decodeURIComponent(conversation));
    return { id: '1' };
  }

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await bodyOf(req);
    const [path = '/'] = (req.url ?? '/').split('?');
    const json = JSON.stringify(
      path.startsWith('/api/') ? slack(path.slice('/api/'.length), body) : connector(path),
    );
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) };
    res.writeHead(200, headers).end(json);
  }

  const server = createServer((req, res) => void answer(req, res));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    arrival: (key) => new Promise((resolve) => void waiting.set(key, resolve)),
    server,
  };
}

function bodyOf(req: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => void parts.push(part));
    req.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
  });
}
