import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foundClaims, type } from '../stories/crew.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { anaOn, crowd } from '../support/crowd.ts';
import { chromiumPath, launch, openPage } from './browser.ts';

describe.skipIf(chromiumPath === undefined)('a field that is searched, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function crowded() {
    const c = await startCoxswain('sqlite');
    await foundClaims(c);
    await crowd(c.app, c.org, anaOn(c));
    return c;
  }
  const options = (page: Page) => page.locator('dialog [role=option]').allTextContents();

  test('a seat is found, chosen and kept by keys alone', async () => {
    const c = await crowded();
    const { page, complaints } = await openPage(browser, c.running.url);
    await page.click('[data-handle=ana]');
    await page.fill('#composer', '/pilot seat move');
    await page.press('#composer', 'Enter');
    const seat = page.getByRole('combobox', { name: 'Seat', exact: true });
    await seat.waitFor();
    expect(await seat.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.type('desk-07');
    await expect.poll(() => options(page).then((all) => all.length)).toBe(10);
    expect(await seat.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    const active = await seat.getAttribute('aria-activedescendant');
    expect((await page.locator(`[id="${active}"]`).textContent())?.trim()).toBe('desk-071 · Desk 071');

    // Escape closes the list, not the form; Enter takes what is chosen, and does not send.
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog [role=listbox]', { state: 'detached' });
    await page.keyboard.type('071');
    await expect
      .poll(async () => (await options(page)).map((one) => one.trim()))
      .toEqual(['desk-071 · Desk 071']);
    await page.keyboard.press('Enter');
    expect(await seat.inputValue()).toBe('desk-071 · Desk 071');
    await page.getByLabel('Stage').selectOption('production');
    await page.getByLabel('Because').fill('It works.');
    await page.click('dialog [type=submit]');
    await page.waitForSelector('.question.wrong');
    expect(await seat.inputValue()).toBe('desk-071 · Desk 071');
    await page.getByLabel('Stage').selectOption('pilot');
    await page.click('dialog [type=submit]');
    await page.waitForSelector('dialog >> text=desk-071 is in pilot now');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('nothing found is said, and what is hidden is not found', async () => {
    const c = await crowded();
    const { page } = await openPage(browser, c.running.url);
    await page.click('[data-handle=bo]');
    await page.fill('#composer', '/pilot issue new');
    await page.press('#composer', 'Enter');
    const seat = page.getByRole('combobox', { name: 'Seat', exact: true });
    await seat.fill('whistle');
    await page.waitForSelector('text=Nothing is called “whistle”.');
    await page.context().close();
  });

  test('the Teams page searches too, also for what its card does not hold', async () => {
    const c = await crowded();
    await type(c, 'ana', 'help');
    const page = await browser.newPage();
    page.setDefaultTimeout(5000);
    await page.goto(`${c.running.url}/sandbox/teams`);
    await page.fill('#text', '@Coxswain seat move');
    await page.press('#text', 'Enter');
    const seat = page.getByRole('combobox', { name: 'Seat' });
    await seat.fill('fleets');
    const option = page.getByRole('option', { name: 'desk-149 · Élan for motor fleets' });
    await option.waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await seat.inputValue()).toBe('desk-149 · Élan for motor fleets');
    await page.close();
  });
});
