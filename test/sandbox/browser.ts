import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export const chromiumPath = PLACES.find((path) => existsSync(path));

if (chromiumPath === undefined)
  process.stderr.write(
    `Skipped: the tests of the sandbox page need Chromium at one of ${PLACES.join(', ')}\n`,
  );

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath ?? '', args: FLAGS.split(' ') });

export interface Watched {
  readonly page: Page;
  /** Whatever a browser complains about, and every request to another host. */
  readonly complaints: string[];
}

/** Opens the sandbox and writes down what should not happen. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  const complaints: string[] = [];
  page.on('console', (m) => (m.type() === 'error' || m.type() === 'warning') && complaints.push(m.text()));
  page.on('pageerror', (e) => complaints.push(e.message));
  page.on('request', (r) => r.url().startsWith(`${origin}/`) || complaints.push(`request to ${r.url()}`));
  await page.goto(`${origin}/sandbox`);
  await page.waitForSelector('#composer');
  return { page, complaints };
}
