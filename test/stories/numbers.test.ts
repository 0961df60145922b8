import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/databases.ts';
import { berlin, startCoxswain } from '../support/coxswain.ts';
import { foundClaims, onScreen, pinged, type } from './crew.ts';

describe.each(ENGINES)('numbers, %s', (engine) => {
  test('a usual number needs only its target, by line and by form', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const catalogue = await type(c, 'bo', 'metric catalogue');
    expect(catalogue.text).toContain('human-override-rate');
    expect((await type(c, 'bo', 'metric add claims error-rate 2')).text).toContain('Target ≤ 2 %');
    expect((await type(c, 'bo', 'metric show claims error-rate')).text).toContain('≤ 2 %, tolerance 1 %');

    const form = (await type(c, 'bo', 'metric add claims')).modal;
    const nameless = await form.fill({ Target: '800' }).submit();
    expect(nameless.errors).toEqual({ Name: 'Give it a name, or choose a usual number.' });
    await form.fill({ 'A usual number': 'Latency p95 (ms), system', 'How often': 'daily' }).submit();
    expect(onScreen(c, 'bo')).toContain('Target ≤ 800 ms');
    const shown = (await type(c, 'bo', 'metric show claims latency-p95')).text;
    expect(shown).toContain('tolerance 200 ms');
    expect(shown).toContain('awaits 2026-11-09');
    const list = (await type(c, 'cem', 'metric list')).text;
    for (const key of ['acceptance', 'error-rate', 'latency-p95']) expect(list).toContain(`claims ${key}`);
  });

  test('a higher target turns no past week red, and its history says who and why', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'log claims acceptance 91');
    await c.until(berlin('11-17 10:00'));
    const asked = (await type(c, 'bo', 'metric target claims acceptance 95')).modal;
    expect(asked.values).toMatchObject({ 'Target (%)': '95', Tolerance: '5' });
    const refused = await asked.submit();
    expect(Object.keys(refused.errors)).toEqual(['Why']);
    await asked.fill({ Why: 'Six good weeks', Tolerance: '1' }).submit();
    expect(onScreen(c, 'bo')).toContain('it was ≥ 90 %');
    await type(c, 'bo', 'log claims acceptance 91 period=2026-W47');

    const shown = (await type(c, 'cem', 'metric show claims acceptance')).text;
    expect(shown).toMatch(/🟥 red 91 % for 2026-W47/);
    expect(shown).toMatch(/🟢 green 91 % for 2026-W46, Bo Okafor/);
    expect(shown).toContain('≥ 90 %, tolerance 5 % until 2026-11-17; changed by Bo Okafor: Six good weeks');
    const again = await type(c, 'bo', 'metric target claims acceptance 95 because="Again"');
    expect(again.text).toContain('is ≥ 95 % already');
    expect((await type(c, 'cem', 'metric target claims acceptance 10 because="Easier"')).text).toContain(
      'it was ≥ 95 %',
    );
    expect((await type(c, 'eli', 'metric target claims acceptance 10 because="Easier"')).text).toMatch(
      /You may not do this\. .*Bo Okafor/,
    );
  });

  test('of a paused number nothing is awaited and nothing is missing, until it is resumed', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const form = (await type(c, 'bo', 'metric pause claims acceptance')).modal;
    await form.fill({ Why: 'The claims system is migrated' }).submit();
    expect(onScreen(c, 'bo')).toContain('paused since 2026-11-09: The claims system is migrated');
    const digest = (await type(c, 'bo', 'digest preview')).text;
    expect(digest).toContain('1 paused in 1 seat');
    expect(digest).toContain('Paused: claims acceptance.');
    expect((await type(c, 'bo', 'scorecard claims')).text).toContain('paused');
    await c.until(berlin('11-30 10:00'));
    expect(pinged(c, 'CLAIMS-1')).toEqual([]);
    expect((await type(c, 'bo', 'log claims acceptance 91')).text).toContain('is paused');
    expect((await type(c, 'bo', 'me')).text).not.toContain('Acceptance rate');
    await type(c, 'bo', 'metric resume claims acceptance');
    expect((await type(c, 'bo', 'metric resume claims acceptance')).text).toContain('is not paused');
    // The weeks of the pause are not asked for afterwards.
    expect((await type(c, 'bo', 'me')).text).not.toContain('Acceptance rate');
    await c.until(berlin('12-07 09:00'));
    expect((await type(c, 'bo', 'me')).text).toContain('Acceptance rate for 2026-W49');
    expect(pinged(c, 'CLAIMS-1')).toEqual([]);
  });

  test('a number is edited by form and by line; another cadence awaits the present period', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const form = (await type(c, 'bo', 'metric edit claims acceptance')).modal;
    expect(form.values).toMatchObject({ Name: 'Acceptance rate', Unit: '%', 'How often': 'weekly' });
    expect((await form.submit()).closed).toBe(false);
    await form.fill({ 'How often': 'daily', 'Whose number is it': 'cem' }).submit();
    expect(onScreen(c, 'bo')).toContain('awaits 2026-11-09');
    const line = await type(c, 'bo', 'metric edit claims acceptance sensitivity=Quiet name="Accepted"');
    expect(line.text).toContain('Accepted');
    expect(line.text).toContain('quiet');
    expect((await type(c, 'bo', 'metric edit claims acceptance cadence=hourly')).text).toContain(
      '“hourly” is not a cadence: choose daily, weekly, monthly.',
    );

    // A daily number is asked for its last day only; the hint names the ones before.
    await c.until(berlin('11-13 10:00'));
    const missing = (await type(c, 'cem', 'log')).modal;
    expect(missing.labels).toEqual(['Accepted of Claims triage (%)', 'Note']);
    const { state } = c.slack;
    const hints = JSON.stringify(state.stacks.get(c.slack.as('cem').person.id)?.at(-1)?.content);
    expect(hints).toContain('For 2026-11-12, late');
    expect(hints).toContain('Missing too: 2026-11-11 and 2 before it');
    await missing.fill({ 'Accepted of Claims triage (%)': '92' }).submit();
    expect(onScreen(c, 'cem')).toContain('claims acceptance: 92 % for 2026-11-12');
  });

  test('a note on a value keeps the value, and what it was before', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'log claims acceptance 88 "short week"');
    const noted = (await type(c, 'bo', 'metric note claims acceptance 2026-W46 "Half the team was away"'))
      .text;
    expect(noted).toMatch(/yellow 88 % for 2026-W46, Bo Okafor, 2026-11-09: Half the team was away/);
    expect(noted).toContain('short week');
    expect((await type(c, 'bo', 'metric note claims acceptance 2026-W40 "x"')).text).toContain(
      'There is no value of Acceptance rate for 2026-W40',
    );
  });
});
