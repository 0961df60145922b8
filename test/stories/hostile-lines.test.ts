import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../commands/index.ts';
import type { Envelope } from '../../src/platforms/platform.ts';
import { renderCard as onSlack } from '../../src/platforms/slack/card.ts';
import { renderCard as onTeams } from '../../src/platforms/teams/card.ts';
import { ENGINES } from '../support/databases.ts';
import { dump } from '../support/dump.ts';
import { type TestCoxswain, startCoxswain } from '../support/coxswain.ts';
import { chat } from '../support/teams-coxswain.ts';
import { foundClaims, posts, type } from './crew.ts';

const SEED = 20_261_116;

/** Pieces that a key, a person, a time, a colour or a code can never hold. */
const NASTY = [
  '<!channel>',
  '<!here>',
  '<!subteam^S1>',
  '@channel',
  '<@U0NOBODY>',
  '<#C0NOWHERE>',
  '<at>everyone</at>',
  '\u202E',
  '\u200B',
  '\uD800',
  '\u0000',
  '=cmd|calc!A1',
  '§',
  '"',
  '“',
  "'",
  '\\',
  '`',
  '*_~',
  '&lt;',
  '<script>',
  '🏴‍☠️',
  'ن',
  '../../etc/passwd',
  "'; drop table seats; --",
  '%00',
  '{{7*7}}',
  '${7*7}',
];
const words = COMMANDS.flatMap((c) => [
  c.name,
  ...(c.aliases ?? []),
  ...c.verbs.flatMap((v) => [v.name, ...(v.aliases ?? [])]),
]).filter((w) => w !== '');
const nasty = fc.constantFrom(...NASTY);
const argument = fc
  .tuple(
    fc.string({ unit: 'binary', maxLength: 12 }),
    nasty,
    fc.string({ maxLength: 12 }),
    fc.option(fc.constantFrom('seat', 'severity', 'owner', 'period', 'data'), { freq: 4 }),
  )
  .map(([before, bad, after, name]) => `${name === null ? '' : `${name}=`}${before}§${bad}${after}`);
const verbs = COMMANDS.flatMap((c) => c.verbs.map((v) => `${c.name} ${v.name}`));
const line = fc.oneof(
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...verbs), fc.array(argument, { minLength: 1, maxLength: 2 }))
      .map(([verb, rest]) => [verb, ...rest].join(' ')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }).map((s) => `§${s}`) },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }).map((s) => `${s}§`) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...words),
        fc.array(
          fc.oneof(
            argument,
            fc.constantFrom(...words).map((w) => `§${w}`),
          ),
          { minLength: 1, maxLength: 6 },
        ),
      )
      .map(([first, rest]) => [first, ...rest].join(' ')),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...words),
        fc.constantFrom(...words),
        fc.array(argument, { minLength: 1, maxLength: 5 }),
      )
      .map(([a, b, rest]) => [a, b, ...rest].join(' ')),
  },
);

const NAMES = { user: () => undefined };
const FIRES = /<!|<@|<at>/;

/** Dana holds no role: what she may do is what anybody may do. */
const envelope = (c: TestCoxswain, n: number): Envelope => ({
  platform: 'slack',
  tenant: c.slack.state.setup.team.id,
  user: { ref: 'U0DANA' },
  place: { kind: 'channel', ref: 'C0CLAIMS', name: 'claims-ai' },
  requestKey: `hostile:${n}`,
});

describe.each(ENGINES)('what nobody should type, %s', (engine) => {
  test(
    'ten thousand lines change nothing, crash nothing, and mention nobody',
    { timeout: 60_000 },
    async () => {
      const c = await startCoxswain(engine);
      await foundClaims(c);
      await type(c, 'dana', 'me');
      const before = await dump(c.app.store.read, c.org);
      const lines = fc.sample(line, { seed: SEED, numRuns: 10_000 });
      const { inbound } = c.running.coxswain.deps;
      const kinds = new Map<string, number>();
      for (let i = 0; i < lines.length; i += 8) {
        const replies = await Promise.all(
          lines.slice(i, i + 8).map((text, n) => inbound.command(envelope(c, i + n), text)),
        );
        for (const reply of replies) {
          kinds.set(reply.kind, (kinds.get(reply.kind) ?? 0) + 1);
          if (reply.kind !== 'card') continue;
          expect(reply.card.title).not.toContain('Something went wrong');
          const slack = JSON.stringify(
            onSlack(reply.card, { names: NAMES, surface: 'message', strict: true, picture: () => undefined }),
          );
          const teams = JSON.stringify(onTeams(reply.card, { names: NAMES, pictureUrl: () => undefined }));
          if (FIRES.test(slack)) throw new Error(`a mention on Slack: ${slack}`);
          if (teams.includes('"mentioned"')) throw new Error(`a mention on Teams: ${teams}`);
        }
      }
      await c.settle();
      expect(await dump(c.app.store.read, c.org)).toEqual(before);
      // Forms opened, answers were given: it was not one refusal at the door.
      expect(kinds.get('form') ?? 0).toBeGreaterThan(10);
      expect(kinds.get('card') ?? 0).toBeGreaterThan(1000);
    },
  );

  test('hundreds over HTTP are all answered within Slack’s rules', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const before = await dump(c.app.store.read, c.org);
    const place = c.slack.as('dana').in('#claims-ai');
    const shown = posts(c, '#claims-ai').length;
    for (const text of fc.sample(line, { seed: SEED + 1, numRuns: 150 })) {
      const seen = await place.slash(text);
      expect(seen.failure).toBeUndefined();
      for (const message of seen.messages) expect(JSON.stringify(message.raw.blocks)).not.toMatch(FIRES);
    }
    expect(posts(c, '#claims-ai')).toHaveLength(shown);
    expect(await dump(c.app.store.read, c.org)).toEqual(before);
  });
});

const BODIES: readonly { name: string; type: string; body: string }[] = [
  { name: 'nothing', type: 'application/json', body: '' },
  { name: 'half a JSON', type: 'application/json', body: '{"type":"event_callback","event":{' },
  { name: 'null', type: 'application/json', body: 'null' },
  { name: 'a number', type: 'application/json', body: '1e999' },
  { name: 'an array', type: 'application/json', body: '[[[[]]]]' },
  { name: 'deep JSON', type: 'application/json', body: '['.repeat(20_000) + ']'.repeat(20_000) },
  {
    name: 'an event without an event',
    type: 'application/json',
    body: '{"type":"event_callback","team_id":"T0SANDBOX"}',
  },
  {
    name: 'an event of another shape',
    type: 'application/json',
    body: '{"type":"event_callback","event_id":"E1","team_id":"T0SANDBOX","event":{"type":"message","channel_type":"im","user":{},"text":[]}}',
  },
  {
    name: 'a poisoned prototype',
    type: 'application/json',
    body: '{"__proto__":{"type":"event_callback"},"constructor":{"prototype":{}}}',
  },
  { name: 'a payload that is no JSON', type: 'application/x-www-form-urlencoded', body: 'payload=%7Boops' },
  {
    name: 'a press without a button',
    type: 'application/x-www-form-urlencoded',
    body: `payload=${encodeURIComponent('{"type":"block_actions","team":{"id":"T0SANDBOX"},"user":{"id":"U0ANA"},"actions":[]}')}`,
  },
  {
    name: 'a press of another app’s button',
    type: 'application/x-www-form-urlencoded',
    body: `payload=${encodeURIComponent('{"type":"block_actions","team":{"id":"T0SANDBOX"},"user":{"id":"U0ANA"},"actions":[{"type":"button","action_id":"press:issue.acknowledge","value":"{}"}]}')}`,
  },
  {
    name: 'a form of nobody',
    type: 'application/x-www-form-urlencoded',
    body: `payload=${encodeURIComponent('{"type":"view_submission","team":{"id":"T0SANDBOX"},"user":{"id":"U0ANA"},"view":{"callback_id":"form","private_metadata":"{}","state":{"values":null},"blocks":[]}}')}`,
  },
  {
    name: 'a command without a team',
    type: 'application/x-www-form-urlencoded',
    body: 'command=%2Fpilot&text=help',
  },
  {
    name: 'broken percent signs',
    type: 'application/x-www-form-urlencoded',
    body: '%%%=%ZZ&command=%2Fpilot',
  },
  { name: 'another type', type: 'text/plain', body: 'command=/pilot&text=help' },
  {
    name: 'five megabytes',
    type: 'application/x-www-form-urlencoded',
    body: `command=%2Fpilot&team_id=T0SANDBOX&user_id=U0ANA&channel_id=C0CLAIMS&text=${'x'.repeat(5_000_000)}`,
  },
];

/** The status of a rightly signed request; 413 also when the connection is closed in the middle of it. */
function post(c: TestCoxswain, contentType: string, body: string): Promise<number> {
  const at = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', c.slack.state.setup.signingSecret)
    .update(`v0:${at}:${body}`)
    .digest('hex');
  const headers = {
    'content-type': contentType,
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': `v0=${signature}`,
  };
  return fetch(`${c.running.url}/slack/events`, {
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(10_000),
  }).then(
    (response) => response.status,
    (error: unknown) => (error instanceof TypeError ? 413 : 599),
  );
}

describe.each(ENGINES)('bodies that make no sense, %s', (engine) => {
  test('from Slack, rightly signed: no fault of ours, nothing changed', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const before = await dump(c.app.store.read, c.org);
    const sent = BODIES.map(async ({ name, type: contentType, body }) => ({
      name,
      status: await post(c, contentType, body),
    }));
    for (const { name, status } of await Promise.all(sent)) {
      expect({ name, status, fault: status >= 500 }).toEqual({ name, status, fault: false });
    }
    await c.settle();
    expect(await dump(c.app.store.read, c.org)).toEqual(before);
  });

  test('from Teams: no fault of ours, nothing changed', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    // Where somebody speaks from is kept at the first time; this is it.
    await c.running.teams.client.say('U0ANA', chat('ana'), 'help');
    const before = await dump(c.app.store.read, c.org);
    const activity = c.running.teams.client.messageActivity('U0ANA', chat('ana'), 'help');
    const bodies = [
      ...BODIES.filter((b) => b.body.length < 100_000).map((b) => b.body),
      JSON.stringify({ ...activity, text: 'x'.repeat(300_000) }),
      JSON.stringify({ ...activity, serviceUrl: 'http://169.254.169.254/latest' }),
      JSON.stringify({ ...activity, conversation: null }),
      JSON.stringify({ ...activity, from: {} }),
      JSON.stringify({
        ...activity,
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { verb: 'coxswain.press', data: { name: [], payload: '\uD800' } } },
      }),
    ];
    for (const body of bodies) {
      const response = await fetch(`${c.running.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect({ body: body.slice(0, 80), fault: response.status >= 500 }).toEqual({
        body: body.slice(0, 80),
        fault: false,
      });
      await response.text();
    }
    await c.settle();
    expect(await dump(c.app.store.read, c.org)).toEqual(before);
  });
});
