import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { verifyAudit } from '../../src/queries/audit.ts';
import { sendAway } from '../support/away.ts';
import { berlin, startCoxswain } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import { newToken, request } from '../support/machine.ts';
import {
  type TeamsCoxswain,
  type TeamsShown,
  channel,
  chat,
  startOnTeams,
} from '../support/teams-coxswain.ts';
import { foundClaims, pinged, posts, press, titles, type } from './crew.ts';

const WEEK = '2026-W46';
const FILE = `seat,metric,period,value\nclaims,cycle,${WEEK},2.5`;
const SOLUTION = {
  cause: 'The new form has no field for the branch.',
  fix: 'The branch is read from the letter.',
  lesson: 'Ask to see new forms before they are used.',
};

/** An agent logs its own number, by the tools of the protocol. */
async function reportOnItself(url: string, token: string, value: number): Promise<void> {
  const client = new Client({ name: 'claims-agent', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
  await client.connect(transport);
  onTestFinished(() => client.close());
  const { isError } = await client.callTool({
    name: 'log_reading',
    arguments: { seat: 'claims', metric: 'cost', period: WEEK, value },
  });
  expect(isError ?? false).toBe(false);
}

describe.each(ENGINES)('the whole week on Slack, %s', (engine) => {
  test('four sources, one drifts, the owner sleeps, the delegate has it, Monday tells, a rule stays', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    for (const line of [
      'metric add claims latency system ms lower 800 200 name="Latency p95" source=api',
      'metric add claims cost system EUR lower 1 0.5 name="Cost per claim" source=api',
      'metric add claims cycle business days lower 3 1 name="Cycle time" source=csv',
    ])
      await type(c, 'bo', line);
    await type(c, 'bo', 'digest here mon 09:00');
    const { token } = await newToken(c, 'pipeline scope=readings');
    await sendAway(c.app, c.org, 'Bo Okafor', berlin('11-20 09:00'), 'Cem Aydin');
    await c.until(berlin('11-13 10:00'));

    await reportOnItself(c.running.url, token, 0.9);
    const form = (await type(c, 'bo', 'log csv')).modal;
    await form.fill({ 'Or paste the rows': FILE }).submit();
    await c.slack.as('bo').modal().press('Log 1 value');
    const reading = { seat: 'claims', metric: 'latency', period: WEEK, value: 1500 };
    expect((await request(c, '/api/v1/readings', { token, body: reading })).status).toBe(200);
    await type(c, 'cem', `log claims acceptance 93 period=${WEEK}`);
    await c.settle();

    const issue = posts(c, '#claims-ai').find((m) => m.text.startsWith('CLAIMS-1 · Latency p95 is red'));
    expect(issue!.text).toContain('1500 ms');
    expect(pinged(c, 'CLAIMS-1')).toEqual(['cem']);
    const asked = posts(c, 'cem').find((m) => m.text.includes('CLAIMS-1'))!;
    await press(c, 'cem', asked, 'Acknowledge');
    expect(issue!.text).toMatch(/Acknowledged by @cem/);
    expect(titles(c, 'bo').filter((title) => title.includes('CLAIMS-1'))).toEqual([]);

    await c.until(berlin('11-16 09:00'));
    const digest = posts(c, '#claims-ai').find((m) => m.text.startsWith(`Weekly scorecard, ${WEEK}`))!;
    expect(digest.text).toContain('1 red, 3 green in 1 seat');
    expect(digest.text).toContain('CLAIMS-1');

    const solve = (await press(c, 'cem', asked, 'Solve')).modal;
    await solve
      .fill({
        'What caused it?': SOLUTION.cause,
        'What was done?': SOLUTION.fix,
        'What was learned, and why?': SOLUTION.lesson,
        'Fixed, or the new normal?': 'fixed',
        'Make it a rule?': true,
      })
      .submit();
    expect(issue!.text).toContain('Solved');
    expect((await type(c, 'eli', 'rules')).text).toContain(SOLUTION.lesson);
    const added = await type(c, 'ana', 'seat add fraud "Fraud screening" "Flags nine of ten frauds"');
    expect(added.text).toContain(SOLUTION.lesson);
    expect(await verifyAudit(c.app.store, c.app.keys, c.org)).toMatchObject({ ok: true });
  });
});

describe.each(ENGINES)('the whole week on Teams, %s', (engine) => {
  const claims = channel('claims-ai');

  async function found(c: TeamsCoxswain): Promise<void> {
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    const lines = [
      'seat add claims "Claims triage" "Sorts claims within one hour" stage=pilot accountable="@Bo Okafor"',
      'metric add claims acceptance quality % higher 90 5 name="Acceptance rate"',
      'metric add claims latency system ms lower 800 200 name="Latency p95" source=api',
      'metric add claims cost system EUR lower 1 0.5 name="Cost per claim" source=api',
      'metric add claims cycle business days lower 3 1 name="Cycle time" source=csv',
      'digest here mon 09:00',
    ];
    for (const line of lines) await c.say('ana', claims, `@Coxswain ${line}`);
    await c.press('bo', c.shown(chat('bo')).at(-1)!, 'Accept');
    await c.say('cem', chat('cem'), 'me');
  }

  const about = (shown: readonly TeamsShown[], text: string) => shown.find((m) => m.text.includes(text));

  test('four sources, one drifts, the owner sleeps, the delegate has it, Monday tells, a rule stays', async () => {
    const c = await startOnTeams(engine);
    await found(c);
    const [made] = await c.say('ana', chat('ana'), 'token new pipeline scope=readings');
    const token = /cxs_[a-z0-9]+_[\w-]+/.exec(made!.text)![0];
    await sendAway(c.coxswain.app, c.org, 'Bo Okafor', berlin('11-20 09:00'), 'Cem Aydin');
    await c.until(berlin('11-13 10:00'));

    await reportOnItself(c.running.url, token, 0.9);
    const [form] = await c.say('ana', chat('ana'), 'log csv');
    await c.press('ana', form!, 'Check', { text: FILE });
    await c.press('ana', about(c.shown(chat('ana')), 'Nothing has been logged yet')!, 'Log 1 value');
    const reading = { seat: 'claims', metric: 'latency', period: WEEK, value: 1500 };
    expect((await request(c, '/api/v1/readings', { token, body: reading })).status).toBe(200);
    await c.say('ana', chat('ana'), `log claims acceptance 93 period=${WEEK}`);
    await c.settle();

    const issue = about(c.shown(claims, 'eli'), 'CLAIMS-1 · Latency p95 is red')!;
    const asked = about(c.shown(chat('cem')), 'CLAIMS-1')!;
    expect(about(c.shown(chat('bo')), 'CLAIMS-1')).toBeUndefined();
    await c.press('cem', asked, 'Acknowledge');
    expect(issue.text).toMatch(/Acknowledged.* by .*Cem Aydin/);

    await c.until(berlin('11-16 09:00'));
    expect(about(c.shown(claims, 'eli'), `Weekly scorecard, ${WEEK}`)!.text).toContain(
      '1 red, 3 green in 1 seat',
    );

    const dialog = await c.dialog('cem', asked, 'Solve');
    await dialog.submit({ ...SOLUTION, outcome: 'fixed', rule: 'true', fits: 'every' });
    expect(issue.text).toContain('Solved');
    const [rules] = await c.say('eli', chat('eli'), 'rules');
    expect(rules!.text).toContain(SOLUTION.lesson);
    const { app } = c.coxswain;
    expect(await verifyAudit(app.store, app.keys, c.org)).toMatchObject({ ok: true });
  });
});
