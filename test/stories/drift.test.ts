import { describe, expect, test } from 'vitest';
import { lastPeriods } from '../../src/domain/period.ts';
import type { Shown } from '../../sandbox/slack/client-seen.ts';
import { ENGINES } from '../support/databases.ts';
import { type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { channel, chat, startOnTeams } from '../support/teams-coxswain.ts';
import { foundClaims, onScreen, posts, press, titles, type } from './crew.ts';

const WEEK = 7 * 24 * 3_600_000;
const NOISE = [0.4, -0.7, 1.1, -0.2, 0.6, -1.2, 0.1, 0.9, -0.4, -0.9, 0.3];
const usual = (i: number): number => Number((94 + NOISE[i % 11]!).toFixed(1));

/** Values for the complete weeks before now, oldest first, as lines. */
const weeks = (c: TestCoxswain, values: readonly (number | string)[]): string[] =>
  lastPeriods('weekly', values.length, c.clock.now(), 'Europe/Berlin').map(
    ({ key }, i) => `${key},${values[i]}`,
  );

/** Past numbers come as a file. */
async function fillIn(c: TestCoxswain, values: readonly number[]): Promise<void> {
  const rows = weeks(c, values).map((line) => `claims,acceptance,${line}`);
  const form = (await type(c, 'bo', 'log csv')).modal;
  await form.fill({ 'Or paste the rows': ['seat,metric,period,value', ...rows].join('\n') }).submit();
  await c.slack.as('bo').modal().press(`Log ${values.length} values`);
  await c.settle();
}

/** The present week's value; then the next week begins. */
async function week(c: TestCoxswain, value: number): Promise<void> {
  await type(c, 'bo', `log claims acceptance ${value.toFixed(2)} period=${thisWeek(c)}`);
  await c.until(c.clock.now() + WEEK);
}

const thisWeek = (c: TestCoxswain): string =>
  lastPeriods('weekly', 1, c.clock.now(), 'Europe/Berlin', { includeCurrent: true })[0]!.key;

const altOf = (shown: Shown): string =>
  shown.raw.blocks.flatMap((b) => ('alt_text' in b ? [String(b.alt_text)] : []))[0] ?? '';

const about = (c: TestCoxswain, to: string, ref: string): Shown[] =>
  posts(c, to).filter((m) => m.text.startsWith(`${ref} · `));

describe.each(ENGINES)('drift, %s', (engine) => {
  test(
    'a green number shifts: one issue with sentence and chart, no repeat, and a new normal',
    { timeout: 60_000 },
    async () => {
      const c = await startCoxswain(engine, { at: berlin('11-11 10:00') });
      await foundClaims(c);
      await fillIn(
        c,
        Array.from({ length: 30 }, (_, i) => (i === 8 ? 61 : usual(i))),
      );
      expect(about(c, '#claims-ai', 'CLAIMS-1')).toEqual([]);
      for (let i = 30; i < 33; i += 1) await week(c, usual(i));
      expect(titles(c, '#claims-ai').filter((t) => t.startsWith('CLAIMS-1'))).toEqual([]);

      // Its people are asked again and again until somebody has it.
      const open = () => about(c, '#claims-ai', 'CLAIMS-1')[0];
      for (let i = 33; i < 39; i += 1) {
        await week(c, usual(i) - 3);
        if (open()?.buttons.includes('Acknowledge') === true) await press(c, 'bo', open()!, 'Acknowledge');
      }
      const [issue, ...more] = about(c, '#claims-ai', 'CLAIMS-1');
      expect(more).toEqual([]);
      expect(issue!.text).toMatch(/^CLAIMS-1 · Acceptance rate (?:has become|is much) lower/);
      expect(issue!.text).toMatch(
        /Of 100 numbers that do not change, about \d+ show something like this a year by chance/,
      );
      expect(issue!.text).toContain('Severity\n3 moderate');
      expect(altOf(issue!)).toMatch(/^Process-behaviour chart: Acceptance rate · Claims triage/);
      expect(altOf(issue!)).toMatch(/lasting change, lower since|below the limits/);
      const evidence = (issue!.text.match(/by chance/g) ?? []).length;

      await week(c, usual(39) - 3);
      expect(open()!.text.match(/by chance/g)).toHaveLength(evidence);

      const form = (await press(c, 'bo', open()!, 'Solve')).modal;
      const answers = { 'What caused it?': 'A new form.', 'What was done?': 'Nothing.' };
      const label = form.labels.find((one) => /new normal/i.test(one))!;
      await form
        .fill({ ...answers, 'What was learned, and why?': 'Forms change.', [label]: 'new normal' })
        .submit();
      for (let i = 40; i < 43; i += 1) await week(c, usual(i) - 3);
      expect(titles(c, '#claims-ai').filter((t) => t.startsWith('CLAIMS-2'))).toEqual([]);

      const card = (await type(c, 'eli', 'scorecard claims acceptance')).only;
      expect(card.ephemeral).toBe(false);
      expect(card.text).toContain('provisional baseline of');
      expect(card.text).toMatch(/Baseline set by\nBo Okafor: CLAIMS-1: A new form\./);
      expect(altOf(card)).toContain('new baseline: CLAIMS-1: A new form.');
    },
  );

  test('statistics that cannot judge say why; a person sets the baseline, with a reason', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'log claims acceptance 92');
    expect((await type(c, 'bo', 'scorecard claims acceptance')).text).toContain(
      'Statistics say nothing yet: 1 of the 8 readings that they need.',
    );
    await fillIn(
      c,
      Array.from({ length: 30 }, () => 92),
    );
    const shown = (await type(c, 'bo', 'scorecard claims acceptance')).text;
    expect(shown).toContain('Statistics cannot judge this number: ');
    expect(shown).not.toContain('Limits');

    const refused = (await type(c, 'bo', 'metric baseline claims acceptance 2026-W40')).text;
    expect(refused).toContain('the reason');
    const set = await type(
      c,
      'bo',
      'metric baseline claims acceptance from=2026-W40 because="Another model"',
    );
    expect(set.text).toContain(
      'It begins with 2026-W40: 7 readings so far. After 1 more, statistics judge again',
    );
  });

  test('a backtest of pasted numbers: bad lines are told, then the weeks, the reasons and the people', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const form = (await type(c, 'cem', 'backtest')).modal;
    expect((await form.submit()).errors).toEqual({
      Numbers: 'Paste past numbers here, one a line, or choose a file.',
    });
    const typed = {
      Numbers: ['95', '96', 'ninety', '94', '2026-W46, 95'].join('\n'),
      Name: 'Answer rate',
      Unit: '%',
      Target: '90',
      Tolerance: '4',
    };
    const bad = await form.fill(typed).submit();
    expect(bad.errors['Numbers']).toContain('Line 3: “ninety” is not a number.');
    expect(form.values).toMatchObject({ Numbers: typed.Numbers });
    const values = Array.from({ length: 40 }, (_, i) =>
      i === 20 ? 71 : i === 30 || i === 31 ? '-' : usual(i) - (i > 33 ? 6 : 0),
    );
    const undirected = await form.fill({ Numbers: weeks(c, values).join('\n') }).submit();
    expect(Object.keys(undirected.errors)).toEqual(['What is good']);
    await form.fill({ 'What is good': 'higher is better', Seat: 'claims · Claims triage' }).submit();

    const screen = c.slack.as('cem').modal();
    expect(screen.title).toContain('Backtest: Answer rate');
    expect(screen.text).toMatch(/quiet \d+ issues?, standard \d+ issues?, sensitive \d+ issues?/);
    expect(screen.text).toMatch(/Answer rate was 71 % in 2026-W\d\d; the target is ≥ 90 %, tolerance 4 %\./);
    expect(screen.text).toMatch(/No reading of Answer rate came for 2026-W\d\d and 2026-W\d\d/);
    expect(screen.text).toContain('Severity 2: Bo Okafor (accountable), then');
    expect(about(c, '#claims-ai', 'CLAIMS-1')).toEqual([]);
    expect((await type(c, 'bo', 'metric list claims')).text).not.toContain('Answer rate');
    await screen.press('Add this number');
    expect(c.slack.as('cem').modal().values).toMatchObject({
      Name: 'Answer rate',
      Target: '90',
      Tolerance: '4',
    });
    expect(onScreen(c, 'cem')).toContain('Add a number');
  });

  test('a backtest of a number that is there', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    expect((await type(c, 'bo', 'backtest claims acceptance')).text).toContain('has no readings yet');
    await fillIn(
      c,
      Array.from({ length: 30 }, (_, i) => (i === 25 ? 70 : usual(i))),
    );
    const shown = (await type(c, 'bo', 'backtest claims acceptance')).text;
    expect(shown).toContain('30 periods, 2026-W16 to 2026-W45');
    expect(shown).toContain('opens, severity 2');
  });

  test('on Teams: a backtest of pasted numbers, and the chart of a number', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    await c.say(
      'ana',
      channel('claims-ai'),
      '@Coxswain seat add claims "Claims triage" "Sorts claims within one hour" stage=pilot accountable="@Bo Okafor"',
    );
    await c.say('ana', chat('ana'), 'metric add claims acceptance quality % higher 90 5');
    const [form] = await c.say('ana', chat('ana'), 'backtest');
    const numbers = Array.from({ length: 20 }, (_, i) => (i === 15 ? 70 : usual(i))).join('\n');
    await c.press('ana', form!, 'Look', { numbers, cadence: 'weekly', direction: 'higher', target: '90' });
    const answer = c.shown(chat('ana')).find((m) => m.text.includes('Backtest: '));
    expect(answer!.text).toContain('opens, severity 2');
    expect(answer!.buttons).toContain('Add this number');
    await c.say('ana', chat('ana'), 'log claims acceptance 93');
    const [shown] = await c.say('ana', chat('ana'), 'scorecard claims acceptance');
    expect(shown!.text).toContain('Statistics say nothing yet: 1 of the 8 readings that they need.');
  });
});
