import { afterEach, describe, expect, it } from 'vitest';
import { check } from '../../sandbox/slack/check.ts';
import type { Destination, SendError } from '../../src/platforms/platform.ts';
import { card, paragraph, picture } from '../../src/ui/card.ts';
import { sampleCards, sampleNames } from '../support/sample-cards.ts';
import { type Slack, type World, withSlack } from './stand-in.ts';

let slack: Slack;
const open = async (world?: World) => (slack = await withSlack(world));
afterEach(() => slack?.close());

const ana: Destination = { kind: 'person', user: { ref: 'U0ANA' } };
const claims: Destination = { kind: 'channel', conversation: { ref: 'C0CLAIMS' } };
const ping = sampleCards['ping']!;
const post = (s: Slack, to: Destination = ana, thread?: { conversation: string; id: string }) =>
  s.platform.outbound.post('T1', to, ping, sampleNames, {
    deliveryId: 'd1',
    ...(thread === undefined ? {} : { thread }),
  });
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => 'sent',
    (error: SendError) => error.fault,
  );

describe('posting', () => {
  it('a direct message is addressed to the person, and its own channel is kept', async () => {
    const s = await open();
    s.api.answer('chat.postMessage', { ok: true, channel: 'D0ANA', ts: '7.7' });
    expect(await post(s)).toEqual({ conversation: 'D0ANA', id: '7.7' });
    const { args } = s.api.of('chat.postMessage')[0]!;
    expect(args).toMatchObject({
      channel: 'U0ANA',
      metadata: { event_type: 'coxswain_delivery', event_payload: { id: 'd1' } },
    });
    expect(check('message', { blocks: args['blocks'], text: args['text'] })).toEqual([]);
  });

  it('the next one goes to the channel that is known by then', async () => {
    const s = await open();
    await post(s, { ...ana, conversation: { ref: 'D0ANA' } });
    await post(s, claims, { conversation: 'C0CLAIMS', id: '1.1' });
    expect(s.api.of('chat.postMessage').map(({ args }) => [args['channel'], args['thread_ts']])).toEqual([
      ['D0ANA', undefined],
      ['C0CLAIMS', '1.1'],
    ]);
  });

  it('what is shown is updated where it stands', async () => {
    const s = await open();
    await s.platform.outbound.update(
      'T1',
      { conversation: 'D0ANA', id: '7.7' },
      ana,
      sampleCards['acknowledged']!,
      sampleNames,
    );
    expect(s.api.of('chat.update')[0]!.args).toMatchObject({ channel: 'D0ANA', ts: '7.7' });
  });
});

it('what is shown has an address that people can open', async () => {
  const s = await open();
  const shown = { conversation: 'C0CLAIMS', id: '1700000000.000100' };
  expect(await s.platform.outbound.link?.('T1', shown)).toBe(
    'https://acme.slack.com/archives/C0CLAIMS/p1700000000000100',
  );
});

describe('when it goes wrong, what to do next is known', () => {
  const codes: [string, string][] = [
    ['channel_not_found', 'unreachable'],
    ['is_archived', 'unreachable'],
    ['user_not_found', 'unreachable'],
    ['not_in_channel', 'unreachable'],
    ['cannot_dm_bot', 'unreachable'],
    ['account_inactive', 'unreachable'],
    ['invalid_blocks', 'refused'],
    ['msg_too_long', 'refused'],
    ['invalid_auth', 'unreachable'],
    ['token_revoked', 'unreachable'],
    ['token_expired', 'transient'],
    ['org_login_required', 'transient'],
    ['team_access_not_granted', 'unreachable'],
    ['service_unavailable', 'transient'],
    ['internal_error', 'unknown'],
    ['fatal_error', 'unknown'],
    ['ratelimited', 'limited'],
  ];
  it.each(codes)('%s is %s', async (error, fault) => {
    const s = await open();
    s.api.answer('chat.postMessage', { ok: false, error });
    expect(await faultOf(post(s))).toBe(fault);
    expect(s.api.of('chat.postMessage')).toHaveLength(1);
  });

  it('429 says how long to wait, and is not tried again by itself', async () => {
    const s = await open();
    s.api.answer('chat.postMessage', (_, res) => res.writeHead(429, { 'retry-after': '17' }).end());
    const error = await post(s).catch((e: SendError) => e);
    expect(error).toMatchObject({ fault: 'limited', retryAfterMs: 17_000 });
    expect(s.api.of('chat.postMessage')).toHaveLength(1);
  });

  it('429 without a figure waits all the same', async () => {
    const s = await open();
    s.api.answer('chat.postMessage', (_, res) => res.writeHead(429).end());
    expect(await post(s).catch((e: SendError) => e)).toMatchObject({
      fault: 'limited',
      retryAfterMs: 30_000,
    });
  });

  it('503 was not taken; any other 5xx may have been', async () => {
    const s = await open();
    for (const [status, fault] of [
      [503, 'transient'],
      [500, 'unknown'],
      [502, 'unknown'],
      [504, 'unknown'],
    ] as const) {
      s.api.answer('chat.postMessage', (_, res) => res.writeHead(status).end('no'));
      expect([status, await faultOf(post(s))]).toEqual([status, fault]);
    }
  });

  it('a connection that breaks after sending leaves it unknown, and nothing is sent twice', async () => {
    const s = await open();
    s.api.answer('chat.postMessage', (req) => req.socket.destroy());
    expect(await faultOf(post(s))).toBe('unknown');
    expect(s.api.of('chat.postMessage')).toHaveLength(1);
  });

  it('an answer that makes no sense leaves it unknown too', async () => {
    const s = await open();
    s.api.answer('chat.postMessage', (_, res) =>
      res.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":tr'),
    );
    expect(await faultOf(post(s))).toBe('unknown');
  });

  it('an update that may have been taken is simply done again', async () => {
    const s = await open();
    s.api.answer('chat.update', (req) => req.socket.destroy());
    const update = s.platform.outbound.update('T1', { conversation: 'D1', id: '1' }, ana, ping, sampleNames);
    expect(await faultOf(update)).toBe('transient');
  });

  it('a Slack that cannot be reached has taken nothing', async () => {
    const s = await open();
    await s.api.close();
    expect(await faultOf(post(s))).toBe('transient');
  });
});

describe('looking an unknown delivery up', () => {
  const of = (id: string, ts: string) => ({
    ts,
    metadata: { event_type: 'coxswain_delivery', event_payload: { id } },
  });

  it('finds it by its metadata, however far back', async () => {
    const s = await open();
    s.api.answer('conversations.open', { ok: true, channel: { id: 'D0ANA' } });
    s.api.answer(
      'conversations.history',
      { ok: true, messages: [of('other', '3'), { ts: '2' }], response_metadata: { next_cursor: 'n' } },
      { ok: true, messages: [of('d1', '1')] },
    );
    expect(await s.platform.outbound.find('T1', ana, 'd1')).toEqual({ conversation: 'D0ANA', id: '1' });
    expect(s.api.of('conversations.history').map(({ args }) => args['cursor'])).toEqual([undefined, 'n']);
  });

  it('is certain that nothing was posted only after the whole conversation', async () => {
    const s = await open();
    const known: Destination = { ...ana, conversation: { ref: 'D0ANA' } };
    s.api.answer('conversations.history', { ok: true, messages: [of('other', '3')] });
    expect(await s.platform.outbound.find('T1', known, 'd1')).toBeUndefined();
    const more = { ok: true, messages: [], response_metadata: { next_cursor: 'n' } };
    s.api.answer('conversations.history', more, more, more, more, more);
    expect(await s.platform.outbound.find('T1', known, 'd1')).toBe('unknown');
  });

  it('cannot tell in channels, whose history is not asked for', async () => {
    const s = await open();
    expect(await s.platform.outbound.find('T1', claims, 'd1')).toBe('unknown');
    expect(s.api.of('conversations.history')).toEqual([]);
  });
});

describe('pictures', () => {
  const chart = card('Chart', [paragraph('x'), picture({ name: 'scorecard', args: {}, alt: 'One red' })]);
  const send = (s: Slack, c = chart) =>
    s.platform.outbound.post('T1', claims, c, sampleNames, { deliveryId: 'd1' });
  const sent = (s: Slack) => JSON.stringify(s.api.of('chat.postMessage').at(-1)!.args['blocks']);
  const quick = { now: () => Date.now(), sleep: async () => {} };

  it('with a public address are shown from there', async () => {
    const s = await open({
      deps: {
        addresses: () =>
          Promise.resolve({ picture: () => 'https://coxswain.example/i/x.png', file: () => undefined }),
      },
    });
    await send(s);
    expect(sent(s)).toContain('"image_url":"https://coxswain.example/i/x.png"');
    expect(s.api.of('files.getUploadURLExternal')).toEqual([]);
  });

  it('without one are uploaded, once, and named when Slack is ready for them', async () => {
    const s = await open({ wall: quick });
    s.api.answer('files.getUploadURLExternal', {
      ok: true,
      upload_url: `${s.api.origin}/upload/1`,
      file_id: 'F1',
    });
    s.api.answer(
      'files.info',
      { ok: true, file: { id: 'F1' } },
      { ok: true, file: { id: 'F1', mimetype: 'image/png' } },
    );
    await send(s);
    await send(s);
    expect(sent(s)).toContain('"slack_file":{"id":"F1"}');
    expect(s.api.of('files.info')).toHaveLength(2);
    expect(s.api.of('upload/1')).toHaveLength(1);
    expect(s.api.of('files.completeUploadExternal')).toHaveLength(1);
  });

  it('that Slack refuses are said in words', async () => {
    const s = await open({ wall: quick });
    s.api.answer('files.getUploadURLExternal', { ok: false, error: 'missing_scope' });
    await send(s);
    expect(sent(s)).toContain('One red');
    expect(sent(s)).not.toContain('"image"');
  });

  it('wait when Slack asks to wait', async () => {
    const s = await open({ wall: quick });
    s.api.answer('files.getUploadURLExternal', (_, res) => res.writeHead(429, { 'retry-after': '5' }).end());
    expect(await faultOf(send(s))).toBe('limited');
    expect(s.api.of('chat.postMessage')).toEqual([]);
  });
});

describe('who somebody is', () => {
  const profileOf = async (user: object) => {
    const s = await open();
    s.api.answer('users.info', { ok: true, user });
    const profile = await s.platform.outbound.profile('T1', 'U0ANA');
    await s.close();
    return profile;
  };
  const ana = {
    id: 'U0ANA',
    team_id: 'T1',
    tz: 'Europe/Berlin',
    is_email_confirmed: true,
    profile: { display_name: 'Ana', email: 'ana@acme.example' },
  };

  it('a member has a name, a zone and a confirmed address', async () => {
    expect(await profileOf(ana)).toEqual({
      name: 'Ana',
      email: 'ana@acme.example',
      zone: 'Europe/Berlin',
      guest: false,
      active: true,
    });
  });

  it('guests, strangers, bots and people of other workspaces are guests', async () => {
    for (const more of [
      { is_restricted: true },
      { is_ultra_restricted: true },
      { is_stranger: true },
      { is_bot: true },
      { team_id: 'T2' },
    ]) {
      expect((await profileOf({ ...ana, ...more }))?.guest).toBe(true);
    }
  });

  it('an address that nobody confirmed is none', async () => {
    expect((await profileOf({ ...ana, is_email_confirmed: false }))?.email).toBeUndefined();
  });

  it('a deactivated account is not active, and an unknown one is nobody', async () => {
    expect((await profileOf({ ...ana, deleted: true }))?.active).toBe(false);
    const s = await open();
    s.api.answer('users.info', { ok: false, error: 'user_not_found' });
    expect(await s.platform.outbound.profile('T1', 'U9')).toBeUndefined();
  });
});
