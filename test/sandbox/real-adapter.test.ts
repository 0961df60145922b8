import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { wall } from '../../src/clock.ts';
import { createHttpServer, type Route } from '../../src/http/server.ts';
import { silentLog } from '../../src/log.ts';
import type { AdapterDeps, Inbound, Platform } from '../../src/platforms/platform.ts';
import { createSlack } from '../../src/platforms/slack/index.ts';
import { buttons, card, paragraph, picture, pressButton } from '../../src/ui/card.ts';
import type { Form } from '../../src/ui/form.ts';
import { createWorkspace, type Workspace } from '../../sandbox/slack/workspace.ts';
import { setup } from './standin.ts';
import { NO_INSTALLATIONS } from '../support/no-installations.ts';

/** The real Slack adapter against the workspace, with a few fixed answers behind it. */
const form: Form = {
  name: 'log',
  args: { seat: 'claims' },
  title: 'Log a number',
  submit: 'Log',
  items: [
    { kind: 'number', name: 'value', label: 'Acceptance rate' },
    { kind: 'person', name: 'by', label: 'Reported by', optional: true },
    { kind: 'yes_no', name: 'drill', label: 'Drill', question: 'This is a drill', optional: true },
  ],
};
const lines: string[] = [];
const inbound: Inbound = {
  async command(from, line) {
    lines.push(line);
    if (line === 'log') return { kind: 'form', form };
    if (line === 'chart')
      return {
        kind: 'card',
        to: 'all',
        card: card('Chart', [picture({ name: 'dot', args: {}, alt: 'A dot' })]),
      };
    const ack = buttons(pressButton('Acknowledge', 'ack', { issue: 1 }));
    return {
      kind: 'card',
      to: from.place.kind === 'direct' ? 'all' : 'me',
      card: card('Claims triage', [paragraph(`You said ${line}`), ack]),
    };
  },
  press: async (from) => ({
    kind: 'replace',
    card: card('Claims triage', [paragraph(`Acknowledged by ${from.user.ref}`)]),
  }),
  open: async () => ({ kind: 'form', form }),
  submit: async (_from, _form, _args, raw) =>
    raw['value'] === '86'
      ? { kind: 'card', to: 'me', card: card('Logged', [paragraph(JSON.stringify(raw))]) }
      : { kind: 'errors', form, errors: { value: 'Type a number such as 86.' } },
  keep: async () => {},
  suggest: async () => [],
  home: async () => card('What waits for you', [paragraph('Nothing.')]),
  learn: async () => {},
};
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const deps: AdapterDeps = {
  inbound,
  names: async () => ({ user: () => undefined }),
  installations: NO_INSTALLATIONS,
  addresses: () => Promise.resolve({ picture: () => undefined, file: () => undefined }),
  drawPicture: async () => PNG,
  log: silentLog,
  wall,
};

let server: Server;
let workspace: Workspace;
let slack: Platform;

beforeEach(async () => {
  const routes: Route[] = [];
  server = createHttpServer(routes, silentLog);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  workspace = createWorkspace({ ...setup, eventsUrl: `${origin}/slack/events` });
  slack = createSlack({ ...setup, apiUrl: workspace.apiUrl(), strict: true }, deps);
  routes.push(...workspace.routes, ...slack.routes);
  lines.length = 0;
  await slack.start();
});
afterEach(async () => {
  await slack.stop();
  server.closeAllConnections();
  await new Promise<void>((closed) => server.close(() => closed()));
});

test('a command, a button and a mention reach the adapter and what it answers is seen', async () => {
  const claims = workspace.as('ana').in('#claims');
  const seen = await claims.slash('seat own claims @ben & <b>');
  expect(seen.only.ephemeral).toBe(true);
  expect(lines).toEqual(['seat own claims <@U0BEN> & <b>']);
  const answer = await seen.only.button('Acknowledge').click();
  expect(answer.text).toContain('Acknowledged by U0ANA');
  await claims.mention('seat list');
  expect(lines.at(-1)).toBe('seat list');
  await workspace.dm('ben').say('help');
  workspace.dm('ben').expectMessage('You said help');
});

test('a form opens, refuses beside the field, and says what was logged', async () => {
  const { modal } = await workspace.as('ana').in('#claims').slash('log');
  expect(modal.labels).toEqual(['Acceptance rate', 'Reported by', 'Drill: This is a drill']);
  const wrong = await modal.fill({ 'Acceptance rate': 'many', 'Reported by': '@ben', Drill: true }).submit();
  expect(wrong.errors).toEqual({ 'Acceptance rate': 'Type a number such as 86.' });
  const right = await modal.fill({ 'Acceptance rate': '86' }).submit();
  expect(right.modal.text).toContain('"value":"86"');
  expect(right.modal.text).toContain('U0BEN');
});

test('a picture is uploaded and shown, a shortcut opens a form, the home tab is published', async () => {
  const { only } = await workspace.as('ana').in('#claims').slash('chart');
  expect(only.text).toContain('[A dot]');
  expect(workspace.calls('files.completeUploadExternal').map((c) => c.answer)).toEqual(['ok']);
  expect((await workspace.as('ben').sees(only).shortcut('raise_issue')).modal.title).toBe('Log a number');
  expect((await workspace.as('eve').home()).text).toContain('Nothing.');
});

test('what the adapter posts by itself is found again by its delivery id', async () => {
  const to = { kind: 'person', user: { ref: 'U0BEN' } } as const;
  const names = { user: () => undefined };
  const shown = await slack.outbound.post(
    'T0HARBOUR',
    to,
    card('Ping', [paragraph('Please answer.')]),
    names,
    { deliveryId: 'd1' },
  );
  expect(shown.conversation).toBe('D0BEN');
  expect(await slack.outbound.find('T0HARBOUR', to, 'd1')).toEqual(shown);
  await slack.outbound.update('T0HARBOUR', shown, to, card('Ping', [paragraph('Answered.')]), names);
  workspace.dm('ben').expectMessage('Answered.');
});

test('a replayed request has one effect', async () => {
  await workspace.as('ana').in('#claims').slash('seat list');
  await workspace.replay(workspace.sent[0]!);
  expect(lines).toEqual(['seat list']);
});
