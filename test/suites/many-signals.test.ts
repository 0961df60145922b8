import { describe, expect, test } from 'vitest';
import { insertRows } from '../../db/bulk.ts';
import { baselinesOf } from '../../db/drift.ts';
import { countOpenIssues, openIssueFor } from '../../db/issues.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { solveIssue } from '../../src/actions/issue/index.ts';
import { missMetric } from '../../src/actions/metric/index.ts';
import { moveSeat } from '../../src/actions/seat/index.ts';
import { DAY } from '../../src/clock.ts';
import type { SignalKind } from '../../src/domain/issue.ts';
import { newIds } from '../../src/ids.ts';
import { loadIssue } from '../../src/queries/issue.ts';
import { loadSeatLines } from '../../src/queries/seat.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { LESSON, SOLVED, named, raised } from '../support/raised.ts';
import { addAcceptance, addClaims } from '../support/ship.ts';

/** Much more is heard of an issue, as of an alert that flaps for a week. */
const hear = (app: TestApp, issue: string, kind: SignalKind): Promise<void> =>
  app.app.store.write((tx) =>
    insertRows(
      tx,
      'signals',
      newIds(600).map((id, i) => ({
        org: app.org,
        id,
        issue,
        at: app.clock.now() + 1 + i,
        kind,
        period: null,
        sentence: 'Again',
        facts: null,
      })),
    ),
  );

describe.each(ENGINES)('an issue of which much is heard, %s', (engine) => {
  test('solving asks for what was wrong at first, and the new normal begins there', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    const metric = await addAcceptance(app);
    await app.act('bo', logReadings, { readings: [{ seat: 'claims', metric: 'acceptance', value: 60 }] });
    await app.follow();
    const issue = (await openIssueFor(app.app.store.read, app.org, seat, metric))!;
    await hear(app, issue.id, 'alert');
    app.advance(30 * DAY);
    const seen = (await loadIssue(app.app.store.read, app.org, issue.id))!;
    expect([seen.asksOutcome, seen.signals.length]).toEqual([true, 10]);
    await expect(app.act('bo', solveIssue, SOLVED)).rejects.toThrow('Is the number fixed');
    await app.act('bo', solveIssue, { ...SOLVED, outcome: 'new normal' });
    const baseline = (await baselinesOf(app.app.store.read, app.org, [metric])).get(metric);
    expect(baseline!.from).toBeLessThan(app.clock.now() - 20 * DAY);
  });

  test('numbers that came do not settle what was red before they were missing', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    const metric = await addAcceptance(app);
    const log = (value: number, period?: string) =>
      app.act('bo', logReadings, {
        readings: [{ seat: 'claims', metric: 'acceptance', value, ...(period && { period }) }],
      });
    await log(60, '2026-W46');
    await app.follow();
    const issue = (await openIssueFor(app.app.store.read, app.org, seat, metric))!;
    await hear(app, issue.id, 'missing');
    app.advance(7 * DAY);
    await app.act('coxswain', missMetric, { metric, period: '2026-W47' });
    await log(95, '2026-W47');
    await app.follow();
    expect(await named(app, issue.ref)).toMatchObject({ state: 'open' });
  });

  test('a seat that is retired leaves none of its issues open, however many', async () => {
    const app = await testApp(engine);
    await raised(app);
    const issue = await named(app);
    await app.app.store.write((tx) =>
      insertRows(
        tx,
        'issues',
        newIds(1001).map((id, i) => ({ ...issue, id, ref: `CLAIMS-${i + 2}`, drill: i === 0 })),
      ),
    );
    const { read } = app.app.store;
    expect(await countOpenIssues(read, app.org, [issue.seat])).toEqual(new Map([[issue.seat, 1001]]));
    expect(await loadSeatLines(read, app.org)).toMatchObject([{ openIssues: 1001 }]);
    const because = LESSON.lesson;
    await app.act('ana', moveSeat, { seat: 'claims', stage: 'retired', because });
    expect(await countOpenIssues(read, app.org, [issue.seat])).toEqual(new Map());
  });
});
