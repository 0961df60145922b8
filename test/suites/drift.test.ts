import { describe, expect, test } from 'vitest';
import { baselinesOf } from '../../db/drift.ts';
import { issueByRef, openIssues, signalsOf } from '../../db/issues.ts';
import { metricById } from '../../db/metrics.ts';
import { seatById } from '../../db/seats.ts';
import { setBaseline } from '../../src/actions/drift/index.ts';
import { acknowledgeIssue, dropIssue, solveIssue } from '../../src/actions/issue/index.ts';
import { nextNight, runNight } from '../../src/actions/org/index.ts';
import { noteReading } from '../../src/actions/metric/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { DAY } from '../../src/clock.ts';
import { lastPeriods, periodOf } from '../../src/domain/period.ts';
import { loadBehaviour } from '../../src/queries/drift.ts';
import { MONDAY, type TestApp, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { addAcceptance, addClaims } from '../support/ship.ts';

const ZONE = 'Europe/Berlin';
const WEEK = 7 * DAY;
/** A quiet number around 94 that is always green, and never the same twice in a row. */
const usual = (i: number): number =>
  94 + [0.4, -0.7, 1.1, -0.2, 0.6, -1.2, 0.1, 0.9, -0.4, -0.9, 0.3][i % 11]!;

interface Ship {
  readonly app: TestApp;
  readonly seat: string;
  readonly metric: string;
  /** Logs the present week's value, lets what follows happen, and goes on to the next week. */
  week(value: number): Promise<void>;
  issues(): Promise<string[]>;
  said(ref: string): Promise<string[]>;
}

async function ship(engine: (typeof ENGINES)[number], more: object = {}): Promise<Ship> {
  const app = await testApp(engine);
  const { read } = app.app.store;
  const seat = await addClaims(app, { channel: await app.channel('claims') });
  const metric = await addAcceptance(app, more);
  return {
    app,
    seat,
    metric,
    async week(value) {
      const { key } = periodOf('weekly', app.clock.now(), ZONE);
      await log(app, [{ period: key, value }]);
      app.advance(WEEK);
    },
    issues: async () =>
      (await openIssues(read, app.org, { limit: 100 })).map((i) => `${i.ref} ${i.severity} ${i.title}`),
    said: async (ref) =>
      (await signalsOf(read, app.org, (await issueByRef(read, app.org, ref))!.id, 100))
        .map((s) => s.sentence)
        .toReversed(),
  };
}

async function log(app: TestApp, values: readonly { period: string; value: number }[]): Promise<void> {
  const readings = values.map((one) => ({ seat: 'claims', metric: 'acceptance', ...one }));
  await app.act('bo', logReadings, { readings });
  await app.follow();
}

/** Values of the `n` weeks before this one, oldest first. */
const before = (app: TestApp, values: readonly number[]) =>
  lastPeriods('weekly', values.length, app.clock.now(), ZONE).map(({ key }, i) => ({
    period: key,
    value: values[i]!,
  }));

const year = (): number[] => Array.from({ length: 52 }, (_, i) => usual(i));

describe.each(ENGINES)('drift on %s', (engine) => {
  test('a history that is filled in opens nothing for old weeks, and is what the next week is judged by', async () => {
    const { app, week, issues, said } = await ship(engine);
    const past = year().map((value, i) => (i >= 20 && i < 30 ? 60 : value));
    await log(app, before(app, past));
    expect(await issues()).toEqual([]);
    await week(80);
    expect(await issues()).toEqual(['CLAIMS-1 2 Acceptance rate is red']);
    expect((await said('CLAIMS-1'))[0]).toMatch(
      /^Acceptance rate was 80 % in 2026-W47; the target is ≥ 90 %, tolerance 5 %\. Of 52 readings before, 10 were red\.$/,
    );
  });

  test('an old week is looked at as long as nothing newer is there, and not any more then', async () => {
    const { app, issues } = await ship(engine);
    const weeks = before(app, year().slice(0, 8));
    await log(app, [{ ...weeks[1]!, value: 60 }]);
    expect(await issues()).toEqual(['CLAIMS-1 2 Acceptance rate is red']);
    await app.act('ana', dropIssue, { issue: 'CLAIMS-1', because: 'Known.' });
    await log(app, weeks);
    const again = { seat: 'claims', metric: 'acceptance', ...weeks[1]!, value: 59 };
    await app.act('bo', logReadings, { readings: [again] });
    expect(await app.follow()).toEqual([]);
  });

  test('a small lasting shift of a green number opens one issue, says it once, and ends with a new normal', async () => {
    const { app, seat, metric, week, issues, said } = await ship(engine);
    await log(app, before(app, year().slice(0, 30)));
    for (let i = 30; i < 36; i += 1) await week(usual(i));
    expect(await issues()).toEqual([]);

    for (let i = 36; i < 43; i += 1) await week(usual(i) - 2.2);
    expect(await issues()).toEqual([
      expect.stringMatching(/^CLAIMS-1 3 Acceptance rate (?:has become|is much) lower/),
    ]);
    const sentences = await said('CLAIMS-1');
    expect(sentences.filter((one) => one.includes('has been lower since'))).toHaveLength(1);
    const shift = sentences.find((one) => one.includes('has been lower since'))!;
    expect(shift).toMatch(/since 2026-W5\d: 9\d\.?\d* % on average over \d+ readings? up to 20/);
    expect(shift).toMatch(/94\.?\d* % before \(baseline of 26 readings, 2026-W17 to 2026-W42\)/);
    expect(shift).toMatch(
      /Of 100 numbers that do not change, about \d+ show something like this a year by chance\.$/,
    );

    await app.act('bo', acknowledgeIssue, { issue: 'CLAIMS-1' });
    await week(usual(43) - 2.2);
    expect(await said('CLAIMS-1')).toEqual(sentences);

    const solved = { cause: 'A new form.', fix: 'Nothing.', lesson: 'It is so now.', outcome: 'new normal' };
    await app.act('bo', solveIssue, { issue: 'CLAIMS-1', ...solved });
    const baseline = (await baselinesOf(app.app.store.read, app.org, [metric])).get(metric);
    expect(baseline).toMatchObject({ by: app.people.bo, reason: expect.stringContaining('A new form.') });
    for (let i = 44; i < 58; i += 1) await week(usual(i) - 2.2);
    expect(await issues()).toEqual([]);
    const { read } = app.app.store;
    const found = await metricById(read, app.org, metric);
    const shown = await loadBehaviour(
      read,
      app.org,
      (await seatById(read, app.org, seat))!,
      found!,
      app.clock.now(),
    );
    expect(shown.detection).toMatchObject({ state: 'provisional' });
    expect(shown.baselineBy).toBe('Bo Lindqvist');
  });

  test('three yellows are told once; a red one joins and makes the issue severe', async () => {
    const { week, issues, said } = await ship(engine);
    for (const value of [94, 88, 87]) await week(value);
    expect(await issues()).toEqual([]);
    await week(86);
    expect(await issues()).toEqual(['CLAIMS-1 3 Acceptance rate is yellow for the third time']);
    await week(87);
    expect(await said('CLAIMS-1')).toEqual([
      'Acceptance rate was yellow three times in a row: 88 % in 2026-W48, 87 % in 2026-W49, 86 % in 2026-W50; the target is ≥ 90 %, tolerance 5 %. 1 reading before, none was yellow.'.replace(
        ' 1 reading',
        ' Of 1 reading',
      ),
    ]);
    await week(70);
    expect(await issues()).toEqual(['CLAIMS-1 2 Acceptance rate is red']);
    await week(71);
    expect(await said('CLAIMS-1')).toHaveLength(3);
  });

  test('what is corrected before anybody was told opens nothing', async () => {
    const { app, issues } = await ship(engine);
    const readings = (value: number) => ({ readings: [{ seat: 'claims', metric: 'acceptance', value }] });
    await app.act('bo', logReadings, readings(19));
    await app.act('bo', logReadings, readings(91));
    await app.follow();
    expect(await issues()).toEqual([]);
  });

  test('a note on a red value, or the same value again, says nothing again', async () => {
    const { app, week, issues, said } = await ship(engine);
    await week(60);
    const about = { seat: 'claims', metric: 'acceptance', period: periodOf('weekly', MONDAY, ZONE).key };
    await app.act('bo', noteReading, { ...about, note: 'half the team was away' });
    await log(app, [{ period: about.period, value: 60 }]);
    expect(await said('CLAIMS-1')).toHaveLength(1);
    await app.act('ana', dropIssue, { issue: 'CLAIMS-1', because: 'Known: the team was away.' });
    await log(app, [{ period: about.period, value: 60 }]);
    expect(await issues()).toEqual([]);
    // Another red value is another matter.
    await log(app, [{ period: about.period, value: 50 }]);
    expect(await issues()).toEqual(['CLAIMS-2 2 Acceptance rate is red']);
  });

  test('at night every number is looked at once, and nothing is said again', async () => {
    const { app, week, issues, said } = await ship(engine);
    await week(60);
    await week(61);
    expect(await issues()).toHaveLength(1);
    const night = nextNight(ZONE, MONDAY);
    const first = await app.act('coxswain', runNight, { night });
    expect(first).toEqual({ ran: true, next: nextNight(ZONE, app.clock.now()) });
    expect(await app.act('coxswain', runNight, { night })).toMatchObject({ ran: false });
    expect((await app.follow()).filter((name) => name.startsWith('drift.'))).toEqual(['drift.check']);
    expect(await said('CLAIMS-1')).toHaveLength(2);
  });

  test('a new baseline is a person’s word, with a reason and a period that has begun', async () => {
    const { app, metric } = await ship(engine);
    const about = { seat: 'claims', metric: 'acceptance', from: '2026-W47', because: 'Another form.' };
    await expect(app.act('eli', setBaseline, about)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(app.act('bo', setBaseline, { ...about, because: ' ' })).rejects.toMatchObject({
      fields: { because: 'Please give the reason for a new baseline.' },
    });
    await expect(app.act('bo', setBaseline, { ...about, from: '2027-W01' })).rejects.toMatchObject({
      message: '2027-W01 has not begun yet: a baseline is made of readings that are there.',
    });
    expect(await app.act('bo', setBaseline, about)).toMatchObject({ readings: 0, judgedAfter: 8 });
    const kept = await baselinesOf(app.app.store.read, app.org, [metric]);
    expect(kept.get(metric)).toMatchObject({ by: app.people.bo, reason: 'Another form.', issue: null });
  });

  test('the baseline stays what it was when years have passed', async () => {
    const { app, seat, metric } = await ship(engine, { cadence: 'daily', key: 'acceptance' });
    const days = lastPeriods('daily', 400, app.clock.now(), ZONE);
    await log(
      app,
      days.map(({ key }, i) => ({ period: key, value: usual(i) })),
    );
    const { read } = app.app.store;
    const shown = await loadBehaviour(
      read,
      app.org,
      (await seatById(read, app.org, seat))!,
      (await metricById(read, app.org, metric))!,
      app.clock.now(),
    );
    const { detection, history } = shown;
    expect(detection.state).toBe('frozen');
    if (detection.state !== 'frozen') return;
    expect(history.periods[detection.baseline.from]!.period).toBe(days[0]!.key);
    expect(history.periods[detection.baseline.to]!.period).toBe(days[25]!.key);
    expect(history.periods.at(-1)!.period).toBe(days.at(-1)!.key);
  });
});
