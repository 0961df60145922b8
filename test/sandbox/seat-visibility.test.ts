import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foundClaims } from '../stories/crew.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { chromiumPath, launch, openPage } from './browser.ts';

async function types(page: Page, who: string, line: string): Promise<void> {
  await page.click(`[data-handle=${who}]`);
  await page.fill('#composer', `/pilot ${line}`);
  await page.press('#composer', 'Enter');
}

/** Says by form who sees the seat, and reads the answer. */
async function show(page: Page, to: string, says: string): Promise<void> {
  await types(page, 'bo', 'seat visibility');
  await page.waitForSelector('dialog');
  await page.getByLabel('Seat', { exact: true }).selectOption('claims');
  await page.getByLabel('Who may see it').selectOption(to);
  await page.getByLabel('Because').fill('Its pilot is confidential.');
  await page.click('dialog [type=submit]');
  await page.waitForSelector(`dialog >> text=${says}`);
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
}

describe.skipIf(chromiumPath === undefined)('who sees a seat, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test('a seat is hidden by form, another person does not see it any more, and then again', async () => {
    const c = await startCoxswain('sqlite');
    await foundClaims(c);
    const { page, complaints } = await openPage(browser, c.running.url);
    // Answers that only Eli sees, by how many there are: each is awaited before it is read.
    const answers = page.locator('.message:has-text("Only visible to you")');
    let asked = 0;
    const asks = async (line: string): Promise<string> => {
      await types(page, 'eli', line);
      asked += 1;
      await expect.poll(() => answers.count(), { timeout: 10_000 }).toBe(asked);
      return (await answers.last().textContent()) ?? '';
    };
    expect(await asks('seat list')).toContain('Claims triage');

    await show(page, 'people', 'Its people, governors and admins see it.');
    expect(await asks('seat list')).not.toContain('Claims triage');
    const none = 'There is no seat “claims”. No seat exists yet.';
    expect(await asks('seat show claims')).toContain(none);
    expect(await asks('seat visibility claims everyone because="I want to see it"')).toContain(none);
    // Cem owns it.
    await types(page, 'cem', 'seat show claims');
    await page.waitForSelector('text=Sorts incoming claims within one hour');

    await show(page, 'everyone', 'Everyone in the organisation sees it.');
    expect(await asks('seat list')).toContain('Claims triage');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
