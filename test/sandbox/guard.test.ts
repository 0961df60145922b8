import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextMonday } from '../../sandbox/time-machine.ts';
import { type PageBot, startPageBot } from './page-bot.ts';

let bot: PageBot;
let token = '';
beforeAll(async () => {
  bot = await startPageBot();
  const html = await (await fetch(`${bot.origin}/sandbox`)).text();
  token = /name="sandbox-token" content="([^"]+)"/.exec(html)?.[1] ?? '';
});
afterAll(() => bot.stop());

/** fetch does not let a caller lie about Host; node:http does. */
const ask = (
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(bot.origin);
    const method = body === undefined ? 'GET' : 'POST';
    const sending = request({ host: '127.0.0.1', port, path, method, headers }, (res) => {
      let text = '';
      res.on('data', (chunk: Buffer) => (text += chunk.toString()));
      res.on('end', () => resolve({ status: res.statusCode ?? 0, text }));
    });
    sending.on('error', reject);
    sending.end(body);
  });

test.each(['evil.example', 'evil.example:3000', 'localhost.evil.example', '127.0.0.1.nip.io', '0.0.0.0'])(
  'a request for host "%s" is refused everywhere',
  async (host) => {
    for (const path of [
      '/sandbox',
      '/sandbox/api/state',
      '/sandbox/page/main.ts',
      '/sandbox/slack/api/auth.test',
    ])
      expect((await ask(path, { host })).status).toBe(403);
  },
);

test.each(['localhost:3000', '127.0.0.1', '[::1]:3000'])(
  'a request for host "%s" is answered',
  async (host) => {
    expect((await ask('/sandbox', { host })).status).toBe(200);
  },
);

test('posts need the token of this start and the origin of this page', async () => {
  const { host } = new URL(bot.origin);
  const body = JSON.stringify({ by: 3_600_000 });
  const post = (headers: Record<string, string>) => ask('/sandbox/api/clock', { host, ...headers }, body);
  expect((await post({})).status).toBe(403);
  expect((await post({ 'x-sandbox-token': `${token}x` })).status).toBe(403);
  expect((await post({ 'x-sandbox-token': token, origin: 'https://evil.example' })).status).toBe(403);
  expect((await post({ 'x-sandbox-token': token, origin: 'null' })).status).toBe(403);
  expect((await post({ 'x-sandbox-token': token, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await post({ 'x-sandbox-token': token, origin: bot.origin })).text).toBe('{"ok":true}');
});

test('only the parts of the page are served', async () => {
  const { host } = new URL(bot.origin);
  for (const path of [
    '/sandbox/page/../index.ts',
    '/sandbox/page/%2e%2e/index.ts',
    '/sandbox/page/nothing.ts',
    '/sandbox/lib/zod.js',
  ])
    expect((await ask(path, { host })).status).toBe(404);
  const script = await ask('/sandbox/page/main.ts', { host });
  expect(script.status).toBe(200);
  expect(script.text).not.toContain(': Promise<void>');
});

test('what the page sends is checked before anything is done', async () => {
  const { host } = new URL(bot.origin);
  const headers = { host, 'x-sandbox-token': token };
  const say = async (path: string, body: unknown) =>
    JSON.parse((await ask(`/sandbox/api/${path}`, headers, JSON.stringify(body))).text) as {
      ok: boolean;
      problem?: string;
    };
  expect(await say('act', { as: 'U0ANA', do: 'explode' })).toMatchObject({ ok: false });
  expect(await say('act', { as: 'U0BEN', do: 'enter', channel: 'C0GOV', text: 'not a member' })).toEqual({
    ok: false,
    problem: 'There is no such conversation.',
  });
  expect(await say('clock', { to: 0 })).toMatchObject({
    ok: false,
    problem: expect.stringContaining('only goes forward'),
  });
  expect(await say('clock', { by: 1e15 })).toMatchObject({ ok: false });
  expect(await say('toString', {}).catch(() => 'not JSON')).toBe('not JSON');
});

test.each([
  ['Europe/Berlin', '2026-11-23T07:59:00Z', '2026-11-23T08:00:00.000Z'],
  ['Europe/Berlin', '2026-11-23T08:00:00Z', '2026-11-30T08:00:00.000Z'],
  ['America/New_York', '2026-10-31T12:00:00Z', '2026-11-02T14:00:00.000Z'],
  ['Asia/Kathmandu', '2026-11-20T00:00:00Z', '2026-11-23T03:15:00.000Z'],
])('next Monday 09:00 in %s after %s is %s', (zone, now, then) => {
  expect(new Date(nextMonday(Date.parse(now), zone)).toISOString()).toBe(then);
});
