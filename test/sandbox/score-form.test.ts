import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SEAT_RUBRIC, builtinRubric } from '../../src/rubrics/builtin.ts';
import { readRubric } from '../../src/rubrics/read.ts';
import { foundClaims } from '../stories/crew.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { chromiumPath, launch, openPage } from './browser.ts';

const mark = (page: Page, at: number) => page.getByLabel(`Mark ${at + 1}`);
const note = (page: Page, at: number) => page.getByLabel(`Note ${at + 1}`);
const next = (page: Page) => page.click('dialog [type=submit]');
const titled = (page: Page, title: string) => page.waitForSelector(`#modal-title:has-text("${title}")`);

describe.skipIf(chromiumPath === undefined)('the full score, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test('a form closed half-way is there again, and is finished', async () => {
    const c = await startCoxswain('sqlite');
    await foundClaims(c);
    const { page, complaints } = await openPage(browser, c.running.url);
    await page.click('[data-handle=ana]');
    const score = async () => {
      await page.fill('#composer', '/pilot score claims');
      await page.press('#composer', 'Enter');
    };
    const kept = (line: string) =>
      expect
        .poll(async () => JSON.stringify(await c.app.store.read.select().from(c.app.store.read.t.drafts)))
        .toContain(line);

    await score();
    await titled(page, 'Score: page 1 of 4');
    for (const at of [0, 1, 2, 3, 4]) await mark(page, at).selectOption('green');
    await next(page);
    await titled(page, 'Score: page 2 of 4');
    expect(await mark(page, 0).inputValue()).toBe('open');
    await note(page, 1).fill('Nobody checks on Fridays.');
    await mark(page, 1).selectOption('red');
    await kept('Nobody checks on Fridays.');
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });

    await score();
    await titled(page, 'Score: page 2 of 4');
    await page.waitForSelector('text=You go on with what you had filled in.');
    expect(await mark(page, 0).inputValue()).toBe('open');
    expect(await mark(page, 1).inputValue()).toBe('red');
    expect(await note(page, 1).inputValue()).toBe('Nobody checks on Fridays.');
    for (const at of [0, 2, 3, 4]) await mark(page, at).selectOption('yellow');
    await page.getByLabel('Then').selectOption('back');
    await next(page);
    await titled(page, 'Score: page 1 of 4');
    expect(await mark(page, 4).inputValue()).toBe('green');
    await next(page);
    await titled(page, 'page 2');
    await next(page);
    await titled(page, 'page 3');
    await mark(page, 0).selectOption('green');
    await next(page);
    await page.waitForSelector('text=Please choose a colour for “Connected to the systems of record”');
    expect(await mark(page, 0).inputValue()).toBe('green');
    for (const at of [1, 2, 3, 4]) await mark(page, at).selectOption('green');
    await next(page);
    await titled(page, 'page 4');
    for (const at of [0, 1, 2, 3, 4]) await mark(page, at).selectOption('green');
    await next(page);
    await page.waitForSelector('dialog >> text=85 % · G R G G');
    const drawn = 'document.querySelector("dialog figure img")?.naturalWidth ?? 0';
    await expect.poll(() => page.evaluate<number>(drawn)).toBeGreaterThan(100);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a file is there to be downloaded', async () => {
    const c = await startCoxswain('sqlite');
    await foundClaims(c);
    const { page, complaints } = await openPage(browser, c.running.url);
    await page.click('[data-handle=bo]');
    await page.fill('#composer', '/pilot rubric export');
    await page.press('#composer', 'Enter');
    await page.waitForSelector('text=production-readiness-1.yaml is in your direct messages');
    await page.click('.row:has-text("Coxswain")');
    const download = page.waitForEvent('download');
    await page.click('a.file:has-text("Production readiness, version 1")');
    const stored = await download;
    expect(stored.suggestedFilename()).toBe('production-readiness-1.yaml');
    const text = readFileSync(await stored.path(), 'utf8');
    expect(readRubric(text)).toEqual(builtinRubric(SEAT_RUBRIC));
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
