import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Fault,
  TENANT,
  channelConversation,
  directoryId,
  personalConversation,
} from '../../sandbox/teams/index.ts';
import { wall } from '../../src/clock.ts';
import { type Destination, SendError, type SendFault } from '../../src/platforms/platform.ts';
import { createConnector } from '../../src/platforms/teams/connector.ts';
import { faultFromNetwork, retryAfter } from '../../src/platforms/teams/faults.ts';
import { card } from '../../src/ui/card.ts';
import { type Harness, withTeams } from './harness.ts';

const claims = channelConversation('claims');
const ana = personalConversation('ana');
const names = { user: () => undefined };
const digest = card('Week 47', [], { fallback: 'Week 47: 1 red' });

let h: Harness;
beforeEach(async () => {
  h = await withTeams();
});
afterEach(() => h[Symbol.asyncDispose]());

const channel = (ref = claims): Destination => ({
  kind: 'channel',
  conversation: { ref, serviceUrl: h.sandbox.serviceUrl() },
});
const person = (id: string): Destination => ({ kind: 'person', user: { ref: directoryId(id) } });
const post = (to: Destination, thread?: { conversation: string; id: string }) =>
  h.teams.outbound.post(TENANT, to, digest, names, {
    deliveryId: 'd-1',
    ...(thread === undefined ? {} : { thread }),
  });
const messages = (conversation = claims) => h.sandbox.connector.workspace.messages(conversation);

describe('posting', () => {
  test('into a channel by what was stored of it', async () => {
    const shown = await post(channel());
    expect(messages()).toMatchObject([{ id: shown.id, summary: 'Week 47: 1 red', requestId: 'd-1' }]);
    expect(shown.conversation).toBe(claims);
  });

  test('details go into the thread of the first message, also below a reply', async () => {
    const first = await post(channel());
    const reply = await post(channel(), first);
    await post(channel(), reply);
    expect(messages().map((m) => m.thread)).toEqual([undefined, first.id, first.id]);
  });

  test('to somebody who never wrote opens the personal chat', async () => {
    const shown = await post(person('ana'));
    expect(shown.conversation).toBe(ana);
    expect(messages(ana)).toHaveLength(1);
  });

  test('into a personal chat knows no threads', async () => {
    const first = await post(person('ana'));
    expect((await post(person('ana'), first)).conversation).toBe(ana);
    expect(messages(ana).map((m) => m.thread)).toEqual([undefined, undefined]);
  });

  test('and changing it later, in a thread as well', async () => {
    const first = await post(channel());
    const reply = await post(channel(), first);
    await h.teams.outbound.update(TENANT, reply, channel(), card('Week 47, corrected', []), names);
    expect(h.titles(claims)).toEqual(['Week 47', 'Week 47, corrected']);
    expect(messages().map((m) => m.edits)).toEqual([0, 1]);
  });

  test('an unknown delivery cannot be looked up, and that is said', async () => {
    expect(await h.teams.outbound.find(TENANT, channel(), 'd-1')).toBe('unknown');
  });
});

describe('who somebody is', () => {
  test('as Teams says it', async () => {
    expect(await h.teams.outbound.profile(TENANT, directoryId('bo'))).toEqual({
      name: 'Bo Lindqvist',
      email: 'bo@example.com',
      guest: false,
      active: true,
    });
  });
  test('unknown people have no profile, which does not say that their account is gone', async () => {
    expect(await h.teams.outbound.profile(TENANT, 'nobody')).toBeUndefined();
    expect(await h.teams.outbound.absent!(TENANT, 'nobody')).toBe(false);
  });
  test('an account is gone only where the chat with it says that it has no such member', async () => {
    const { absent } = h.teams.outbound;
    expect(await absent!(TENANT, directoryId('bo'))).toBe(false);
    h.sandbox.connector.fail([{ kind: 'reset' }]);
    await expect(absent!(TENANT, directoryId('bo'))).rejects.toThrow(SendError);
    const connector = createConnector({ token: () => Promise.resolve(undefined), wall });
    const asked = (id: string) =>
      connector.isStranger(h.sandbox.serviceUrl(), personalConversation('bo'), id);
    expect(await asked('nobody')).toBe(true);
    expect(await asked(directoryId('bo'))).toBe(false);
    for (const code of ['ConversationNotFound', 'BotNotInConversationRoster']) {
      h.sandbox.connector.fail([{ kind: 'status', status: 404, code }]);
      await expect(asked('nobody')).rejects.toThrow(SendError);
    }
  });
});

/** What came of the one attempt: the fault, and how many messages stand there. */
async function attempt(fault: Fault, work: () => Promise<unknown> = () => post(channel())) {
  h.sandbox.connector.fail([fault]);
  const before = h.sandbox.connector.calls.length;
  const error = await work().then(
    () => undefined,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(SendError);
  expect(h.sandbox.connector.calls.length - before).toBe(1);
  return error as SendError;
}
const status = (code: number, more: Partial<Extract<Fault, { kind: 'status' }>> = {}): Fault => ({
  kind: 'status',
  status: code,
  ...more,
});

describe('an attempt is made once, and its failure has a name:', () => {
  const cases: readonly (readonly [string, Fault, SendFault])[] = [
    ['429', status(429), 'limited'],
    ['412', status(412), 'transient'],
    ['502', status(502), 'transient'],
    ['503', status(503), 'transient'],
    ['401', status(401), 'transient'],
    ['504', status(504), 'unknown'],
    ['500', status(500), 'unknown'],
    ['a reset', { kind: 'reset' }, 'unknown'],
    ['403 not in the roster', status(403, { code: 'BotNotInConversationRoster' }), 'unreachable'],
    ['404', status(404, { code: 'ConversationNotFound' }), 'unreachable'],
    ['400', status(400, { code: 'BadSyntax' }), 'refused'],
    ['413', status(413, { code: 'MessageSizeTooBig' }), 'refused'],
  ];
  test.each(cases)('%s', async (_what, fault, name) => {
    expect((await attempt(fault)).fault).toBe(name);
    expect(messages()).toEqual([]);
  });

  test('a reset after Teams took the message leaves one message, not two', async () => {
    expect((await attempt({ kind: 'reset', taken: true })).fault).toBe('unknown');
    expect(messages()).toHaveLength(1);
  });

  test('Retry-After is handed on', async () => {
    expect((await attempt(status(429, { retryAfter: '17' }))).retryAfterMs).toBe(17_000);
    expect((await attempt(status(429))).retryAfterMs).toBeGreaterThan(0);
  });

  test('somebody without the app is unreachable', async () => {
    await expect(post(person('nobody'))).rejects.toMatchObject({ fault: 'unreachable' });
  });

  test('opening a chat may be tried again even when its outcome is unknown', async () => {
    expect((await attempt({ kind: 'reset' }, () => post(person('ana')))).fault).toBe('transient');
  });
});

describe('a change that fails', () => {
  const update = () =>
    h.teams.outbound.update(TENANT, { conversation: claims, id: 'gone' }, channel(), digest, names);
  test('may be made again: it says the same', async () => {
    expect((await attempt(status(504), update)).fault).toBe('transient');
    expect((await attempt({ kind: 'reset' }, update)).fault).toBe('transient');
  });
  test('because the message is gone does not make the channel unreachable', async () => {
    await expect(update()).rejects.toMatchObject({ fault: 'refused' });
  });
  test('because the conversation is gone does', async () => {
    expect((await attempt(status(404, { code: 'ConversationNotFound' }), update)).fault).toBe('unreachable');
  });
});

/** A port that somebody had and gave back: nobody listens there. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((closed) => server.close(() => closed()));
  return port;
}

describe('the connection', () => {
  const connector = (timeoutMs: number, token = () => Promise.resolve<string | undefined>('t')) =>
    createConnector({ token, wall, timeoutMs });

  test('that hangs is given up, and its outcome is unknown', async () => {
    h.sandbox.connector.fail([{ kind: 'hang' }]);
    const sent = connector(50).post(h.sandbox.serviceUrl(), claims, { type: 'message', text: 'x' });
    await expect(sent).rejects.toMatchObject({ fault: 'unknown' });
  });

  test('that cannot be made sent nothing', async () => {
    const closed = await closedPort();
    const sent = connector(5000).post(`http://127.0.0.1:${closed}`, claims, { type: 'message', text: 'x' });
    await expect(sent).rejects.toMatchObject({ fault: 'transient' });
  });

  test('without a token sent nothing, and does not show why in its message', async () => {
    const failing = connector(5000, () => Promise.reject(new Error('secret client_secret=abc')));
    const sent = failing.post(h.sandbox.serviceUrl(), claims, { type: 'message', text: 'x' });
    await expect(sent).rejects.toMatchObject({
      fault: 'transient',
      message: 'Microsoft gave no token for the bot',
    });
    expect(messages()).toEqual([]);
  });
});

test.each([
  'CERT_HAS_EXPIRED',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ENOTFOUND',
])('%s comes before anything is sent: the message may go again', (code) => {
  const failed = new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code }) });
  expect(faultFromNetwork(failed, 'post')).toMatchObject({
    fault: 'transient',
    message: `No answer from Teams (${code})`,
  });
});

test.each([
  ['5', 5000],
  ['0', 0],
  ['Thu, 01 Jan 1970 00:00:10 GMT', 9000],
  ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ['999999', 3_600_000],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
])('Retry-After %j is %j ms', (header, ms) => {
  expect(retryAfter(header, 1000)).toBe(ms);
});
