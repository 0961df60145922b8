import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type Locator, type Page, chromium } from 'playwright-core';
import { exampleStart } from '../sandbox/example.ts';
import { startSandbox } from '../sandbox/start.ts';
import { frozenClock } from '../src/clock.ts';
import { loadConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';

/*
 * `npm run screenshots`: the pictures of the README and of these pages, taken from the sandbox in Chromium. The
 * example company is fixed and its clock stands still, so that a second run changes nothing that did not change.
 */

/** A Wednesday: the example company's last Monday is 16 November 2026. */
const WHEN = Date.UTC(2026, 10, 18, 12);
const FOLDER = new URL('images/', import.meta.url);
const FLAGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking ' +
  '--disable-component-update --disable-sync --force-color-profile=srgb --font-render-hinting=none';

const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
if (!existsSync(chromiumPath)) {
  console.error(
    `There is no Chromium at ${chromiumPath}. Say where it is: CHROMIUM=/path/to/chromium npm run screenshots`,
  );
  process.exit(1);
}

/** A page of the sandbox. `width` and `height` in CSS pixels, `sharp` in dots for each of them. */
async function open(
  browser: Browser,
  address: string,
  width: number,
  height: number,
  sharp: number,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: sharp,
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(address);
  return page;
}

/** Everything that can be seen has arrived: nothing is taken half-drawn, and no button looks pointed at. */
async function settled(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForFunction("[...document.images].every((i) => i.complete || i.loading === 'lazy')");
  await page.evaluate('document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(done)))');
}

function write(name: string, png: Buffer): void {
  writeFileSync(new URL(`${name}.png`, FOLDER), png);
  console.log(`docs/images/${name}.png  ${Math.ceil(png.length / 1024)} KB`);
}

const STILL = { animations: 'disabled', caret: 'hide' } as const;

/** A page down to `height`; without one, to its end but for what depends on how Chromium rounds a height. */
async function keep(name: string, page: Page, height?: number): Promise<void> {
  const whole = page.viewportSize()!;
  const clip = { x: 0, y: 0, width: whole.width, height: height ?? whole.height - 2 };
  write(name, await page.screenshot({ ...STILL, clip }));
}

const be = (page: Page, handle: string) => page.locator(`[data-handle=${handle}]`).click();
const go = (page: Page, name: string) => page.locator('.sidebar .row', { hasText: name }).first().click();

/** Scrolls so that a message stands at the top of the conversation. */
const toTop = (message: Locator) => message.evaluate((element) => element.scrollIntoView({ block: 'start' }));

async function digestPicture(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, `${url}/sandbox`, 1000, 960, 1);
  const digest = page.locator('.messages > li', { hasText: 'Weekly scorecard' }).last();
  await digest.locator('img[alt*="Acceptance"]').waitFor();
  await toTop(digest);
  await settled(page);
  // Down to the composer, which Chromium draws a little differently each time.
  const composer = await page.locator('.composer').boundingBox();
  await keep('digest', page, Math.floor(composer!.y));
  await page.context().close();
}

async function directMessagePictures(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, `${url}/sandbox`, 1000, 610, 1.25);
  await be(page, 'cem');
  await go(page, 'Coxswain');
  const ping = page.locator('.messages > li', { hasText: 'CLAIMS-1' }).first();
  await ping.waitFor();
  await toTop(ping);
  await settled(page);
  await keep('ping', page);

  await go(page, 'Home');
  await page.locator('.home').getByText('Your seats').waitFor();
  await settled(page);
  await keep('home', page);
  await page.context().close();
}

async function scorePicture(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, `${url}/sandbox`, 1000, 800, 1.25);
  await be(page, 'eli');
  await go(page, 'claims-ai');
  await page.locator('#composer').fill('/pilot score quick claims');
  await page.locator('#composer').press('Enter');
  await page.locator('dialog.modal').getByText('Integration architecture').waitFor();
  await settled(page);
  write('score', await page.locator('dialog.modal').screenshot(STILL));
  await page.context().close();
}

/** What the bot answers to a line in #claims-ai, from its top down to the composer. */
async function answerPicture(
  browser: Browser,
  url: string,
  picture: { readonly name: string; readonly line: string; readonly shows: string },
): Promise<void> {
  const page = await open(browser, `${url}/sandbox`, 1000, 900, 1);
  await be(page, 'dana');
  await go(page, 'claims-ai');
  await page.locator('#composer').fill(picture.line);
  await page.locator('#composer').press('Enter');
  const answer = page.locator('.messages > li', { hasText: picture.shows }).last();
  await answer.locator('img').first().waitFor();
  await toTop(answer);
  await settled(page);
  const composer = await page.locator('.composer').boundingBox();
  await keep(picture.name, page, Math.floor(composer!.y));
  await page.context().close();
}

async function teamsPicture(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, `${url}/sandbox/teams/`, 1120, 612, 1.25);
  await page.locator('#conversations button', { hasText: 'claims-ai' }).click();
  await page.locator('#text').fill('@Coxswain scorecard claims');
  await page.locator('#text').press('Enter');
  await page.locator('.message img').first().waitFor();
  await page.locator('#text').blur();
  await page.locator('#messages').evaluate((log) => log.scrollTo(0, 0));
  await settled(page);
  await keep('teams', page);
  await page.context().close();
}

mkdirSync(FOLDER, { recursive: true });
const log = createLog('warn');
const data = mkdtempSync(join(tmpdir(), 'coxswain-'));
const config = loadConfig({ PORT: '0', DATABASE_URL: `file:${join(data, 'coxswain.db')}` });
const sandbox = await startSandbox(config, log, { clock: frozenClock(exampleStart(WHEN)) });
const browser = await chromium.launch({ executablePath: chromiumPath, args: FLAGS.split(' ') });
try {
  await digestPicture(browser, sandbox.url);
  await answerPicture(browser, sandbox.url, {
    name: 'chart',
    line: '/pilot scorecard intake errors',
    shows: 'Wrong policy numbers',
  });
  await answerPicture(browser, sandbox.url, {
    name: 'org-chart',
    line: '/pilot chart',
    shows: 'Org chart of',
  });
  await answerPicture(browser, sandbox.url, {
    name: 'readiness',
    line: '/pilot score show claims',
    shows: 'Readiness of Claims triage',
  });
  await directMessagePictures(browser, sandbox.url);
  await scorePicture(browser, sandbox.url);
  await teamsPicture(browser, sandbox.url);
} finally {
  await browser.close();
  await sandbox.stop();
  rmSync(data, { recursive: true, force: true });
}
