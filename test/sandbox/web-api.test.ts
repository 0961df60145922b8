import { ErrorCode, LogLevel, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { methodNames } from '../../sandbox/slack/api.ts';
import { frozenClock, MINUTE, type Wall } from '../../src/clock.ts';
import { onlyAcknowledge, setup, type StandIn, startStandIn } from './standin.ts';

/** The client logs every refusal; here they are what is asked for. */
const quiet = {
  ...console,
  debug() {},
  info() {},
  warn() {},
  error() {},
  getLevel: () => LogLevel.ERROR,
  setLevel() {},
  setName() {},
};

let bot: StandIn;
let client: WebClient;
let now = Date.UTC(2026, 10, 23, 8);
const clock = frozenClock(now);
const wall: Wall = { now: () => now, sleep: () => Promise.resolve() };
const newClient = (token: string) =>
  new WebClient(token, {
    slackApiUrl: bot.workspace.apiUrl(),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quiet,
  });

beforeEach(async () => {
  bot = await startStandIn(onlyAcknowledge, { clock, wall });
  client = newClient(setup.botToken);
});
afterEach(() => bot.stop());

const failure = (promise: Promise<unknown>): Promise<{ code: string; data?: { error: string } }> =>
  promise.then(
    () => expect.fail('the call was accepted'),
    (error) => error as { code: string; data?: { error: string } },
  );
const codeOf = async (promise: Promise<unknown>) => (await failure(promise)).data?.error;
const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });

test('says who the bot is, and refuses other tokens and unknown methods', async () => {
  expect(await client.auth.test()).toMatchObject({ ok: true, team_id: 'T0HARBOUR', user_id: 'U0COX' });
  expect(await codeOf(newClient('another-token').auth.test())).toBe('invalid_auth');
  expect(await codeOf(client.apiCall('chat.shout'))).toBe('unknown_method');
  const anonymous = await fetch(`${bot.workspace.apiUrl()}auth.test`, { method: 'POST' });
  expect(await anonymous.json()).toEqual({ ok: false, error: 'not_authed' });
});

test('every method answers something better than unknown_method', async () => {
  const answers = methodNames.map((m) =>
    client.apiCall(m).then(
      () => 'ok',
      (e) => (e as { data: { error: string } }).data.error,
    ),
  );
  expect(await Promise.all(answers)).not.toContain('unknown_method');
});

test('a message to a person arrives in their direct messages, whose id comes back and takes updates', async () => {
  const posted = await client.chat.postMessage({ channel: 'U0BEN', text: 'Hello *Ben*' });
  expect(posted.channel).toBe('D0BEN');
  await client.chat.update({ channel: 'D0BEN', ts: posted.ts ?? '', text: 'Hello again' });
  expect(
    bot.workspace
      .dm('ben')
      .messages()
      .map((m) => m.text),
  ).toEqual(['Hello again']);
  expect(await codeOf(client.chat.update({ channel: 'U0BEN', ts: posted.ts ?? '', text: 'x' }))).toBe(
    'channel_not_found',
  );
});

test('takes JSON as well as forms, but not where Slack only reads forms', async () => {
  const call = (method: string, body: unknown) =>
    fetch(`${bot.workspace.apiUrl()}${method}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${setup.botToken}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify(body),
    }).then((r) => r.json());
  expect(
    await call('chat.postMessage', { channel: 'C0CLAIMS', blocks: [section('from JSON')] }),
  ).toMatchObject({ ok: true });
  expect(bot.workspace.channel('#claims').last().text).toBe('from JSON');
  expect(await call('users.info', { user: 'U0ANA' })).toMatchObject({
    ok: false,
    error: 'invalid_arguments',
  });
  expect(await client.users.info({ user: 'U0ANA' })).toMatchObject({
    user: { real_name: 'Ana Silva', tz: 'Europe/Lisbon' },
  });
});

test('refuses blocks that Slack would refuse, and says why', async () => {
  const tooLong = client.chat.postMessage({
    channel: 'C0CLAIMS',
    text: 'x',
    blocks: [section('y'.repeat(3001))],
  });
  const error = (await failure(tooLong)) as unknown as {
    data: { error: string; response_metadata: { messages: string[] } };
  };
  expect(error.data.error).toBe('invalid_blocks');
  expect(error.data.response_metadata.messages.join()).toContain('3001');
  const gone = { type: 'image' as const, alt_text: 'chart', slack_file: { id: 'F404' } };
  expect(await codeOf(client.chat.postMessage({ channel: 'C0CLAIMS', text: 'x', blocks: [gone] }))).toBe(
    'invalid_blocks',
  );
  expect(bot.workspace.channel('#claims').messages()).toEqual([]);
});

test('an uploaded picture can be shown in a message and fetched', async () => {
  const bytes = Buffer.from('89504e470d0a1a0a', 'hex');
  const uploaded = await client.filesUploadV2({ file: bytes, filename: 'week.png', title: 'Week 47' });
  const [first] = uploaded.files as { files: { id: string }[] }[];
  const id = first?.files[0]?.id ?? '';
  const image = { type: 'image' as const, alt_text: 'All green', slack_file: { id } };
  await client.chat.postMessage({ channel: 'C0CLAIMS', text: 'Week 47', blocks: [image] });
  const info = await client.files.info({ file: id });
  const address = info.file?.url_private ?? '';
  const fetched = await fetch(address, { headers: { authorization: `Bearer ${client.token}` } });
  expect(fetched.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await fetched.arrayBuffer())).toEqual(bytes);
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(302);
});

test('metadata is kept, and shown in history only when asked for', async () => {
  const metadata = { event_type: 'delivery', event_payload: { id: 'd-1' } };
  const { ts = '' } = await client.chat.postMessage({ channel: 'C0CLAIMS', text: 'with a mark', metadata });
  const [quiet] = (await client.conversations.history({ channel: 'C0CLAIMS' })).messages ?? [];
  expect(quiet).not.toHaveProperty('metadata');
  const all = await client.conversations.history({ channel: 'C0CLAIMS', include_all_metadata: true });
  expect(all.messages?.[0]).toMatchObject({ ts, metadata });
});

test('history is newest first and comes in pages; threads are read apart', async () => {
  for (const text of ['one', 'two', 'three']) await client.chat.postMessage({ channel: 'C0CLAIMS', text });
  const [first] = bot.workspace.channel('#claims').messages();
  await client.chat.postMessage({ channel: 'C0CLAIMS', text: 'an answer', thread_ts: first?.ts ?? '' });
  const texts: (string | undefined)[] = [];
  for await (const page of client.paginate('conversations.history', { channel: 'C0CLAIMS', limit: 2 }))
    texts.push(...(page as unknown as { messages: { text: string }[] }).messages.map((m) => m.text));
  expect(texts).toEqual(['three', 'two', 'one']);
  const thread = await client.conversations.replies({ channel: 'C0CLAIMS', ts: first?.ts ?? '' });
  expect(thread.messages?.map((m) => m.text)).toEqual(['one', 'an answer']);
});

test('message times come from business time and never repeat', async () => {
  const a = await client.chat.postMessage({ channel: 'C0CLAIMS', text: 'a' });
  const b = await client.chat.postMessage({ channel: 'C0CLAIMS', text: 'b' });
  expect(Math.floor(Number(a.ts) * 1000)).toBe(clock.now());
  expect(Number(b.ts)).toBeGreaterThan(Number(a.ts));
});

test('an ephemeral message is seen by one person and cannot be updated', async () => {
  const { message_ts: ts = '' } = await client.chat.postEphemeral({
    channel: 'C0CLAIMS',
    user: 'U0BEN',
    text: 'psst',
  });
  expect(bot.workspace.as('ben').in('#claims').last()).toMatchObject({ text: 'psst', ephemeral: true });
  expect(bot.workspace.as('ana').in('#claims').messages()).toEqual([]);
  expect(await codeOf(client.chat.update({ channel: 'C0CLAIMS', ts, text: 'x' }))).toBe('message_not_found');
});

test('the bot cannot write where it is not a member', async () => {
  await bot.workspace.removeBot('#claims', 'ana');
  expect(await codeOf(client.chat.postMessage({ channel: 'C0CLAIMS', text: 'x' }))).toBe('not_in_channel');
  await client.conversations
    .join({ channel: 'C0CLAIMS' })
    .then(() => client.chat.postMessage({ channel: '#claims', text: 'back' }));
  bot.workspace.channel('#claims').expectMessage('back');
});

test('people are found by email; a deactivated account is not', async () => {
  expect(await client.users.lookupByEmail({ email: 'BEN@harbour.example' })).toMatchObject({
    user: { id: 'U0BEN' },
  });
  await bot.workspace.deactivate('ben');
  expect(await codeOf(client.users.lookupByEmail({ email: 'ben@harbour.example' }))).toBe('users_not_found');
  expect(await client.users.info({ user: 'U0BEN' })).toMatchObject({ user: { deleted: true } });
  expect(await codeOf(client.conversations.open({ users: 'U0BEN' }))).toBe('user_disabled');
});

test('missing scopes are named', async () => {
  await bot.stop();
  bot = await startStandIn(onlyAcknowledge, { scopes: ['chat:write'] });
  client = newClient(setup.botToken);
  expect(await failure(client.users.list({}))).toMatchObject({
    data: { error: 'missing_scope', needed: 'users:read' },
  });
  expect(await client.chat.postMessage({ channel: 'C0CLAIMS', text: 'x' })).toMatchObject({ ok: true });
});

test('faults happen on the calls they were meant for, then stop', async () => {
  const { faults } = bot.workspace;
  const post = (text: string) => client.chat.postMessage({ channel: 'C0CLAIMS', text });
  faults.next('chat.postMessage', 1, { kind: '429', retryAfter: 7 });
  faults.next('chat.postMessage', 1, { kind: '500' });
  faults.next('chat.postMessage', 1, { kind: 'error', error: 'is_archived' });
  expect(await failure(post('limited'))).toMatchObject({ code: ErrorCode.RateLimitedError, retryAfter: 7 });
  expect(await failure(post('broken'))).toMatchObject({ code: ErrorCode.HTTPError, statusCode: 500 });
  expect(await codeOf(post('archived'))).toBe('is_archived');
  await post('fine');
  expect(
    bot.workspace
      .channel('#claims')
      .messages()
      .map((m) => m.text),
  ).toEqual(['fine']);
  expect(bot.workspace.calls('chat.postMessage').map((c) => c.answer)).toEqual(['429', '500', 'error', 'ok']);
});

test('a connection that breaks after the call leaves the message, one before it does not', async () => {
  const { faults } = bot.workspace;
  faults.next('chat.postMessage', 1, { kind: 'reset_before_accept' });
  faults.next('chat.postMessage', 1, { kind: 'reset_after_accept' });
  for (const text of ['lost', 'kept']) {
    const error = await failure(client.chat.postMessage({ channel: 'C0CLAIMS', text }));
    expect(error.code).toBe(ErrorCode.RequestError);
  }
  expect(
    bot.workspace
      .channel('#claims')
      .messages()
      .map((m) => m.text),
  ).toEqual(['kept']);
});

test('a held call is answered when the test says so', async () => {
  let release = () => {};
  const until = new Promise<void>((r) => (release = r));
  bot.workspace.faults.next('*', 1, { kind: 'hold', until });
  const posting = client.chat.postMessage({ channel: 'C0CLAIMS', text: 'patient' });
  await client.auth.test({});
  expect(bot.workspace.channel('#claims').messages()).toEqual([]);
  release();
  await posting;
  bot.workspace.channel('#claims').expectMessage('patient');
});

test('a response_url works five times within half an hour', async () => {
  await bot.workspace.as('ana').in('#claims').slash('help');
  const url = new URLSearchParams(bot.workspace.sent.at(-1)?.body).get('response_url') ?? '';
  const answer = (text: string) =>
    fetch(url, {
      method: 'POST',
      body: JSON.stringify({ text }),
      headers: { 'content-type': 'application/json' },
    });
  for (let i = 0; i < 5; i += 1) expect((await answer(`answer ${i}`)).status).toBe(200);
  expect(await (await answer('one too many')).text()).toBe('used_url');
  await bot.workspace.as('ana').in('#claims').slash('help');
  const later = new URLSearchParams(bot.workspace.sent.at(-1)?.body).get('response_url') ?? '';
  now += 31 * MINUTE;
  expect(await (await fetch(later, { method: 'POST', body: '{"text":"late"}' })).text()).toBe('expired_url');
  expect(
    bot.workspace
      .as('ana')
      .in('#claims')
      .messages()
      .filter((m) => m.text.startsWith('answer')),
  ).toHaveLength(5);
});

test('reset leaves an empty workspace', async () => {
  await client.chat.postMessage({ channel: 'U0ANA', text: 'x' });
  bot.workspace.reset();
  expect(bot.workspace.dm('ana').messages()).toEqual([]);
  expect(bot.workspace.calls()).toEqual([]);
});
