import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/databases.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { channel, chat, startOnTeams } from '../support/teams-coxswain.ts';
import { foundClaims, type } from './crew.ts';

const ROWS = [
  'Date;Seat;KPI;Value;Comment',
  '2026-10-26;claims;Acceptance rate;92,5;"=calm; week"',
  '2026-W45;claims;acceptance;93;',
  '2026-W46;claims;acceptance;NaN;',
  '2026-W46;claims;latency;5;',
  '2026-W60;claims;acceptance;5;',
  '2026-W50;claims;acceptance;5;',
];

describe.each(ENGINES)('numbers from a file, %s', (engine) => {
  test('every row is looked at before any is logged; then all are logged, once', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'log claims acceptance 91 period=2026-W45');
    const form = (await type(c, 'bo', 'log csv')).modal;
    expect((await form.submit()).errors).toEqual({ 'Or paste the rows': 'There is nothing to check yet.' });
    const double = await form.fill({ 'Or paste the rows': 'seat,metric,value,value\nclaims,a,1,2' }).submit();
    expect(double.errors['Or paste the rows']).toContain('Two columns are called “value”');
    await form.fill({ 'Or paste the rows': ROWS.join('\n') }).submit();

    const preview = c.slack.as('bo').modal();
    expect(preview.text).toContain('1 new, 1 correction, 4 skipped. Nothing has been logged yet.');
    expect(preview.text).toContain('row 4, Value: “NaN” is not a number.');
    expect(preview.text).toContain(
      'row 5: claims latency for 2026-W46: Seat “claims” has no number “latency”.',
    );
    expect(preview.text).toContain('row 6: claims acceptance for 2026-W60: “2026-W60” is not an ISO week');
    expect(preview.text).toContain('row 7: claims acceptance for 2026-W50: 2026-W50 has not begun yet');
    expect(preview.text).toContain('row 3: claims acceptance for 2026-W45: 93 corrects 91');
    expect(preview.text).toContain('row 2: claims acceptance for 2026-W44: 92.5: “=calm; week”');
    expect((await type(c, 'cem', 'metric show claims acceptance')).text).not.toContain('2026-W44');

    await preview.press('Log 2 values');
    expect(c.slack.as('bo').modal().title).toBe('Logged 2 values');
    const shown = (await type(c, 'cem', 'metric show claims acceptance')).text;
    expect(shown).toMatch(/green 92\.5 % for 2026-W44, Bo Okafor, .*: =calm; week/);
    expect(shown).toMatch(/green 93 % for 2026-W45.*corrects 91 %/);
  });

  test('a name that two numbers bear names neither of them; their keys do', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'metric add claims latency system s lower 4 1 name="Latency p95"');
    await type(c, 'bo', 'metric add claims latency-p95 800');
    const rows = 'week,Latency p95,latency-p95,latency\n2026-W45,1,2,3';
    const form = (await type(c, 'bo', 'log csv claims')).modal;
    await form.fill({ 'Or paste the rows': rows }).submit();
    const { text } = c.slack.as('bo').modal();
    expect(text).toContain('2 new, 0 corrections, 1 skipped.');
    expect(text).toContain(
      'More than one number of claims is called “Latency p95”: latency, latency-p95. Name it by its key.',
    );
    expect(text).toContain('row 2: claims latency-p95 for 2026-W45: 2');
    expect(text).toContain('row 2: claims latency for 2026-W45: 3');
  });

  test('a wide file of a spreadsheet, chosen as a file; who may not log a number is told in its rows', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'metric add claims latency-p95 800');
    const file = {
      name: 'weeks.csv',
      content: '\uFEFFWeek,Acceptance rate,Latency p95\r\n2026-W44,91.5,\r\n2026-W45,,790\r\n',
    };
    const form = (await type(c, 'eli', 'log csv claims')).modal;
    await form.fill({ 'CSV file': file }).submit();
    const refused = c.slack.as('eli').modal();
    expect(refused.title).toContain('Nothing');
    expect(refused.text).toContain('row 2: claims Acceptance rate for 2026-W44: It is not your number');

    await (await type(c, 'bo', 'log csv claims')).modal.fill({ 'CSV file': file }).submit();
    const preview = c.slack.as('bo').modal();
    expect(preview.text).toContain('2 new, 0 corrections, 0 skipped');
    await preview.press('Log 2 values');
    expect((await type(c, 'cem', 'metric show claims latency-p95')).text).toContain(
      'green 790 ms for 2026-W45',
    );
  });

  test('on Teams the rows are pasted, and the preview becomes the result', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    await c.say(
      'ana',
      channel('claims-ai'),
      '@Coxswain seat add claims "Claims triage" "Sorts claims within one hour" stage=pilot accountable="@Bo Okafor"',
    );
    await c.say('ana', chat('ana'), 'metric add claims acceptance-rate 90');
    const [form] = await c.say('ana', chat('ana'), 'log csv');
    await c.press('ana', form!, 'Check', {
      text: 'seat,metric,period,value\nclaims,acceptance-rate,2026-W44,74\nclaims,acceptance-rate,2026-W45,n/a',
    });
    const preview = c.shown(chat('ana')).find((m) => m.buttons.includes('Log 1 value'));
    expect(preview!.text).toContain('row 3, value: “n/a” is not a number.');
    await c.press('ana', preview!, 'Log 1 value');
    expect(preview!.text).toContain('Logged 1 value');
    expect(preview!.buttons).not.toContain('Log 1 value');
    const [shown] = await c.say('ana', chat('ana'), 'metric show claims acceptance-rate');
    expect(shown!.text).toContain('74 % for 2026-W44');
  });
});
