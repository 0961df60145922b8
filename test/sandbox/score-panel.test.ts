import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SEAT_RUBRIC, builtinRubric } from '../../src/rubrics/builtin.ts';
import { printRubric } from '../../src/rubrics/read.ts';
import { foundClaims, press, type } from '../stories/crew.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { chromiumPath, launch, openPage } from './browser.ts';

const PAGES = [0, 1, 2, 3];
const CRITERIA = [0, 1, 2, 3, 4];

async function say(page: Page, line: string): Promise<void> {
  await page.fill('#composer', line);
  await page.press('#composer', 'Enter');
}

const close = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
};

/** Somebody fills the full form in: all green but for some, by page and criterion. */
async function score(page: Page, who: string, but: Readonly<Record<string, string>>): Promise<void> {
  await page.click(`[data-handle=${who}]`);
  await page.click('.sidebar .row:has-text("claims-ai")');
  await say(page, '/pilot score claims');
  for (const at of PAGES) {
    await page.waitForSelector(`#modal-title:has-text("page ${at + 1} of 4")`);
    for (const criterion of CRITERIA)
      await page.getByLabel(`Mark ${criterion + 1}`).selectOption(but[`${at}.${criterion}`] ?? 'green');
    await page.click('dialog [type=submit]');
  }
  await page.waitForSelector('dialog >> text=Readiness of Claims triage');
  await close(page);
}

/** The newest answer in the conversation. */
const answer = (page: Page, words: string) => page.locator('.messages > li', { hasText: words }).last();

describe.skipIf(chromiumPath === undefined)('a panel of reviewers, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test(
    'three score and disagree, one scores again, the rubric changes between two scores',
    { timeout: 90_000 },
    async () => {
      const c = await startCoxswain('sqlite');
      await foundClaims(c);
      for (const line of [
        'admin grant @dana reviewer',
        'admin grant @cem governor',
        'seat own claims business @bo',
      ])
        await type(c, 'ana', line);
      await type(c, 'bo', 'seat accept');
      const { page, complaints } = await openPage(browser, c.running.url);

      await score(page, 'ana', {});
      await score(page, 'dana', { '1.2': 'red' });
      await score(page, 'eli', { '1.2': 'yellow' });
      await say(page, '/pilot score compare claims');
      const compared = answer(page, 'side by side');
      await compared.getByText('To talk about').waitFor();
      expect(await compared.innerText()).toContain('Eli Novak yellow; Dana Reyes red; Ana Lindt green');

      await score(page, 'dana', { '1.2': 'green' });
      await say(page, '/pilot score show claims');
      await answer(page, 'Readiness of Claims triage').getByText('100 %').first().waitFor();

      await page.click('[data-handle=ana]');
      await page.click('.sidebar .row:has-text("claims-ai")');
      await say(page, '/pilot rubric propose');
      const { dimensions, ...rubric } = builtinRubric(SEAT_RUBRIC)!;
      const [data, ...others] = dimensions;
      const yaml = printRubric({
        ...rubric,
        dimensions: [{ ...data!, criteria: data!.criteria.slice(0, 4) }, ...others],
      });
      await page.waitForSelector('#modal-title:has-text("Propose a rubric")');
      const file = { name: 'ours.yaml', mimeType: 'text/yaml', buffer: Buffer.from(yaml) };
      await page.getByLabel('The rubric as YAML').setInputFiles(file);
      await page.getByLabel('Why?').fill('Retention is checked elsewhere.');
      await page.click('dialog [type=submit]');
      await page.waitForSelector('dialog >> text=version 2 is proposed');
      await close(page);
      await c.settle();
      await press(c, 'bo', c.slack.dm('bo').last(), 'Approve');
      await press(c, 'cem', c.slack.channel('ai-governance').last(), 'Approve');

      await type(c, 'eli', 'score claims data=green governance=yellow integration=green change=green');
      await page.click('[data-handle=eli]');
      await page.click('.sidebar .row:has-text("claims-ai")');
      await say(page, '/pilot score history claims');
      const history = answer(page, 'Scores of Claims triage');
      await history.getByText('criteria read the same').waitFor();
      const told = await history.innerText();
      expect(told).toContain('version 1');
      expect(told).toContain('version 2');
      expect(told).toContain('Gone: Lineage, retention and redaction rules');
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );
});
