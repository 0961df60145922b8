import { asc, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { openIssueFor, signalsOf } from '../../db/issues.ts';
import { metricById, metricsDue, presentReading, readingsSince } from '../../db/metrics.ts';
import { addMetric, missMetric } from '../../src/actions/metric/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { addSeat } from '../../src/actions/seat/index.ts';
import { DAY, HOUR } from '../../src/clock.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { ACCEPTANCE, CLAIMS, addAcceptance, addClaims } from '../support/ship.ts';

const log = (app: TestApp, value: number | string, more: object = {}) =>
  app.act('bo', logReadings, { readings: [{ seat: 'claims', metric: 'acceptance', value, ...more }] });

async function claimsWithNumber(app: TestApp): Promise<{ seat: string; metric: string }> {
  return { seat: await addClaims(app), metric: await addAcceptance(app) };
}

/** A week later: nothing came for the first one. */
async function missFirstWeek(app: TestApp, metric: string): Promise<void> {
  app.advance(7 * DAY);
  await app.act('coxswain', missMetric, { metric, period: '2026-W47' });
  app.advance(7 * DAY);
}

describe.each(ENGINES)('numbers on %s', (engine) => {
  test('a number is awaited for the week in which it was added', async () => {
    const app = await testApp(engine);
    const { metric } = await claimsWithNumber(app);
    expect(await metricById(app.app.store.read, app.org, metric)).toMatchObject({
      owner: app.people.bo,
      cadence: 'weekly',
      duePeriod: '2026-W47',
      dueAt: Date.UTC(2026, 10, 23, 8, 0),
      createdAt: app.clock.now(),
    });
  });

  test('bad numbers are refused beside their field', async () => {
    const app = await testApp(engine);
    await claimsWithNumber(app);
    await expect(app.act('bo', addMetric, ACCEPTANCE)).rejects.toMatchObject({
      code: 'conflict',
      fields: { key: 'This key is taken.' },
    });
    const range = { ...ACCEPTANCE, key: 'heat', direction: 'range', target: 18 };
    await expect(app.act('bo', addMetric, range)).rejects.toMatchObject({
      code: 'invalid',
      fields: { targetHigh: 'Give the upper end, not below the target.' },
    });
    await expect(app.act('bo', addMetric, { ...ACCEPTANCE, key: 'b', tolerance: -1 })).rejects.toMatchObject({
      fields: { tolerance: 'Give 0 or more.' },
    });
    await expect(
      app.act('bo', addMetric, { ...ACCEPTANCE, key: 'b', target: 'a lot' }),
    ).rejects.toMatchObject({
      fields: { target: '“a lot” is not a number. Please give the target as a number like 0.92, 92 or 1,5.' },
    });
    await expect(
      app.act('bo', addMetric, { ...ACCEPTANCE, key: 'b', owner: 'nobody' }),
    ).rejects.toMatchObject({
      code: 'not_found',
      fields: { owner: 'Choose an active member of the organisation.' },
    });
  });

  test('a reading is stored with its status; a correction supersedes it and keeps the old one', async () => {
    const app = await testApp(engine);
    const { metric } = await claimsWithNumber(app);
    expect(await log(app, '92,5')).toMatchObject({
      logged: [
        {
          seat: 'claims',
          metric: 'acceptance',
          period: '2026-W47',
          value: 92.5,
          unit: '%',
          status: 'green',
          corrected: null,
        },
      ],
    });
    app.advance(HOUR);
    expect(await log(app, 87, { note: 'without the test cases' })).toMatchObject({
      logged: [{ value: 87, status: 'yellow', corrected: 92.5 }],
    });

    const { read } = app.app.store;
    const { readings } = read.t;
    const rows = await read
      .select()
      .from(readings)
      .where(eq(readings.org, app.org))
      .orderBy(asc(readings.at));
    expect(rows).toMatchObject([
      { value: 92.5, present: null, supersedes: null },
      { value: 87, note: 'without the test cases', supersedes: rows[0]!.id },
    ]);
    expect(await presentReading(read, app.org, metric, '2026-W47')).toMatchObject({ value: 87 });
    expect(await readingsSince(read, app.org, [metric], 0)).toHaveLength(1);
  });

  test('two corrections at the same moment leave one reading that counts', async () => {
    const app = await testApp(engine);
    const { metric } = await claimsWithNumber(app);
    await Promise.all([log(app, 91), log(app, 92), log(app, 93)]);
    const { read } = app.app.store;
    expect(await readingsSince(read, app.org, [metric], 0)).toHaveLength(1);
    expect(await read.select().from(read.t.readings).where(eq(read.t.readings.org, app.org))).toHaveLength(3);
  });

  test('until a reading is late, what is logged is for last week; afterwards for this one', async () => {
    const app = await testApp(engine);
    await claimsWithNumber(app);
    app.clock.moveTo(Date.UTC(2026, 10, 23, 7, 59));
    expect(await log(app, 91)).toMatchObject({ logged: [{ period: '2026-W47' }] });
    app.clock.moveTo(Date.UTC(2026, 10, 23, 8, 1));
    expect(await log(app, 91)).toMatchObject({ logged: [{ period: '2026-W48' }] });
    await expect(log(app, 91, { period: '2026-W50' })).rejects.toMatchObject({
      code: 'invalid',
      message: '2026-W50 has not begun yet: readings are for the present or an earlier period.',
      hint: 'period=2026-W48',
    });
    await expect(log(app, 91, { period: '2026-W54' })).rejects.toMatchObject({
      code: 'invalid',
      hint: '2026-W47',
    });
  });

  test('of a form with many numbers all are stored or none, and the fault stands beside its number', async () => {
    const app = await testApp(engine);
    const { metric } = await claimsWithNumber(app);
    const readings = [
      { seat: 'claims', metric: 'acceptance', value: 91 },
      { seat: 'claims', metric: 'latency', value: 2 },
    ];
    await expect(app.act('ana', logReadings, { readings })).rejects.toMatchObject({
      code: 'not_found',
      fields: { value_1: 'Seat “claims” has no number “latency”. It has: acceptance.' },
    });
    expect(await readingsSince(app.app.store.read, app.org, [metric], 0)).toEqual([]);
  });

  test('who does not own the number is told who does', async () => {
    const app = await testApp(engine);
    await claimsWithNumber(app);
    const readings = [{ seat: 'claims', metric: 'acceptance', value: 91 }];
    await expect(app.act('eli', logReadings, { readings })).rejects.toMatchObject({
      code: 'forbidden',
      message: 'You may not do this. A governor (Ana Flores) or an owner of claims (Bo Lindqvist) may.',
    });
    await app.act('ana', logReadings, { readings });
  });

  test('a red reading opens an issue once; another red one is evidence in the same issue', async () => {
    const app = await testApp(engine);
    const { seat, metric } = await claimsWithNumber(app);
    const { read } = app.app.store;
    await log(app, 71);
    expect(await app.follow()).toEqual(['drift.check', 'issue.signal']);
    const issue = await openIssueFor(read, app.org, seat, metric);
    expect(issue).toMatchObject({
      ref: 'CLAIMS-1',
      kind: 'drift',
      severity: 2,
      state: 'open',
      title: 'Acceptance rate is red',
      openedBy: app.people.bo,
    });
    app.advance(HOUR);
    await log(app, 70);
    expect(await app.follow()).toEqual(expect.arrayContaining(['issue.signal', 'issue.settle-missing']));
    expect(await openIssueFor(read, app.org, seat, metric)).toMatchObject({ id: issue!.id, state: 'open' });
    const signals = await signalsOf(read, app.org, issue!.id, 10);
    expect(signals.map((s) => s.sentence)).toEqual([
      'Acceptance rate was 70 % in 2026-W47; the target is ≥ 90 %, tolerance 5 %.',
      'Acceptance rate was 71 % in 2026-W47; the target is ≥ 90 %, tolerance 5 %.',
    ]);
  });

  test('the same red reading delivered twenty times is one reading, one follow-up, one issue', async () => {
    const app = await testApp(engine);
    await claimsWithNumber(app);
    const input = { readings: [{ seat: 'claims', metric: 'acceptance', value: 71 }] };
    const calls = Array.from({ length: 20 }, () => app.act('bo', logReadings, input, 'click-1'));
    const results = await Promise.all(calls);
    expect(new Set(results.map((r) => JSON.stringify(r.logged.map((l) => l.corrected))))).toEqual(
      new Set(['[null]']),
    );
    const { read } = app.app.store;
    expect(await read.select().from(read.t.readings)).toHaveLength(1);
    expect(await read.select().from(read.t.followUps)).toHaveLength(1);
    await app.follow();
    await app.follow();
    expect(await read.select().from(read.t.issues)).toHaveLength(1);
  });

  test('a reading corrected before anybody was told about it opens nothing', async () => {
    const app = await testApp(engine);
    await claimsWithNumber(app);
    await log(app, 7.1);
    await log(app, 97.1);
    await app.follow();
    const { read } = app.app.store;
    expect(await read.select().from(read.t.issues)).toEqual([]);
  });

  test('one missing week is named, two in a row open an issue, and its coming settles it', async () => {
    const app = await testApp(engine);
    const { seat, metric } = await claimsWithNumber(app);
    const { read } = app.app.store;
    expect(await metricsDue(read, app.clock.now(), 10)).toEqual([]);
    app.advance(7 * DAY);
    const [due] = await metricsDue(read, app.clock.now(), 10);
    expect(due).toMatchObject({ org: app.org, id: metric, period: '2026-W47' });
    const miss = { metric, period: '2026-W47' };
    expect(await app.act('coxswain', missMetric, miss)).toEqual({ missing: true, signal: null });
    expect(await app.act('coxswain', missMetric, miss)).toEqual({ missing: false, signal: null });
    expect(await metricById(read, app.org, metric)).toMatchObject({ duePeriod: '2026-W48' });
    expect(await app.follow()).toEqual([]);

    app.advance(7 * DAY);
    const again = { metric, period: '2026-W48' };
    expect(await app.act('coxswain', missMetric, again)).toEqual({ missing: true, signal: 'missing' });
    expect(await app.follow()).toEqual(['issue.signal']);
    const issue = await openIssueFor(read, app.org, seat, metric);
    expect(issue).toMatchObject({ severity: 3, title: 'Acceptance rate is missing', openedBy: null });

    for (const period of ['2026-W48', '2026-W47']) {
      await log(app, 95, { period });
      expect(await app.follow()).toEqual(['drift.check', 'issue.settle-missing']);
    }
    const [settled] = await read.select().from(read.t.issues);
    expect(settled).toMatchObject({ id: issue!.id, state: 'solved', fix: 'The missing number came.' });
  });

  test('an issue about missing numbers is settled by them however late they come', async () => {
    const app = await testApp(engine);
    const { seat, metric } = await claimsWithNumber(app);
    const { read } = app.app.store;
    await missFirstWeek(app, metric);
    await app.act('coxswain', missMetric, { metric, period: '2026-W48' });
    await app.follow();
    for (const period of ['2026-W49', '2026-W50', '2026-W51', '2026-W52', '2026-W53']) {
      app.advance(7 * DAY);
      await log(app, 95, { period });
      await app.follow();
    }
    expect(await openIssueFor(read, app.org, seat, metric)).toMatchObject({ state: 'open' });
    for (const period of ['2026-W47', '2026-W48']) {
      await log(app, 95, { period });
      expect(await app.follow()).toEqual(['drift.check', 'issue.settle-missing']);
    }
    expect(await openIssueFor(read, app.org, seat, metric)).toBeUndefined();
  });

  test('a missing week between two that came opens nothing, even when the one before came late', async () => {
    const app = await testApp(engine);
    const { metric } = await claimsWithNumber(app);
    app.advance(7 * DAY);
    await app.act('coxswain', missMetric, { metric, period: '2026-W47' });
    app.advance(3 * DAY);
    await log(app, 95);
    app.advance(4 * DAY);
    expect(await app.act('coxswain', missMetric, { metric, period: '2026-W48' })).toEqual({
      missing: true,
      signal: null,
    });
  });

  test('two copies that find the same missing number miss it once', async () => {
    const app = await testApp(engine);
    const { metric } = await claimsWithNumber(app);
    await missFirstWeek(app, metric);
    const miss = () => app.act('coxswain', missMetric, { metric, period: '2026-W48' });
    const results = await Promise.all([miss(), miss(), miss()]);
    expect(results.filter((r) => r.missing)).toHaveLength(1);
    expect(await app.follow()).toEqual(['issue.signal']);
  });

  test('a number that comes while its absence is being reported opens nothing', async () => {
    const app = await testApp(engine);
    const { metric } = await claimsWithNumber(app);
    await missFirstWeek(app, metric);
    await app.act('coxswain', missMetric, { metric, period: '2026-W48' });
    await log(app, 95, { period: '2026-W48' });
    await app.follow();
    const { read } = app.app.store;
    expect(await read.select().from(read.t.issues)).toEqual([]);
  });

  test('after weeks without Coxswain the first and the latest week are missed, and none between; one issue says so', async () => {
    const app = await testApp(engine);
    const { seat, metric } = await claimsWithNumber(app);
    const { read } = app.app.store;
    app.advance(28 * DAY + HOUR);
    const missed: string[] = [];
    for (;;) {
      const [due] = await metricsDue(read, app.clock.now(), 10);
      if (due === undefined) break;
      await app.act('coxswain', missMetric, { metric, period: due.period });
      await app.follow();
      missed.push(due.period);
    }
    expect(missed).toEqual(['2026-W47', '2026-W50']);
    const issue = await openIssueFor(read, app.org, seat, metric);
    const signals = await signalsOf(read, app.org, issue!.id, 10);
    expect(signals.map((s) => s.period)).toEqual(['2026-W50']);
    expect(await metricById(read, app.org, metric)).toMatchObject({ duePeriod: '2026-W51' });
  });

  test('in one batch a later reading supersedes an earlier one, and the number awaits the period after the last', async () => {
    const app = await testApp(engine);
    const { metric } = await claimsWithNumber(app);
    app.advance(14 * DAY);
    const reading = (value: number, period: string) => ({
      seat: 'Claims',
      metric: 'ACCEPTANCE',
      value,
      period,
    });
    const readings = [reading(90, '2026-W47'), reading(91, '2026-W48'), reading(70, '2026-W47')];
    const { logged } = await app.act('bo', logReadings, { readings });
    expect(logged.map((l) => [l.period, l.value, l.corrected])).toEqual([
      ['2026-W47', 90, null],
      ['2026-W48', 91, null],
      ['2026-W47', 70, 90],
    ]);
    const { read } = app.app.store;
    expect(await metricById(read, app.org, metric)).toMatchObject({ duePeriod: '2026-W49' });
    expect(await presentReading(read, app.org, metric, '2026-W47')).toMatchObject({ value: 70 });
    const all = await read.select().from(read.t.readings).orderBy(asc(read.t.readings.id));
    expect(all.map((r) => [r.value, r.present !== null])).toEqual([
      [90, false],
      [91, true],
      [70, true],
    ]);
    expect(all[2]!.supersedes).toBe(all[0]!.id);
  });

  test('a seat without numbers is told how to add one', async () => {
    const app = await testApp(engine);
    await app.act('bo', addSeat, { ...CLAIMS, key: 'empty' });
    const readings = [{ seat: 'empty', metric: 'acceptance', value: 1 }];
    await expect(app.act('bo', logReadings, { readings })).rejects.toMatchObject({
      code: 'not_found',
      hint: 'metric add empty acceptance quality % higher 90 5',
    });
  });
});
