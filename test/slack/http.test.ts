import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSlack } from '../../src/platforms/slack/index.ts';
import { wall } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { type Slack, type World, sign, slash, stubInbound, withSlack } from './stand-in.ts';
import { NO_INSTALLATIONS } from '../support/no-installations.ts';

let slack: Slack;
const open = async (world?: World) => (slack = await withSlack(world));
afterEach(() => slack?.close());

const help = () => new URLSearchParams(slash('https://hooks.slack.com', 'help')).toString();
const FORM = 'application/x-www-form-urlencoded';
const at = (seconds: number) => String(Math.floor(Date.now() / 1000) + seconds);

describe('requests that are not Slack’s have no effect', () => {
  it('a forged, altered, unsigned or half-signed request is refused', async () => {
    const s = await open();
    const body = help();
    const ts = at(0);
    const requests: [string, Record<string, string>][] = [
      ['forged', { 'x-slack-signature': sign(ts, body, 'another secret') }],
      ['altered', { 'x-slack-signature': sign(ts, body.replace('help', 'seat')) }],
      [
        'signed at another time',
        { 'x-slack-signature': sign(at(-10), body), 'x-slack-request-timestamp': ts },
      ],
      ['unsigned', { 'x-slack-signature': '' }],
      ['of a version nobody knows', { 'x-slack-signature': sign(ts, body).replace('v0=', 'v1=') }],
      ['without a time', { 'x-slack-request-timestamp': '' }],
      ['with nonsense for a time', { 'x-slack-request-timestamp': 'NaN' }],
    ];
    for (const [what, headers] of requests) {
      const { status } = await s.send(FORM, body, { 'x-slack-request-timestamp': ts, ...headers });
      expect([what, status]).toEqual([what, 401]);
    }
    expect(s.asked).toEqual([]);
  });

  it('a stale request and one from the future are refused, though their signature is right', async () => {
    const s = await open();
    for (const seconds of [-3600, -301, 301, 3600]) {
      const [ts, body] = [at(seconds), help()];
      const { status } = await s.send(FORM, body, {
        'x-slack-request-timestamp': ts,
        'x-slack-signature': sign(ts, body),
      });
      expect([seconds, status]).toEqual([seconds, 401]);
    }
    expect(s.asked).toEqual([]);
  });

  it('a request replayed a hundred times has one effect', async () => {
    const s = await open();
    const [ts, body] = [at(0), help()];
    const headers = { 'x-slack-request-timestamp': ts, 'x-slack-signature': sign(ts, body) };
    const answers = await Promise.all(Array.from({ length: 100 }, () => s.send(FORM, body, headers)));
    expect(s.asked).toHaveLength(1);
    expect(answers.filter((answer) => answer.body !== '')).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  });

  it('a replayed submission has one effect', async () => {
    const s = await open();
    const payload = new URLSearchParams({ payload: JSON.stringify(submissionOf({})) }).toString();
    const ts = at(0);
    const headers = { 'x-slack-request-timestamp': ts, 'x-slack-signature': sign(ts, payload) };
    for (let i = 0; i < 5; i += 1) await s.send(FORM, payload, headers);
    expect(s.asked).toHaveLength(1);
  });

  it('an event that Slack sends again has one effect', async () => {
    const s = await open();
    const mention = { type: 'app_mention', user: 'U0ANA', channel: 'C1', ts: '1.1', text: '<@U0COX> help' };
    const first = s.api.next('chat.postEphemeral');
    await s.event(mention);
    await s.event(mention, {}, { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' });
    await s.event(mention, {}, { 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_timeout' });
    await first;
    await s.event(mention, { event_id: 'Ev2' });
    expect(s.asked).toHaveLength(2);
  });

  it('a body over 1 MB is refused, announced or not', async () => {
    const s = await open();
    const body = `text=${'x'.repeat(1_000_001)}`;
    expect((await s.send(FORM, body)).status).toBe(413);
    expect(await streamed(s.url, body.length)).toContain('413');
    expect(s.asked).toEqual([]);
  });

  it('bodies that make no sense change nothing and break nothing', async () => {
    const s = await open();
    const bodies = [
      '',
      '{',
      '{}',
      'null',
      '[]',
      '"x"',
      '{"type":1}',
      '{"event":null}',
      '{"event":1}',
      'payload=%7B',
      'payload=null',
      'payload=',
      '%%%',
      '\u0000',
    ];
    const requests = [FORM, 'application/json', 'text/plain', ''].flatMap((type) =>
      bodies.map((body) => s.send(type, body)),
    );
    // Bolt lets some of them wait for its 3 s; none may be the process's last.
    for (const { status } of await Promise.all(requests)) expect(status).toBeLessThan(500);
    expect(s.asked).toEqual([]);
    expect((await s.form(slash(s.api.origin, 'help'))).status).toBe(200);
  }, 30_000);

  it('GET is no way in', async () => {
    const s = await open();
    expect((await fetch(s.url)).status).toBe(405);
  });
});

it('Slack’s test of the address is answered', async () => {
  const s = await open();
  const { body } = await s.send(
    'application/json',
    JSON.stringify({ type: 'url_verification', challenge: 'abc' }),
  );
  expect(body).toEqual({ challenge: 'abc' });
});

it('without a signing secret nothing starts', async () => {
  const deps = {
    ...stubInbound(),
    names: async () => ({ user: () => undefined }),
    installations: NO_INSTALLATIONS,
    addresses: () => Promise.resolve({ picture: () => undefined, file: () => undefined }),
    drawPicture: async () => new Uint8Array(),
    log: silentLog,
    wall,
  };
  for (const signingSecret of ['', '  ']) {
    expect(() => createSlack({ botToken: 'xoxb-1', signingSecret }, deps)).toThrow(/signing secret/);
  }
  expect(() => createSlack({ botToken: 'xoxb-1' }, deps)).toThrow(/signing secret/);
  expect(createSlack({ botToken: 'xoxb-1', appToken: 'xapp-1' }, deps).routes).toEqual([]);
});

const submissionOf = (values: object) => ({
  type: 'view_submission',
  team: { id: 'T1' },
  user: { id: 'U0ANA', name: 'ana', team_id: 'T1' },
  view: {
    id: 'V1',
    hash: '1.a',
    type: 'modal',
    callback_id: 'coxswain_form',
    private_metadata: JSON.stringify({ form: 'seat.add', args: {}, from: {} }),
    blocks: [],
    state: { values },
    title: { type: 'plain_text', text: 'T' },
    submit: null,
    close: null,
  },
});

/** Posts without saying how long the body is, and resolves with the first line of the answer. */
function streamed(url: string, length: number): Promise<string> {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`POST ${pathname} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n`);
      socket.write(`x-slack-request-timestamp: ${at(0)}\r\n\r\n${length.toString(16)}\r\n`);
      socket.write('x'.repeat(length));
    });
    socket.once('data', (data) => {
      resolve(data.toString().split('\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
