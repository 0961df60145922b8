import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/databases.ts';
import { berlin, startCoxswain } from '../support/coxswain.ts';
import { foundClaims, onScreen, pinged, press, posts, type } from './crew.ts';

describe.each(ENGINES)('what waits, %s', (engine) => {
  test('the Home tab shows issues, missing numbers and offers, and they can be done there', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'ana', 'seat own claims business @bo');
    await c.until(berlin('11-23 10:00'));
    const home = await c.slack.as('bo').home();
    expect(home.text).toContain('4 things wait for you');
    expect(home.text).toContain('CLAIMS-1 Acceptance rate is missing');
    expect(home.text).toContain('Claims triage: Acceptance rate for 2026-W47, late');
    expect(home.text).toContain('business owner');
    const form = (await home.press('Log them')).modal;
    await form
      .fill({
        'Acceptance rate of Claims triage (%)': '92',
        'Acceptance rate of Claims triage (%), 2026-W46': '91',
      })
      .submit();
    await c.slack.as('bo').home();
    expect(home.text).not.toContain('missing');
    await home.press('Accept');
    expect(home.text).toContain('Nothing waits for you');
    expect((await type(c, 'bo', 'me')).text).toContain('Nothing waits for you');
    expect((await type(c, 'ana', 'seat show claims')).text).toMatch(/business: @bo\n/);
  });

  test('from a message an issue is raised, with its words and where they stand', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const words = 'The bot just cited § 14, which was repealed in May';
    await c.slack.as('dana').in('#claims-ai').say(words);
    const said = c.slack.as('eli').in('#claims-ai').last();
    expect(said.text).toBe(words);
    const form = (await said.shortcut('raise_issue')).modal;
    expect(form.values['What is wrong']).toBe(words);
    expect(form.values['Details']).toBe(words);
    expect(form.values['Link']).toMatch(/^http:\/\/.*\/sandbox#\/archives\/C0CLAIMS\/p\d+/);
    await form.fill({ Seat: 'claims', Severity: '2 high' }).submit();
    expect(onScreen(c, 'eli')).toContain('CLAIMS-1');
    const issue = posts(c, '#claims-ai').find((m) => m.text.startsWith('CLAIMS-1'))!;
    expect(issue.text).toContain(words);
    expect(issue.buttons).toContain('Open link');
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo']);
    await press(c, 'bo', posts(c, 'bo').at(-1)!, 'Acknowledge');
    expect(issue.text).toContain('Acknowledged by @bo');
  });
});
