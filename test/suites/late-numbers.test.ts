import { describe, expect, test } from 'vitest';
import { escalationOf, pingsOf } from '../../db/escalations.ts';
import { issueByRef } from '../../db/issues.ts';
import { messageByKey } from '../../db/messages.ts';
import { stepEscalations } from '../../src/actions/escalation/index.ts';
import { acknowledgeIssue } from '../../src/actions/issue/index.ts';
import { missMetric } from '../../src/actions/metric/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { DAY, HOUR } from '../../src/clock.ts';
import { MONDAY, type TestApp, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { addAcceptance, addClaims } from '../support/ship.ts';

const NEXT_MONDAY = MONDAY + 7 * DAY;
const MONDAY_AFTER = MONDAY + 14 * DAY;

const log = async (app: TestApp, value: number) =>
  (await app.act('cem', logReadings, { readings: [{ seat: 'claims', metric: 'acceptance', value }] }))
    .logged[0];

/** Weeks 47 and 48 are over, Cem's number came for neither, and CLAIMS-1 says so. */
async function late(app: TestApp): Promise<{ issue: string; metric: string }> {
  await addClaims(app, { channel: await app.channel('claims') });
  const metric = await addAcceptance(app, { owner: app.people.cem });
  for (const [monday, period] of [
    [NEXT_MONDAY, '2026-W47'],
    [MONDAY_AFTER, '2026-W48'],
  ] as const) {
    app.clock.moveTo(monday);
    await app.act('coxswain', missMetric, { metric, period });
    await app.follow();
  }
  return { issue: (await issueByRef(app.app.store.read, app.org, 'CLAIMS-1'))!.id, metric };
}

async function step(app: TestApp, issue: string) {
  const escalation = (await escalationOf(app.app.store.read, app.org, issue))!;
  app.clock.moveTo(Math.max(app.clock.now(), escalation.nextAt!));
  return app.act('coxswain', stepEscalations, {
    due: [{ escalation: escalation.id, step: escalation.step, repeats: escalation.repeats }],
  });
}

describe.each(ENGINES)('late numbers on %s', (engine) => {
  test('a value that comes late is for the week that misses it, the next one for the present week', async () => {
    const app = await testApp(engine);
    await late(app);
    app.advance(3 * DAY);
    expect(await log(app, 91)).toMatchObject({ period: '2026-W48', status: 'green' });
    expect(await log(app, 92)).toMatchObject({ period: '2026-W49', corrected: null });
  });

  test('on Monday morning a second value corrects last week until its reading would be late', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    await addAcceptance(app, { owner: app.people.cem });
    app.clock.moveTo(NEXT_MONDAY - HOUR);
    expect(await log(app, 19)).toMatchObject({ period: '2026-W47', corrected: null });
    expect(await log(app, 91)).toMatchObject({ period: '2026-W47', corrected: 19 });
    app.clock.moveTo(NEXT_MONDAY + 1);
    expect(await log(app, 92)).toMatchObject({ period: '2026-W48' });
  });

  test('whose number it is is asked first, then the owner of the seat', async () => {
    const app = await testApp(engine);
    const { issue } = await late(app);
    await step(app, issue);
    await step(app, issue);
    const pings = await pingsOf(app.app.store.read, app.org, issue);
    expect(pings.map((p) => [p.target, p.person, p.outcome])).toEqual([
      ['number', app.people.cem, 'pinged'],
      ['accountable', app.people.bo, 'pinged'],
    ]);
  });

  test('a late number that turns out red makes the issue severe, open again, and its people are asked anew', async () => {
    const app = await testApp(engine);
    const { issue } = await late(app);
    await step(app, issue);
    await app.act('cem', acknowledgeIssue, { issue: 'CLAIMS-1' });
    await log(app, 40);
    await app.follow();
    expect(await issueByRef(app.app.store.read, app.org, 'CLAIMS-1')).toMatchObject({
      state: 'open',
      severity: 2,
      title: 'Acceptance rate is red',
      acknowledgedBy: app.people.cem,
    });
    expect(await messageByKey(app.app.store.read, app.org, `issue:${issue}:channel`)).toBeDefined();
    await step(app, issue);
    const pings = await pingsOf(app.app.store.read, app.org, issue);
    expect(pings.at(-1)).toMatchObject({ target: 'accountable', person: app.people.bo, outcome: 'pinged' });
  });

  test('who logs the red value themself is not pinged about it', async () => {
    const app = await testApp(engine);
    const { issue } = await late(app);
    const readings = [{ seat: 'claims', metric: 'acceptance', value: 40 }];
    await app.act('bo', logReadings, { readings });
    await app.follow();
    await step(app, issue);
    const pings = await pingsOf(app.app.store.read, app.org, issue);
    expect(pings.at(-1)).toMatchObject({
      target: 'accountable',
      person: app.people.bo,
      outcome: 'own doing',
    });
  });
});
