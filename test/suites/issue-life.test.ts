import { describe, expect, test } from 'vitest';
import { escalationOf } from '../../db/escalations.ts';
import { signalsOf } from '../../db/issues.ts';
import { messageByKey } from '../../db/messages.ts';
import { closeJob } from '../../jobs/close.ts';
import {
  acknowledgeIssue,
  changeSeverity,
  closeIssue,
  closeQuietIssue,
  dropIssue,
  newIssue,
  noteIssue,
  reopenIssue,
  solveIssue,
} from '../../src/actions/issue/index.ts';
import { DAY, HOUR, MINUTE } from '../../src/clock.ts';
import { QUIET } from '../../src/domain/issue.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { LESSON, SOLVED, named, raised, said } from '../support/raised.ts';
import { addAcceptance, addClaims } from '../support/ship.ts';

/** Runs what the close job finds due. */
async function closeDue(app: TestApp): Promise<number> {
  const due = await closeJob.due(app.app.store.read, app.clock.now(), 100);
  for (const one of due) await closeJob.run(app.app, one);
  return due.length;
}

/** Logs a number of `claims` for the present week; one that is red opens an issue, or joins one. */
async function log(app: TestApp, value: number): Promise<void> {
  await app.act('bo', logReadings, { readings: [{ seat: 'claims', metric: 'acceptance', value }] });
  await app.follow();
}

async function red(app: TestApp): Promise<void> {
  await addClaims(app);
  await addAcceptance(app);
  await log(app, 70);
}

describe.each(ENGINES)('the life of an issue on %s', (engine) => {
  test('promises are kept in working time and counted anew when it is reopened or weighed differently', async () => {
    const app = await testApp(engine);
    await raised(app);
    const at = app.clock.now();
    expect(await named(app)).toMatchObject({ acknowledgeBy: at + 4 * HOUR, solveBy: at + DAY + 24 * HOUR });
    app.advance(HOUR);
    await app.act('bo', changeSeverity, { issue: 'CLAIMS-1', severity: 'critical', because: 'Hail today.' });
    expect(await named(app)).toMatchObject({
      severity: 1,
      acknowledgeBy: at + HOUR + 15 * MINUTE,
      solveBy: at + 5 * HOUR,
    });
    await app.act('bo', solveIssue, SOLVED);
    app.advance(DAY);
    await app.act('dana', reopenIssue, { issue: 'CLAIMS-1', because: 'Hail again.' });
    const again = app.clock.now();
    expect(await named(app)).toMatchObject({ acknowledgeBy: again + 15 * MINUTE, solveBy: again + 4 * HOUR });
  });

  test('worse asks its people anew, milder goes on with more time; both say why', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    await raised(app, { severity: 3 });
    const { id } = await named(app);
    await app.act('bo', acknowledgeIssue, { issue: 'CLAIMS-1' });
    await expect(
      app.act('bo', changeSeverity, { issue: 'CLAIMS-1', severity: 3, because: 'x' }),
    ).rejects.toMatchObject({ message: 'CLAIMS-1 is severity 3 (moderate) already.' });
    await app.act('bo', changeSeverity, { issue: 'CLAIMS-1', severity: 1, because: 'Wrong payments.' });
    expect(await named(app)).toMatchObject({ state: 'open', acknowledgedBy: app.people.bo });
    expect(await escalationOf(read, app.org, id)).toMatchObject({
      state: 'running',
      because: 'worse',
      step: 0,
    });
    await app.act('cem', changeSeverity, { issue: 'CLAIMS-1', severity: 2, because: 'Only one payment.' });
    expect(await escalationOf(read, app.org, id)).toMatchObject({ state: 'running' });
    expect((await escalationOf(read, app.org, id))!.policy.workingHours).toBe(true);
    await app.act('cem', changeSeverity, { issue: 'CLAIMS-1', severity: 4, because: 'A typo.' });
    expect(await escalationOf(read, app.org, id)).toMatchObject({ state: 'ended' });
    expect(await said(app)).toEqual([
      'Severity 2 high became 4 low: A typo.',
      'Severity 1 critical became 2 high: Only one payment.',
      'Severity 3 moderate became 1 critical: Wrong payments.',
    ]);
  });

  test('the accountable owner closes what is solved, and nobody else', async () => {
    const app = await testApp(engine);
    await raised(app);
    await expect(app.act('bo', closeIssue, { issue: 'CLAIMS-1' })).rejects.toMatchObject({
      code: 'conflict',
      message: 'CLAIMS-1 is not solved yet: solve it first, or drop it with a reason.',
    });
    await app.act('cem', solveIssue, SOLVED);
    await expect(app.act('cem', closeIssue, { issue: 'CLAIMS-1' })).rejects.toMatchObject({
      message: 'You may not do this. Its accountable owner (Bo Lindqvist) may.',
    });
    await app.act('bo', closeIssue, { issue: 'CLAIMS-1' });
    expect(await named(app)).toMatchObject({ state: 'closed', closedBy: app.people.bo, closeAt: null });
    await expect(app.act('bo', closeIssue, { issue: 'CLAIMS-1' })).rejects.toMatchObject({
      message: 'CLAIMS-1 is already closed by Bo Lindqvist.',
    });
  });

  test('seven quiet days close it by themselves; a comment begins them again', async () => {
    const app = await testApp(engine);
    await raised(app);
    await app.act('bo', solveIssue, SOLVED);
    app.advance(QUIET - HOUR);
    expect(await closeDue(app)).toBe(0);
    await app.act('dana', noteIssue, { issue: 'CLAIMS-1', text: 'I am not sure.' });
    const { id } = await named(app);
    app.advance(2 * HOUR);
    // Found due a moment before the comment came.
    await app.act('coxswain', closeQuietIssue, { issue: id });
    expect(await named(app)).toMatchObject({ state: 'solved' });
    expect(await closeJob.next(app.app.store.read, app.clock.now())).toBe(app.clock.now() + QUIET - 2 * HOUR);
    app.advance(QUIET);
    expect(await closeDue(app)).toBe(1);
    expect(await named(app)).toMatchObject({ state: 'closed', closedBy: null, closedAt: app.clock.now() });
    expect(await closeDue(app)).toBe(0);
  });

  test('a signal within the quiet days reopens it, one after them opens another', async () => {
    const app = await testApp(engine);
    await red(app);
    const { metric, id } = await named(app);
    await app.act('bo', solveIssue, { ...SOLVED, outcome: 'fixed' });
    app.advance(3 * DAY);
    await log(app, 60);
    expect(await named(app)).toMatchObject({
      state: 'open',
      reopenedAt: app.clock.now(),
      acknowledgedBy: app.people.bo,
      acknowledgedAt: app.clock.now() - 3 * DAY,
      closeAt: null,
      cause: LESSON.cause,
    });
    expect(await signalsOf(app.app.store.read, app.org, id, 9)).toHaveLength(2);
    expect(await escalationOf(app.app.store.read, app.org, id)).toMatchObject({
      state: 'running',
      because: 'reopened',
      round: 2,
    });
    await app.act('bo', solveIssue, { ...SOLVED, outcome: 'fixed' });
    app.advance(QUIET + HOUR);
    await log(app, 50);
    expect(await named(app, 'CLAIMS-2')).toMatchObject({ state: 'open', metric });
  });

  test('a number that moved is fixed or has a new normal, and only then begins its baseline anew', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    await red(app);
    await expect(app.act('bo', solveIssue, SOLVED)).rejects.toMatchObject({
      fields: { outcome: 'Choose fixed, or new normal.' },
    });
    await expect(app.act('bo', solveIssue, { ...SOLVED, outcome: 'maybe' })).rejects.toMatchObject({
      fields: { outcome: '“maybe” is not how it ended: choose fixed, new normal.' },
    });
    expect(await read.select().from(read.t.baselines)).toEqual([]);
    await app.act('bo', solveIssue, { ...SOLVED, outcome: 'new normal' });
    const { id, metric } = await named(app);
    expect(await read.select().from(read.t.baselines)).toMatchObject([
      // Monday of the week in which it was first seen, by Berlin's clock.
      {
        metric,
        issue: id,
        by: app.people.bo,
        from: Date.UTC(2026, 10, 15, 23),
        reason: 'CLAIMS-1: A new form.',
      },
    ]);
  });

  test('dropped with a reason, and back when it was no noise after all', async () => {
    const app = await testApp(engine);
    await red(app);
    const { metric, seat } = await named(app);
    await app.act('bo', dropIssue, { issue: 'CLAIMS-1', because: 'A typing error.' });
    expect(await named(app)).toMatchObject({
      state: 'dropped',
      dropReason: 'A typing error.',
      openFor: null,
    });
    await expect(app.act('bo', solveIssue, { ...SOLVED, outcome: 'fixed' })).rejects.toMatchObject({
      message: 'CLAIMS-1 is already dropped by Bo Lindqvist.',
    });
    await app.act('eli', reopenIssue, { issue: 'CLAIMS-1', because: 'It was no typing error.' });
    expect(await named(app)).toMatchObject({
      state: 'open',
      dropReason: null,
      closedBy: null,
      openFor: `${seat}:${metric}`,
    });
    expect(await said(app)).toEqual(['Reopened: It was no typing error.']);
    await expect(app.act('eli', reopenIssue, { issue: 'CLAIMS-1', because: 'Again' })).rejects.toMatchObject({
      message: 'CLAIMS-1 is open already.',
    });
  });

  test('what is raised about a number joins its open issue, and a second one cannot be reopened beside it', async () => {
    const app = await testApp(engine);
    await red(app);
    await app.act('bo', dropIssue, { issue: 'CLAIMS-1', because: 'Noise.' });
    const about = { seat: 'claims', metric: 'acceptance', title: 'Rejects hail' };
    expect(await app.act('eli', newIssue, about)).toMatchObject({ ref: 'CLAIMS-2', joined: false });
    expect(await app.act('dana', newIssue, { ...about, detail: 'Since Monday.' })).toMatchObject({
      ref: 'CLAIMS-2',
      joined: true,
    });
    const { id } = await named(app, 'CLAIMS-2');
    const signals = await signalsOf(app.app.store.read, app.org, id, 9);
    expect(signals.map((s) => s.sentence).toSorted()).toEqual([
      'Dana Okafor saw it too: Rejects hail. Since Monday.',
      'Eli Novak raised it: Rejects hail',
    ]);
    await expect(app.act('bo', reopenIssue, { issue: 'CLAIMS-1', because: 'Back' })).rejects.toMatchObject({
      message: 'CLAIMS-2 is open for the same number already. Add what you know to it.',
    });
  });

  test('everything it wants shown is one post in the channel', async () => {
    const app = await testApp(engine);
    await raised(app);
    const { id } = await named(app);
    const post = () => messageByKey(app.app.store.read, app.org, `issue:${id}:channel`);
    const revisions: number[] = [];
    const steps = [
      () => app.act('dana', noteIssue, { issue: 'CLAIMS-1', text: 'Hail.' }),
      () => app.act('bo', acknowledgeIssue, { issue: 'CLAIMS-1' }),
      () => app.act('bo', changeSeverity, { issue: 'CLAIMS-1', severity: 1, because: 'Bigger.' }),
      () => app.act('bo', solveIssue, SOLVED),
      () => app.act('bo', closeIssue, { issue: 'CLAIMS-1' }),
      () => app.act('bo', reopenIssue, { issue: 'CLAIMS-1', because: 'Back.' }),
      () => app.act('bo', dropIssue, { issue: 'CLAIMS-1', because: 'Gone.' }),
    ];
    for (const step of steps) {
      await step();
      revisions.push((await post())!.wanted);
    }
    expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
    expect(new Set(revisions).size).toBe(steps.length);
  });
});
