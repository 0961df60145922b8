import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { TENANT, personalConversation } from '../../sandbox/teams/index.ts';
import { createTeams } from '../../src/platforms/teams/index.ts';
import type { AdapterDeps } from '../../src/platforms/platform.ts';
import { type Harness, withTeams } from './harness.ts';
import { hostileText } from './hostile.ts';
import { type TokenParts, startKeyServer } from './keys.ts';

const APP = '11111111-2222-3333-4444-555555555555';
const ana = personalConversation('ana');
let keys: Awaited<ReturnType<typeof startKeyServer>>;
let h: Harness;

beforeAll(async () => {
  keys = await startKeyServer(APP);
  h = await withTeams({
    config: {
      appId: APP,
      appPassword: 'not used',
      tenantId: TENANT,
      appType: 'SingleTenant',
      sandbox: false,
      cloud: { openIdMetadataUrl: keys.metadataUrl, token: () => Promise.resolve('bot-token') },
    },
  });
});
afterAll(async () => {
  await h[Symbol.asyncDispose]();
  await keys.close();
});
beforeEach(() => {
  // botframework-connector writes refusals of its own to the console.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

async function post(
  authorization: string | undefined,
  change: Record<string, unknown> = {},
): Promise<number> {
  const activity = {
    ...h.sandbox.client.messageActivity('ana', ana, 'help'),
    id: crypto.randomUUID(),
    ...change,
  };
  const response = await fetch(`${h.base}/api/messages`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    },
    body: JSON.stringify(activity),
  });
  await response.arrayBuffer();
  return response.status;
}
const token = (parts?: TokenParts) => keys.token(h.sandbox.serviceUrl(), parts);

test('a request signed by the Bot Framework is answered, with the bot’s own token', async () => {
  expect(await post(await token())).toBe(200);
  expect(h.commands()).toEqual(['help']);
  expect(h.titles(ana)).toEqual(['You said help']);
  expect(h.calls('POST').at(-1)?.authorization).toBe('Bearer bot-token');
});

describe('is turned away, and nothing happens:', () => {
  const cases: readonly (readonly [string, () => Promise<number>, number])[] = [
    ['no token', () => post(undefined), 401],
    ['not a token', () => post('Bearer nonsense'), 401],
    ['another scheme', async () => post((await token()).replace('Bearer', 'Basic')), 401],
    ['wrong issuer', async () => post(await token({ issuer: 'https://evil.example' })), 401],
    ['wrong audience', async () => post(await token({ audience: 'another-app' })), 401],
    ['expired', async () => post(await token({ expiresIn: -600 })), 401],
    ['not valid yet', async () => post(await token({ notBefore: 600 })), 401],
    ['a forged signature', async () => post(await token({ forged: true })), 401],
    [
      'a token for another serviceUrl',
      async () => post(await token({ serviceUrl: 'https://evil.example' })),
      401,
    ],
    ['an altered serviceUrl', async () => post(await token(), { serviceUrl: 'https://evil.example/' }), 401],
    ['no serviceUrl', async () => post(await token(), { serviceUrl: '' }), 400],
    ['another channel', async () => post(await token(), { channelId: 'AseChannel' }), 400],
    ['no activity', async () => post(await token(), { type: 7 }), 400],
  ];
  test.each(cases)('%s', async (_what, request, status) => {
    const before = [h.heard.length, h.sandbox.connector.calls.length];
    expect(await request()).toBe(status);
    expect([h.heard.length, h.sandbox.connector.calls.length]).toEqual(before);
  });

  test.each([
    ['a GET', { method: 'GET' }, 405],
    ['no JSON', { method: 'POST', body: 'x{' }, 400],
    ['a huge body', { method: 'POST', body: 'x'.repeat(300_000) }, 413],
  ])('%s', async (_what, init, status) => {
    expect((await fetch(`${h.base}/api/messages`, init)).status).toBe(status);
  });

  test('a huge body that does not say how long it is', async () => {
    const { hostname, port } = new URL(h.base);
    const socket = connect(Number(port), hostname);
    socket.write('POST /api/messages HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
    socket.write(`${(300_000).toString(16)}\r\n${'x'.repeat(300_000)}`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
  });
});

test('a tenant that is not connected is told so, and nothing else happens', async () => {
  const [heard, shown] = [h.heard.length, h.titles(ana).length];
  expect(await post(await token(), { channelData: { tenant: { id: 'other' } } })).toBe(200);
  expect(h.heard).toHaveLength(heard);
  expect(h.titles(ana).slice(shown)).toEqual([expect.stringMatching(/not connected .* its id is other\.$/)]);
  const quiet = { channelData: { tenant: { id: 'other' } }, type: 'installationUpdate', action: 'add' };
  expect(await post(await token(), quiet)).toBe(200);
  expect(h.heard).toHaveLength(heard);
});

test('a token that expired less than five minutes ago still counts: clocks differ', async () => {
  expect(await post(await token({ expiresIn: -120 }))).toBe(200);
});

describe('without an app id', () => {
  const nothing = {} as AdapterDeps;
  test('nothing is built, or any request would be taken for genuine', () => {
    expect(() => createTeams({}, nothing)).toThrow('MICROSOFT_APP_ID');
    expect(() => createTeams({ appId: '' }, nothing)).toThrow('MICROSOFT_APP_ID');
  });

  test('the sandbox answers this machine only, and only to this machine', async () => {
    await using open = await withTeams();
    const activity = open.sandbox.client.messageActivity('ana', ana, 'help');
    const away = await open.sandbox.client.deliver({ ...activity, serviceUrl: 'https://smba.example/teams' });
    expect(away.status).toBe(403);
    const page = await fetch(`${open.base}/api/messages`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'text/plain' },
      body: JSON.stringify(activity),
    });
    expect(page.status).toBe(403);
    expect(open.heard).toEqual([]);
  });
});

describe('whatever arrives', () => {
  test('is answered without a server error, and the next request works', async () => {
    await using open = await withTeams();
    const send = (body: string) =>
      fetch(`${open.base}/api/messages`, { method: 'POST', body }).then((res) => res.status);
    const activity = open.sandbox.client.messageActivity('ana', ana, 'help');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc
            .dictionary(
              fc.constantFrom(...Object.keys(activity), 'value', 'name', 'replyToId', 'membersAdded'),
              fc.jsonValue(),
            )
            .map((change) => JSON.stringify({ ...activity, id: crypto.randomUUID(), ...change })),
          fc
            .tuple(fc.constantFrom('adaptiveCard/action', 'task/fetch', 'task/submit'), fc.jsonValue())
            .map(([name, value]) =>
              JSON.stringify({ ...activity, id: crypto.randomUUID(), type: 'invoke', name, value }),
            ),
        ),
        async (body) => {
          expect(await send(body)).toBeLessThan(500);
        },
      ),
      { numRuns: 500 },
    );
    expect(await send(JSON.stringify({ ...activity, id: 'last' }))).toBe(200);
  });

  test('typed as a command pings nobody and is heard as one line', async () => {
    await using open = await withTeams();
    const activity = open.sandbox.client.messageActivity('ana', ana, '');
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const { status } = await open.sandbox.client.deliver({ ...activity, id: crypto.randomUUID(), text });
        expect(status).toBe(200);
        expect(open.commands().at(-1)).not.toMatch(/<[@#][^<>\s]+>/);
        const shown = open.sandbox.connector.workspace.messages(ana).at(-1)?.card;
        expect(JSON.stringify(shown)).not.toContain('"mention"');
      }),
      { numRuns: 500 },
    );
  });
});
