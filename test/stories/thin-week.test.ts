import { describe, expect, test } from 'vitest';
import { press as pressRaw } from '../../sandbox/slack/user.ts';
import { ENGINES } from '../support/databases.ts';
import { berlin, startCoxswain } from '../support/coxswain.ts';
import { foundClaims, onScreen, pinged, posts, press, titles, type } from './crew.ts';

describe.each(ENGINES)('a first week on Slack, %s', (engine) => {
  test('a company starts: admin, seats, owners who accept, numbers', async () => {
    const c = await startCoxswain(engine);
    expect((await type(c, 'bo', 'admin claim ABCD-EFGH-JKLM')).text).toMatch(/code/i);
    expect((await type(c, 'ana', `admin claim ${c.adminCode}`)).only.text).toContain('You are an admin');
    expect((await type(c, 'bo', `admin claim ${c.adminCode}`)).text).not.toContain('You are an admin');

    const line =
      'seat add claims "Claims triage" "Sorts incoming claims within one hour" stage=pilot accountable=@bo';
    const added = (await type(c, 'ana', line)).only;
    expect(added.text).toContain('accountable: @bo (has not accepted yet)');
    expect(added.ephemeral).toBe(true);

    const form = (await type(c, 'ana', 'seat add')).modal;
    const typed = { Name: 'Fraud screening', Key: 'claims', 'Accountable for': 'Flags nine of ten frauds' };
    const refused = await form.fill(typed).submit();
    expect(refused.closed).toBe(false);
    expect(Object.keys(refused.errors)).toEqual(['Key']);
    expect(form.values).toMatchObject(typed);
    const added2 = await form.fill({ Key: 'fraud' }).submit();
    expect(added2.errors).toEqual({});
    expect(onScreen(c, 'ana')).toContain('Flags nine of ten frauds');
    expect((await type(c, 'cem', 'seat list')).text).toContain('Fraud screening');

    // All that somebody is named for on one day stands in one message.
    await type(c, 'ana', 'seat own claims platform @cem');
    await type(c, 'ana', 'seat own claims operations @cem');
    const offer = posts(c, 'cem');
    expect(offer).toHaveLength(1);
    expect(offer[0]!.text).toContain('platform');
    expect(offer[0]!.text).toContain('operations');
    expect((await type(c, 'ana', 'seat show claims')).text).toContain(
      'platform: @cem (has not accepted yet)',
    );
    await press(c, 'cem', offer[0]!, 'Accept');
    await press(c, 'bo', posts(c, 'bo')[0]!, 'Accept');
    expect(offer[0]!.text).toContain('You accepted');
    const shown = (await type(c, 'ana', 'seat show claims')).text;
    expect(shown).toMatch(/accountable: @bo\n/);

    const byLine = await type(c, 'bo', 'metric add claims acceptance quality % higher 90 5');
    expect(byLine.text).toContain('Target ≥ 90 %');
    const metricForm = (await type(c, 'bo', 'metric add claims')).modal;
    const bad = await metricForm
      .fill({
        Name: 'Latency',
        Category: 'system',
        Unit: 'ms',
        'What is good': 'lower is better',
        Target: 'fast',
      })
      .submit();
    expect(Object.keys(bad.errors)).toEqual(['Target']);
    await metricForm.fill({ Target: '800' }).submit();
    expect(onScreen(c, 'bo')).toContain('≤ 800 ms');
    expect((await type(c, 'ana', 'seat history claims')).text).toContain('@bo');
  });

  test('numbers in, Monday’s digest once, worst first', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'metric add claims latency system ms lower 800 200 name="Latency p95"');
    await type(c, 'bo', 'metric add claims cost system EUR lower 1 0.5 name="Cost per claim"');
    await type(c, 'bo', 'metric add claims cycle business days lower 3 1 name="Cycle time" owner=@dana');
    expect((await type(c, 'bo', 'digest here mon 09:00')).text).toContain('2026-11-16 09:00 CET');

    await c.until(berlin('11-16 08:00'));
    expect((await type(c, 'bo', 'log claims acceptance 93 "new prompt"')).text).toContain(
      '🟢 green claims acceptance: 93 % for 2026-W46',
    );
    const form = (await type(c, 'bo', 'log')).modal;
    expect(form.labels.slice(0, 2)).toEqual([
      'Cost per claim of Claims triage (EUR)',
      'Latency p95 of Claims triage (ms)',
    ]);
    const wrong = await form.fill({ 'Latency p95': 'soon', 'Cost per claim': '1.2' }).submit();
    expect(wrong.errors).toEqual({ 'Latency p95 of Claims triage (ms)': expect.stringContaining('soon') });
    expect(form.values['Cost per claim of Claims triage (EUR)']).toBe('1.2');
    await form.fill({ 'Latency p95': '1500' }).submit();
    expect(onScreen(c, 'bo')).toContain('🟥 red claims latency: 1500 ms for 2026-W46');

    const card = (await type(c, 'eli', 'scorecard claims')).only;
    expect(card.ephemeral).toBe(false);
    expect(card.text).toContain('🟥 red');
    expect(card.text).toContain('🔶 yellow');
    const picture = card.raw.blocks.find((b) => (b as { type?: unknown }).type === 'image') as {
      alt_text: string;
    };
    expect(picture.alt_text).toContain('Latency p95');

    await c.until(berlin('11-16 08:59'));
    const digests = () => titles(c, '#claims-ai').filter((t) => t === 'Weekly scorecard, 2026-W46');
    expect(digests()).toEqual([]);
    await c.until(berlin('11-16 09:00'));
    await c.settle();
    expect(digests()).toHaveLength(1);
    const digest = posts(c, '#claims-ai').find((m) => m.text.startsWith('Weekly scorecard'))!.text;
    expect(digest).toContain('1 red, 1 yellow, 1 green, 1 missing in 1 seat');
    expect(digest.indexOf('🟥 red Latency p95')).toBeLessThan(digest.indexOf('🔶 yellow Cost per claim'));
    expect(digest).toContain('Missing numbers\n• @dana: claims cycle');
    expect(digest).toContain('CLAIMS-1 Latency p95 is red');
    expect(digest).toContain('Never scored: claims');
    await c.until(berlin('11-20 18:00'));
    expect(digests()).toHaveLength(1);
    await c.until(berlin('11-23 09:00'));
    expect(titles(c, '#claims-ai').filter((t) => t.startsWith('Weekly scorecard'))).toHaveLength(2);
  });

  test('a red number, an answer by button, a solution, and every copy tells', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await c.until(berlin('11-13 10:00'));
    await type(c, 'cem', 'log claims acceptance 74');
    const before = { bo: posts(c, 'bo').length, cem: posts(c, 'cem').length };
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo']);
    await c.until(berlin('11-13 14:00'));
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo', 'dana']);
    const copies = [...posts(c, 'bo'), ...posts(c, 'dana'), ...posts(c, '#claims-ai')].filter((m) =>
      m.text.startsWith('CLAIMS-1'),
    );
    expect(copies).toHaveLength(3);
    for (const copy of copies) expect(copy.buttons).toContain('Acknowledge');
    const stale = structuredClone(copies[1]!.raw);

    await press(c, 'bo', copies[0]!, 'Acknowledge');
    for (const copy of copies) {
      expect(copy.text).toContain('Acknowledged by @bo');
      expect(copy.buttons).not.toContain('Acknowledge');
    }
    // Dana pressed before her client showed the change.
    const dana = c.slack.as('dana');
    await pressRaw(c.slack.state, dana.person, stale, { actionId: 'press:issue.acknowledge' });
    await c.settle();
    expect(dana.dm().last().text).toContain('Bo Okafor');
    expect((await type(c, 'dana', 'issue ack CLAIMS-1')).text).toContain('Bo Okafor');

    const form = (await press(c, 'bo', copies[0]!, 'Solve')).modal;
    expect(form.labels).toEqual([
      'What caused it?',
      'What was done?',
      'What was learned, and why?',
      'Fixed, or the new normal?',
      'Make it a rule?: Show this lesson to seats that come after',
      'For whom',
    ]);
    await form
      .fill({
        'What caused it?': 'A prompt without examples.',
        'What was done?': 'Rolled back.',
        'What was learned, and why?': 'Prompts are tested first.',
        'Fixed, or the new normal?': 'fixed',
      })
      .submit();
    for (const copy of copies) {
      expect(copy.text).toContain('Solved by @bo');
      expect(copy.text).toContain('Prompts are tested first.');
      expect(copy.buttons).not.toContain('Solve');
    }
    await c.until(berlin('11-20 18:00'));
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo', 'dana']);
    expect(posts(c, 'bo')).toHaveLength(before.bo);
    expect(posts(c, 'cem')).toHaveLength(before.cem);
  });

  test('readiness by form and by line, with history; others are told who may', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const form = (await type(c, 'eli', 'score quick claims')).modal;
    const empty = await form.submit();
    expect(empty.closed).toBe(false);
    expect(Object.keys(empty.errors)).toContain('Data readiness');
    await form
      .fill({
        'Data readiness': 'green',
        'Governance scaffolding': 'yellow',
        'Integration architecture': 'red',
        'Change ownership': 'green',
        Note: 'No rollback yet',
      })
      .submit();
    await c.until(berlin('11-10 10:00'));
    await type(
      c,
      'eli',
      'score claims data=green governance=yellow integration=yellow change=green evidence=https://example.com/review',
    );
    const history = (await type(c, 'bo', 'score history claims')).text;
    expect(history).toContain('2026-11-09 G Y R G · 62 % · quick · Eli Novak');
    expect(history).toContain('2026-11-10 G Y Y G · 75 % · quick · Eli Novak');
    const refused = (
      await type(c, 'bo', 'score claims data=green governance=green integration=green change=green')
    ).text;
    expect(refused).toMatch(/reviewer/i);
    expect((await type(c, 'bo', 'score history claims')).text).toBe(history);
    expect((await type(c, 'ana', 'seat show claims')).text).toMatch(/Readiness\n.*75/);
  });

  test('the record is whole, and the doctor finds nothing broken', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'cem', 'log claims acceptance 74');
    expect((await type(c, 'eli', 'audit verify')).text).toContain('The audit chain is whole');
    expect((await type(c, 'bo', 'audit verify')).text).toMatch(/Reviewers, governors and admins/);
    const doctor = (await type(c, 'ana', 'doctor')).text;
    expect(doctor).toContain(`database: ${engine}`);
    expect(doctor).toContain('messages: all delivered');
    expect(doctor).not.toContain('⛔');
    expect((await type(c, 'bo', 'doctor')).text).toContain('Governors and admins');
  });
});
