import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath, launch, openPage, type Watched } from './browser.ts';
import { type PageBot, startPageBot } from './page-bot.ts';

describe.skipIf(chromiumPath === undefined)('the page, in Chromium', () => {
  let browser: Browser;
  let bot: PageBot;
  let seen: Watched;
  let page: Page;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    bot = await startPageBot();
    seen = await openPage(browser, bot.origin);
    page = seen.page;
  });
  afterEach(async () => {
    const { complaints } = seen;
    await page.context().close();
    await bot.stop();
    expect(complaints).toEqual([]);
  });

  const type = async (line: string) => {
    await page.fill('#composer', line);
    await page.press('#composer', 'Enter');
  };
  const focused = () => page.evaluate<string>('document.activeElement?.id ?? ""');

  test('a command posts a scorecard with words, a table and a picture', async () => {
    await type('/pilot digest now');
    await page.waitForSelector('.table');
    expect(await page.textContent('.header')).toBe('Week 47: one number is red');
    expect(await page.$$eval('thead th', (cells) => cells.map((c) => c.textContent))).toEqual([
      'Metric',
      'Week 47',
      'Target',
      'Status',
    ]);
    expect(await page.textContent('.blocks')).toContain('@Ben Okafor');
    expect(await page.textContent('.context time')).toBe('2026-11-23 08:00');
    const picture = page.locator('figure img');
    await expect
      .poll(() => page.evaluate<number>('document.querySelector("figure img").naturalWidth'))
      .toBe(1);
    expect(await picture.getAttribute('alt')).toBe('Acceptance rate over 13 weeks');
  });

  test('commands are completed from the keyboard', async () => {
    await page.focus('#composer');
    await page.keyboard.type('/pi');
    expect(await page.locator('[role=option]').count()).toBe(5);
    await page.keyboard.type('lot s');
    expect(await page.locator('[role=option] .usage').allTextContents()).toEqual([
      '/pilot seat show <seat>',
      '/pilot seat list',
    ]);
    await page.keyboard.press('ArrowDown');
    expect(await page.getAttribute('#composer', 'aria-activedescendant')).toBe('composer-0');
    await page.keyboard.press('Enter');
    expect(await page.inputValue('#composer')).toBe('/pilot seat show ');
    await page.keyboard.type('@be');
    await page.keyboard.press('Tab');
    expect(await page.inputValue('#composer')).toBe('/pilot seat show @ben ');
    await page.keyboard.press('Escape');
    expect(await page.locator('[role=listbox]').count()).toBe(0);
  });

  test('an answer that only I see is seen by nobody else', async () => {
    await type('/pilot hullo');
    await page.waitForSelector('.only-you');
    expect(await page.textContent('.only-you')).toContain('Only visible to you');
    await page.click('[data-handle=ben]');
    await page.waitForSelector('[data-handle=ben][aria-pressed=true]');
    expect(await page.locator('.only-you').count()).toBe(0);
    await page.click('[data-handle=ana]');
    await page.click('.dismiss');
    await page.waitForSelector('.only-you', { state: 'detached' });
  });

  test('a direct message shows as a badge, and its button changes it for good', async () => {
    await type('/pilot issue new claims');
    await page.waitForSelector('[data-handle=ben] .badge');
    await page.click('[data-handle=ben]');
    await page.waitForSelector('.row.unread:has-text("Coxswain") .badge');
    await page.click('.row:has-text("Coxswain")');
    await page.waitForSelector('.row.unread:has-text("Coxswain")', { state: 'detached' });
    await page.click('button:has-text("Acknowledge")');
    await page.waitForSelector('text=acknowledged by');
    expect(await page.locator('button:has-text("Acknowledge")').count()).toBe(0);
    expect(bot.workspace.dm('ben').last().text).toContain('acknowledged by @ben');
  });

  test('a form shows errors beside the field, keeps what was typed, and closes when it is right', async () => {
    await type('/pilot log');
    const dialog = page.getByRole('dialog', { name: 'Log a number' });
    await dialog.waitFor();
    await page.click('dialog [type=submit]');
    await page.waitForSelector('text=Please complete this required field.');
    await page.getByLabel('Acceptance rate').fill('850');
    await page.getByLabel('Note').fill('from the queue');
    await page.getByLabel('Status').selectOption({ label: 'Yellow' });
    await page.getByLabel('Cost').check();
    await page.click('dialog [type=submit]');
    await page.waitForSelector('.question.wrong >> text=Type a number from 0 to 100');
    expect(await page.getByLabel('Acceptance rate').inputValue()).toBe('850');
    expect(await page.getByLabel('Note').inputValue()).toBe('from the queue');
    await expect.poll(focused).toBe('f-value-v');
    await page.getByLabel('Acceptance rate').fill('85');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(bot.workspace.dm('ana').last().text).toBe('Logged 85 % for this week.');
    const sent = new URLSearchParams(bot.workspace.sent.at(-1)?.body).get('payload') ?? '';
    expect(JSON.parse(sent)).toMatchObject({
      view: {
        state: {
          values: {
            period: { v: { selected_date: '2026-11-23' } },
            status: { v: { selected_option: { value: 'yellow' } } },
            tags: { v: { selected_options: [{ value: 'cost' }] } },
            who: { v: { selected_user: 'U0BEN' } },
            sure: { v: { selected_option: null } },
          },
        },
      },
    });
  });

  test('the focus stays inside a form and comes back after it', async () => {
    await type('/pilot log');
    await page.waitForSelector('dialog.modal');
    await expect.poll(focused).toBe('f-value-v');
    for (let i = 0; i < 40; i += 1) {
      await page.keyboard.press('Tab');
      const inside = await page.evaluate<boolean>(
        'document.activeElement === document.body || document.activeElement.closest("dialog") !== null',
      );
      expect(inside).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog.modal', { state: 'detached' });
    expect(await focused()).toBe('composer');
  });

  test('a dangerous button asks first', async () => {
    await type('/pilot issue new claims');
    await page.click('button:has-text("Stop ship")');
    await page.getByRole('dialog', { name: 'Stop the seat?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    bot.workspace.channel('#claims').expectNoMessage('is halted');
    await page.click('button:has-text("Stop ship")');
    await page.click('dialog >> text=Stop it');
    await page.waitForSelector('text=Claims triage is halted.');
  });

  test('threads are read and answered beside the messages', async () => {
    await type('/pilot issue new claims');
    await page.click('.replies');
    await page.waitForSelector('.thread >> text=three readings below');
    await expect.poll(focused).toBe('thread-composer');
    await page.keyboard.type('Looking into it');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.thread >> text=Looking into it');
    await page.waitForSelector('.replies >> text=2 replies');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.thread', { state: 'detached' });
  });

  test('an issue is raised from a message without a mouse', async () => {
    await type('the totals are wrong');
    await page.waitForSelector('.message >> text=the totals are wrong');
    await page.focus('.tools summary');
    await page.keyboard.press('Enter');
    await page.focus('[data-shortcut=raise_issue]');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Raise an issue' }).waitFor();
  });

  test('a file is chosen in a form, and handed over before the form is sent', async () => {
    await type('/pilot import');
    const dialog = page.getByRole('dialog', { name: 'Bring numbers in' });
    const csv = { name: 'weeks.csv', mimeType: 'text/csv', buffer: Buffer.from('2026-11-16;85') };
    await dialog.getByLabel('Numbers').setInputFiles(csv);
    await dialog.getByText('Chosen: weeks.csv').waitFor();
    // As when somebody closes the browser's own dialog again: that is no choice, and the form stays.
    await dialog.getByLabel('Numbers').dispatchEvent('cancel');
    await dialog.getByRole('button', { name: 'Read' }).click();
    await page.waitForSelector('.message >> text=weeks.csv holds 2026-11-16;85');
  });

  test('an overflow menu hands over what was chosen', async () => {
    await type('/pilot digest now');
    await page.click('.overflow summary');
    await page.click('.overflow .menu >> text=Preview');
    await page.waitForSelector('text=Chosen: preview');
  });

  test('the home tab is asked for when it is opened, and its buttons work', async () => {
    await page.click('.row.sub');
    await page.waitForSelector('.home >> text=What waits for you');
    await page.click('.home >> text=Log a number');
    await page.getByRole('dialog', { name: 'Log a number' }).waitFor();
  });

  test('the clock moves by buttons, and what happens meanwhile appears', async () => {
    const clock = () => page.textContent('.clockbar .now');
    expect(await clock()).toContain('Mon, 23 Nov 2026');
    await page.click('[data-clock=hour]');
    await expect.poll(clock).toContain('10:05');
    await page.click('[data-clock=monday]');
    await expect.poll(clock).toContain('Mon, 30 Nov 2026');
    await expect.poll(clock).toContain('09:00');
    await page.waitForSelector('.row.unread:has-text("ai-governance") .badge');
  });

  test('a quarter can be played and stopped', async () => {
    await page.click('[data-clock=play]');
    await page.waitForSelector('progress.journey');
    const before = bot.sandbox.workspace.state.clock.now();
    await expect
      .poll(() => bot.sandbox.workspace.state.clock.now(), { timeout: 5000 })
      .toBeGreaterThan(before);
    await page.click('[data-clock=stop]');
    await page.waitForSelector('[data-clock=play][aria-disabled=false]');
    expect(await page.locator('progress').count()).toBe(0);
  });

  test('a reset empties the workspace and makes the example again', async () => {
    await type('something to forget');
    await page.waitForSelector('.message');
    await page.click('text=Reset example');
    await page.click('dialog >> text=Reset >> nth=-1');
    await page.waitForSelector('text=This is the beginning of #claims');
    expect(bot.resets).toHaveLength(1);
  });

  test('new messages are announced, and a message of the bot from outside appears by itself', async () => {
    await bot.app.client.chat.postMessage({
      token: 'sandbox-token',
      channel: 'C0CLAIMS',
      text: 'The week has begun.',
    });
    await page.waitForSelector('.message >> text=The week has begun.');
    expect(await page.textContent('[role=status]')).toBe('Coxswain: The week has begun.');
  });

  test('hostile text stays text', async () => {
    const words = '<img src=x onerror=alert(1)> <script>alert(1)</script> javascript:alert(1)';
    await type(words);
    await page.waitForSelector('.message');
    expect(await page.textContent('.message .text')).toBe(words);
    const text = '<javascript:alert(1)|press me> <https://elsewhere.example/x|a link>';
    await bot.app.client.chat.postMessage({ token: 'sandbox-token', channel: 'C0CLAIMS', text });
    await page.waitForSelector('a:has-text("a link")');
    expect(
      await page.locator('.message a').evaluateAll((all) => all.map((a) => a.getAttribute('href'))),
    ).toEqual(['https://elsewhere.example/x']);
  });

  test('it fits a telephone, and dark rooms', async () => {
    await page.context().close();
    seen = await openPage(browser, bot.origin, {
      viewport: { width: 400, height: 760 },
      colorScheme: 'dark',
    });
    page = seen.page;
    await type('/pilot digest now');
    await page.waitForSelector('.table');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    expect(
      await page.evaluate<string>(
        'getComputedStyle(document.querySelector(".conversation")).backgroundColor',
      ),
    ).toBe('rgb(22, 29, 36)');
    await page.click('.menu-button');
    await page.click('.row:has-text("ai-governance")');
    await page.waitForSelector('h1:has-text("ai-governance")');
  });
});
