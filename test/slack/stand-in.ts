import { createHmac } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Wall, wall } from '../../src/clock.ts';
import { readBody } from '../../src/http/body.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { type Log, silentLog } from '../../src/log.ts';
import type { AdapterDeps, Inbound } from '../../src/platforms/platform.ts';
import { type SlackOptions, createSlack } from '../../src/platforms/slack/index.ts';
import { note, card, paragraph } from '../../src/ui/card.ts';
import { sampleNames } from '../support/sample-cards.ts';
import { NO_INSTALLATIONS } from '../support/no-installations.ts';

const SECRET = 'signing-secret-of-a-test';

/** One call of the Web API or of a response address, as it arrived. */
export interface Call {
  readonly method: string;
  readonly args: Record<string, unknown>;
}

type Answer = object | ((req: IncomingMessage, res: ServerResponse) => void);

/** A Slack of our own: remembers what it was asked, and answers what the test told it to. */
async function withSlackApi() {
  const calls: Call[] = [];
  const waiting: { readonly method: string; readonly resolve: (call: Call) => void }[] = [];
  const answers = new Map<string, Answer[]>();
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const body = (await readBody(req, 10_000_000))?.toString() ?? '';
    const method = (req.url ?? '/').replace(/^\/(?:api\/)?/, '');
    const call = { method, args: argsOf(req, body) };
    const answer = answers.get(method)?.shift() ?? { ok: true, ...DEFAULTS[method] };
    if (typeof answer === 'function') answer(req, res);
    else res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    calls.push(call);
    const next = waiting.findIndex((w) => w.method === method);
    if (next !== -1) waiting.splice(next, 1)[0]?.resolve(call);
  };
  const server = createServer((req, res) => void answer(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    calls,
    of: (method: string) => calls.filter((call) => call.method === method),
    /** The next answers to a method, in order; after them, a friendly default. */
    answer: (method: string, ...next: Answer[]) => answers.set(method, next),
    /** Resolves with the next call of a method that has not come yet. */
    next: (method: string) => new Promise<Call>((resolve) => waiting.push({ method, resolve })),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

const DEFAULTS: Record<string, object> = {
  'auth.test': { user_id: 'U0COX', team_id: 'T1', url: 'https://acme.slack.com/' },
  'views.open': { view: { id: 'V9' } },
  'chat.postMessage': { channel: 'D0ANA', ts: '1.1' },
};

function argsOf(req: IncomingMessage, body: string): Record<string, unknown> {
  if (req.headers['content-type']?.startsWith('application/json')) return JSON.parse(body);
  if (req.headers['content-type'] === 'image/png') return { bytes: body.length };
  const pairs = [...new URLSearchParams(body)].map(([key, value]) => [
    key,
    /^[[{]/.test(value) ? JSON.parse(value) : value,
  ]);
  return Object.fromEntries(pairs);
}

const plain = card('Hello', [paragraph('Ready.'), note('/pilot help')]);

/** Says hello to everything, and remembers what it was asked. */
export function stubInbound(overrides: Partial<Inbound> = {}) {
  const asked: { readonly what: keyof Inbound; readonly args: readonly unknown[] }[] = [];
  const stub: Inbound = {
    command: async () => ({ kind: 'card', card: plain, to: 'me' }),
    press: async () => ({ kind: 'done' }),
    open: async () => ({ kind: 'done', say: 'Nothing to fill in.' }),
    submit: async () => ({ kind: 'done' }),
    keep: async () => {},
    suggest: async () => [],
    home: async () => plain,
    learn: async () => {},
    ...overrides,
  };
  const remember =
    <A extends unknown[], R>(what: keyof Inbound, work: (...args: A) => R) =>
    (...args: A): R => {
      asked.push({ what, args });
      return work(...args);
    };
  const inbound: Inbound = {
    command: remember('command', stub.command),
    press: remember('press', stub.press),
    open: remember('open', stub.open),
    submit: remember('submit', stub.submit),
    keep: remember('keep', stub.keep),
    suggest: remember('suggest', stub.suggest),
    home: remember('home', stub.home),
    learn: remember('learn', stub.learn),
  };
  return { inbound, asked };
}

export interface World {
  readonly inbound?: Partial<Inbound>;
  readonly config?: Partial<SlackOptions>;
  readonly wall?: Wall;
  readonly log?: Log;
  readonly deps?: Partial<AdapterDeps>;
  /** Tells the Slack what to answer while the adapter starts. */
  readonly before?: (api: Awaited<ReturnType<typeof withSlackApi>>) => void;
}

/** The adapter behind our real HTTP server, and a Slack that it talks to. */
export async function withSlack(world: World = {}) {
  const api = await withSlackApi();
  const { inbound, asked } = stubInbound(world.inbound);
  const platform = createSlack(
    {
      botToken: 'xoxb-test',
      signingSecret: SECRET,
      apiUrl: `${api.origin}/api/`,
      strict: true,
      ...world.config,
    },
    {
      inbound,
      names: async () => sampleNames,
      installations: NO_INSTALLATIONS,
      addresses: () => Promise.resolve({ picture: () => undefined, file: () => undefined }),
      drawPicture: async () => new Uint8Array([1, 2, 3]),
      log: world.log ?? silentLog,
      wall: world.wall ?? wall,
      ...world.deps,
    },
  );
  world.before?.(api);
  await platform.start();
  const server = createHttpServer(platform.routes, silentLog);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;

  const send = async (type: string, body: string, headers: Record<string, string> = {}) => {
    const ts = String(Math.floor(Date.now() / 1000));
    const res = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': type,
        'x-slack-request-timestamp': ts,
        'x-slack-signature': sign(ts, body),
        ...headers,
      },
      body,
    });
    const text = await res.text();
    return { status: res.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  return {
    api,
    asked,
    platform,
    url,
    send,
    form: (fields: Record<string, string>, headers?: Record<string, string>) =>
      send('application/x-www-form-urlencoded', new URLSearchParams(fields).toString(), headers),
    interact: (payload: object) =>
      send(
        'application/x-www-form-urlencoded',
        new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
      ),
    event: (event: object, more: object = {}, headers?: Record<string, string>) =>
      send(
        'application/json',
        JSON.stringify({ type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event, ...more }),
        headers,
      ),
    close: async () => {
      await platform.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await api.close();
    },
  };
}
export type Slack = Awaited<ReturnType<typeof withSlack>>;

export const sign = (ts: string, body: string, secret = SECRET): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${ts}:${body}`).digest('hex')}`;

let triggers = 0;
/** A slash command as Slack posts it. */
export const slash = (origin: string, text: string, more: Record<string, string> = {}) => ({
  command: '/pilot',
  text,
  team_id: 'T1',
  team_domain: 'acme',
  channel_id: 'C0CLAIMS',
  channel_name: 'claims',
  user_id: 'U0ANA',
  user_name: 'ana',
  trigger_id: `trigger.${(triggers += 1)}`,
  response_url: `${origin}/commands/T1/1`,
  ...more,
});

/** A promise that the test settles itself. */
export function deferred<T>() {
  return Promise.withResolvers<T>();
}
