import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { type Browser, type Page, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { directoryId, personalConversation } from '../../sandbox/teams/index.ts';
import { buttons, card, formButton, paragraph, pressButton } from '../../src/ui/card.ts';
import type { Form } from '../../src/ui/form.ts';
import { person } from '../../src/ui/text.ts';
import { type Harness, type HarnessOptions, withTeams } from './harness.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const solve: Form = {
  name: 'issue.solve',
  args: {},
  title: 'Solve CLAIMS-1',
  submit: 'Solve it',
  items: [
    { kind: 'text', name: 'cause', label: 'Cause' },
    { kind: 'person', name: 'who', label: 'Who', optional: true },
  ],
};
const ping = card('CLAIMS-1 needs you', [
  paragraph('Typed: <at>Bo Lindqvist</at> **not bold**. Owner: ', person('p_ana', 'Ana')),
  buttons(
    pressButton('Acknowledge', 'issue.ack', {}),
    formButton('Solve', 'issue.solve', {}),
    pressButton(
      'Drop',
      'issue.drop',
      {},
      { confirm: { title: 'Drop it?', text: 'The chain stops.', yes: 'Yes, drop' } },
    ),
  ),
]);

const replies: HarnessOptions['replies'] = {
  command: (line) =>
    line === 'form'
      ? { kind: 'form', form: solve }
      : { kind: 'card', card: line === 'show' ? ping : card(`You said ${line}`, []), to: 'all' },
  press: (name) => ({
    kind: 'replace',
    card: card(name === 'issue.ack' ? 'Acknowledged by Ana' : 'Dropped by Ana', []),
  }),
  open: () => ({ kind: 'form', form: solve }),
  submit: (raw) =>
    raw['cause'] === 'hail'
      ? { kind: 'card', card: card('Solved: hail', []), to: 'all' }
      : { kind: 'errors', form: solve, errors: { cause: 'Please name the cause.' } },
};

describe.skipIf(!existsSync(CHROMIUM))('the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(() => browser.close());

  interface Opened extends AsyncDisposable {
    readonly h: Harness;
    readonly page: Page;
    say(text: string): Promise<void>;
    readonly trouble: string[];
  }

  async function opened(): Promise<Opened> {
    const h = await withTeams({ replies: replies ?? {} });
    const page = await browser.newPage();
    const trouble: string[] = [];
    page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(h.base) && !request.url().startsWith('data:'))
        trouble.push(request.url());
    });
    await page.goto(`${h.base}/sandbox/teams/`);
    return {
      h,
      page,
      trouble,
      async say(text) {
        await page.getByLabel('Message', { exact: true }).fill(text);
        await page.keyboard.press('Enter');
      },
      async [Symbol.asyncDispose]() {
        await page.close();
        await h[Symbol.asyncDispose]();
      },
    };
  }
  const chat = (page: Page) => page.getByRole('button', { name: 'Coxswain', exact: true }).click();

  test('shows answers, changes cards in place, and asks before dangerous steps', async () => {
    await using o = await opened();
    await chat(o.page);
    await o.say('show');
    await o.page.getByText('CLAIMS-1 needs you').waitFor();
    expect(await o.page.locator('.mention').allTextContents()).toEqual(['Ana Flores']);
    expect(await o.page.getByText('Yes, drop').isVisible()).toBe(false);
    await o.page.getByRole('button', { name: 'Drop', exact: true }).click();
    await o.page.getByRole('button', { name: 'Yes, drop' }).click();
    await o.page.getByText('Dropped by Ana').waitFor();
    expect(o.trouble).toEqual([]);
  });

  test('keeps a dialog open with what was typed until it is right', async () => {
    await using o = await opened();
    await chat(o.page);
    await o.say('show');
    await o.page.getByRole('button', { name: 'Solve', exact: true }).click();
    const dialog = o.page.getByRole('dialog');
    await dialog.getByLabel('Cause').fill('rain');
    await dialog.getByLabel('Who').selectOption({ label: 'Bo Lindqvist' });
    await dialog.getByRole('button', { name: 'Solve it' }).click();
    await dialog.getByText('Please name the cause.').waitFor();
    expect(await dialog.getByLabel('Cause').inputValue()).toBe('rain');
    expect(await dialog.getByLabel('Who').inputValue()).toBe(directoryId('bo'));
    await dialog.getByLabel('Cause').fill('hail');
    await dialog.getByRole('button', { name: 'Solve it' }).click();
    await o.page.getByText('Solved: hail').waitFor();
    expect(await dialog.isVisible()).toBe(false);
    expect(o.trouble).toEqual([]);
  });

  test('lets an inline form be filled in, and keeps it while others write', async () => {
    await using o = await opened();
    await chat(o.page);
    await o.say('form');
    await o.page.getByLabel('Cause').fill('hail');
    await o.h.sandbox.client.say('ana', o.h.sandbox.connector.workspace.conversations[2]?.id ?? '', 'me');
    await o.page.getByText('You said me').waitFor();
    await o.page.getByRole('button', { name: 'Solve it' }).click();
    await o.page.getByText('Solved: hail').waitFor();
    expect(o.trouble).toEqual([]);
  });

  test('opens the form of an action from the menu of a message, in its dialog', async () => {
    await using o = await opened();
    await o.page.getByRole('button', { name: '# claims' }).click();
    await o.say('the totals are wrong');
    await o.page.locator('.message .menu summary').click();
    await o.page.locator('.message [data-action=report_drift]').click();
    const dialog = o.page.getByRole('dialog');
    await dialog.getByLabel('Cause').fill('rain');
    await dialog.getByRole('button', { name: 'Solve it' }).click();
    await dialog.getByText('Please name the cause.').waitFor();
    await dialog.getByLabel('Cause').fill('hail');
    await dialog.getByRole('button', { name: 'Solve it' }).click();
    await o.page.getByText('Solved: hail').waitFor();
    expect(o.h.heard.find((one) => one.kind === 'open')).toMatchObject({
      form: 'issue.report',
      args: { text: 'the totals are wrong' },
    });
    expect(o.trouble).toEqual([]);
  });

  test('opens a form beside what is being written, with the keyboard alone', async () => {
    await using o = await opened();
    await o.page.getByRole('button', { name: '# claims' }).click();
    await o.page.locator('#starters summary').focus();
    await o.page.keyboard.press('Enter');
    await o.page.keyboard.press('Escape');
    expect(await o.page.locator('#starters .menu').getAttribute('open')).toBeNull();
    await o.page.keyboard.press('Enter');
    await o.page.keyboard.press('Tab');
    await o.page.keyboard.press('Enter');
    const dialog = o.page.getByRole('dialog');
    await dialog.getByLabel('Cause').fill('hail');
    await dialog.getByRole('button', { name: 'Solve it' }).click();
    await o.page.getByText('Solved: hail').waitFor();
    expect(o.h.heard.find((one) => one.kind === 'open')).toMatchObject({ form: 'reading.log', args: {} });
    expect(o.trouble).toEqual([]);
  });

  test('follows the address of a message', async () => {
    await using o = await opened();
    const { workspace } = o.h.sandbox.connector;
    await o.h.sandbox.client.say('bo', workspace.conversations[1]!.id, 'look here');
    const message = workspace.messages(workspace.conversations[1]!.id).at(-1)!;
    await o.page.goto('about:blank');
    const path = [message.conversation, message.id].map(encodeURIComponent).join('/');
    await o.page.goto(`${o.h.base}/sandbox/teams/l/message/${path}?tenantId=t`);
    await o.page.getByRole('heading', { name: '# AI pilots' }).waitFor();
    await o.page.getByText('look here').waitFor();
    expect(o.trouble).toEqual([]);
  });

  test('shows each person their own workspace', async () => {
    await using o = await opened();
    await o.page.getByRole('button', { name: '# claims' }).click();
    await o.page.getByLabel('Only to Coxswain').check();
    await o.say('scorecard');
    await o.page.getByText('You said scorecard').waitFor();
    expect(await o.page.getByText('Only you can see this message').count()).toBe(2);
    await o.page.getByLabel('You are').selectOption({ label: 'Bo Lindqvist' });
    await expect.poll(() => o.page.locator('.message').count()).toBe(0);
    expect(o.trouble).toEqual([]);
  });
});

test('the page and its service answer this machine only', async () => {
  await using h = await withTeams();
  const status = (headers: Record<string, string>) =>
    new Promise<number>((done, fail) => {
      const asked = request(`${h.base}/sandbox/teams/api/state`, { headers }, (res) => {
        res.resume();
        done(res.statusCode ?? 0);
      });
      asked.on('error', fail).end();
    });
  expect(await status({})).toBe(200);
  expect(await status({ host: 'evil.example' })).toBe(403);
  expect(await status({ origin: 'https://evil.example' })).toBe(403);
});

test('only the page itself may speak in somebody’s name', async () => {
  await using h = await withTeams();
  const html = await (await fetch(`${h.base}/sandbox/teams/`)).text();
  const token = /name="sandbox-token" content="([^"]{32})"/.exec(html)?.[1] ?? '';
  const say = (headers: Record<string, string>) =>
    fetch(`${h.base}/sandbox/teams/api/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ person: 'ana', conversation: personalConversation('ana'), text: 'seat list' }),
    }).then((answer) => answer.status);
  expect(await say({})).toBe(403);
  expect(await say({ 'x-sandbox-token': 'x'.repeat(32) })).toBe(403);
  expect(await say({ 'x-sandbox-token': token, origin: 'https://evil.example' })).toBe(403);
  expect(await say({ 'x-sandbox-token': token, 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(h.commands()).toEqual([]);
  expect(await say({ 'x-sandbox-token': token, origin: h.base })).toBe(200);
  expect(h.commands()).toEqual(['seat list']);
});
