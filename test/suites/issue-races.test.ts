import { describe, expect, test } from 'vitest';
import { type Escalation, escalationOf } from '../../db/escalations.ts';
import { issueByRef, signalsOf } from '../../db/issues.ts';
import { metricByKey } from '../../db/metrics.ts';
import { snoozeIssue, stepEscalations } from '../../src/actions/escalation/index.ts';
import { newIssue, settleMissing, signalDrift, solveIssue } from '../../src/actions/issue/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { MINUTE } from '../../src/clock.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { addAcceptance, addClaims, appoint } from '../support/ship.ts';

const SOLVED = {
  cause: 'A new form.',
  fix: 'Taught it the form.',
  lesson: 'Forms change.',
  outcome: 'fixed',
};

const named = async (app: TestApp) => (await issueByRef(app.app.store.read, app.org, 'CLAIMS-1'))!;

/** What two at the same moment can do differently from one time to the next is done a few times. */
const OFTEN = [1, 2, 3, 4, 5, 6];

/** The number of `claims` did not come, which is CLAIMS-1; now a red one does, and nothing has looked at it yet. */
async function redAtLast(app: TestApp): Promise<{ metric: string; red: object }> {
  const seat = await addClaims(app);
  await addAcceptance(app);
  const { id: metric } = (await metricByKey(app.app.store.read, app.org, seat, 'acceptance'))!;
  await app.act('eli', newIssue, { seat: 'claims', metric: 'acceptance', title: 'No number', severity: 3 });
  await app.database.sql(`update signals set kind = 'missing', period = '2026-W46'`);
  await app.act('bo', logReadings, { readings: [{ seat: 'claims', metric: 'acceptance', value: 70 }] });
  const [reading] = await app.database.sql<{ period: string }>('select period from readings');
  return { metric, red: { metric, period: reading!.period, kind: 'red' } };
}

/** One number has one open issue, and what is open has not been solved. */
async function assertWhole(app: TestApp): Promise<void> {
  const { state, openFor, solvedAt } = await named(app);
  expect([state, openFor === null, solvedAt === null]).toEqual(
    state === 'open' ? ['open', false, true] : ['solved', true, false],
  );
}

async function chainOf(app: TestApp): Promise<Escalation> {
  return (await escalationOf(app.app.store.read, app.org, (await named(app)).id))!;
}

describe.each(ENGINES)('two at the same moment on %s', (engine) => {
  test.each(OFTEN)('a late number that is red is not settled as having come (%i)', async () => {
    const app = await testApp(engine);
    const { metric, red } = await redAtLast(app);
    await Promise.all([
      app.act('coxswain', signalDrift, red),
      app.act('coxswain', settleMissing, { metric }),
    ]);
    expect(await named(app)).toMatchObject({ state: 'open', severity: 2 });
    await assertWhole(app);
  });

  test.each(OFTEN)('what is seen while somebody solves it joins before, or opens it again (%i)', async () => {
    const app = await testApp(engine);
    const { red } = await redAtLast(app);
    await Promise.all([
      app.act('bo', solveIssue, { issue: 'CLAIMS-1', ...SOLVED }),
      app.act('coxswain', signalDrift, red),
    ]);
    await assertWhole(app);
    const kinds = (await signalsOf(app.app.store.read, app.org, (await named(app)).id, 9)).map((s) => s.kind);
    expect(kinds.toSorted()).toEqual(['missing', 'red']);
  });

  test.each(OFTEN)(
    'a snooze at the moment of the next step holds, or says that there is nothing to (%i)',
    async () => {
      const app = await testApp(engine);
      const seat = await addClaims(app);
      await appoint(app, 'cem', 'platform', seat);
      await appoint(app, 'dana', 'operations', seat);
      await app.act('eli', newIssue, { seat: 'claims', title: 'Refuses hail', severity: 1 });
      const step = ({ id, step, repeats }: Escalation) =>
        app.act('coxswain', stepEscalations, { due: [{ escalation: id, step, repeats }] });
      await step(await chainOf(app));
      const waiting = await chainOf(app);
      app.clock.moveTo(waiting.nextAt!);
      const [snoozed] = await Promise.allSettled([
        app.act('bo', snoozeIssue, { issue: 'CLAIMS-1', for: '10m', why: 'Lunch.' }),
        step(waiting),
      ]);
      const { state, snoozedUntil, nextAt, step: at } = await chainOf(app);
      expect({ snoozed: snoozed.status, state, snoozedUntil }).toEqual({
        snoozed: 'fulfilled',
        state: 'running',
        snoozedUntil: app.clock.now() + 10 * MINUTE,
      });
      // Asked before the snooze, the next ones have their whole time after it.
      expect(nextAt! - snoozedUntil!).toBe(
        at === waiting.step ? 0 : (await chainOf(app)).policy.steps[1]!.wait,
      );
    },
  );
});
