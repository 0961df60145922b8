import { describe, expect, test } from 'vitest';
import { openIssues, signalsOf } from '../../db/issues.ts';
import { metricById } from '../../db/metrics.ts';
import { seatById } from '../../db/seats.ts';
import { checkImport, importKey, keptImport } from '../../src/actions/import/index.ts';
import {
  addMetric,
  editMetric,
  missMetric,
  pauseMetric,
  resumeMetric,
  setTarget,
} from '../../src/actions/metric/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { createToken } from '../../src/actions/token/index.ts';
import { DAY } from '../../src/clock.ts';
import { loadScorecards } from '../../src/queries/scorecard.ts';
import { MONDAY, type TestApp, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { ACCEPTANCE, addAcceptance, addClaims } from '../support/ship.ts';

const ABOUT = { seat: 'claims', metric: 'acceptance' };

async function claims(engine: (typeof ENGINES)[number], more: object = {}) {
  const app = await testApp(engine);
  const seat = await addClaims(app);
  return { app, seat, metric: await addAcceptance(app, more) };
}

const log = (app: TestApp, value: number, period: string, metric = 'acceptance') =>
  app.act('bo', logReadings, { readings: [{ ...ABOUT, metric, value, period }] });

/** The cells of the only number, oldest first, as `green 91`. */
async function cells(app: TestApp, seatId: string, weeks?: number): Promise<string[]> {
  const { read } = app.app.store;
  const seat = (await seatById(read, app.org, seatId))!;
  const found = await loadScorecards(read, app.org, 'Europe/Berlin', [seat], app.clock.now(), weeks);
  return found.cards[0]!.rows[0]!.cells.map((c) =>
    c.value === undefined ? c.status : `${c.status} ${c.value}`,
  );
}

describe.each(ENGINES)('a number and its time on %s', (engine) => {
  test('each week is judged by the target of its end, whatever changed since', async () => {
    const { app, seat } = await claims(engine);
    for (const period of ['2026-W45', '2026-W46', '2026-W47']) await log(app, 91, period);
    expect((await cells(app, seat)).slice(-3)).toEqual(['green 91', 'green 91', 'green 91']);
    await app.act('bo', setTarget, { ...ABOUT, target: 95, tolerance: 2, because: 'Six good weeks.' });
    expect((await cells(app, seat)).slice(-3)).toEqual(['green 91', 'green 91', 'red 91']);
    expect(await log(app, 90, '2026-W45')).toMatchObject({ logged: [{ status: 'green' }] });
    app.advance(7 * DAY);
    await app.act('bo', setTarget, { ...ABOUT, target: 80, because: 'Too high after all.' });
    await log(app, 91, '2026-W48');
    expect((await cells(app, seat)).slice(-4)).toEqual(['green 90', 'green 91', 'red 91', 'green 91']);
  });

  test('a scorecard has as many weeks as are asked for, from 1 to 52', async () => {
    const { app, seat } = await claims(engine);
    await log(app, 91, '2025-W48');
    expect(await cells(app, seat, 1)).toHaveLength(1);
    expect(await cells(app, seat)).toHaveLength(13);
    const year = await cells(app, seat, 52);
    expect([year.length, year[1]]).toEqual([52, 'green 91']);
    expect(await cells(app, seat, 500)).toHaveLength(52);
  });

  test('of a daily number a week shows the last day that came', async () => {
    const { app, seat } = await claims(engine, { cadence: 'daily' });
    app.clock.moveTo(MONDAY + 9 * DAY);
    await log(app, 91, '2026-11-17');
    await log(app, 70, '2026-11-19');
    await log(app, 95, '2026-11-24');
    expect((await cells(app, seat, 3)).slice(-2)).toEqual(['red 70', 'green 95']);
  });

  test('a month stands in the week in which it ends, is missing there, and runs in the newest week', async () => {
    const { app, seat } = await claims(engine, { cadence: 'monthly' });
    await log(app, 88, '2026-10');
    await log(app, 91, '2026-11');
    // November still runs: its value stands in the newest week, which it does not begin.
    // October ended on a Saturday, in week 44 of these weeks 43 to 46.
    expect(await cells(app, seat, 4)).toEqual(['none', 'yellow 88', 'none', 'green 91']);
    app.clock.moveTo(Date.UTC(2027, 0, 11, 9));
    expect(await cells(app, seat, 7)).toEqual([
      'none',
      'green 91',
      'none',
      'none',
      'none',
      'missing',
      'none',
    ]);
  });

  test('with another cadence the present period is awaited, and the weeks before are not missing twice', async () => {
    const { app, seat, metric } = await claims(engine);
    await log(app, 91, '2026-W46');
    app.advance(9 * DAY);
    await app.act('bo', editMetric, { ...ABOUT, cadence: 'daily' });
    expect(await metricById(app.app.store.read, app.org, metric)).toMatchObject({
      cadence: 'daily',
      duePeriod: '2026-11-25',
    });
    // What was about to be closed under the old cadence is nobody's any more.
    const old = { metric, period: '2026-W47' };
    expect(await app.act('coxswain', missMetric, old)).toEqual({ missing: false, signal: null });
    app.advance(DAY);
    const first = { metric, period: '2026-11-25' };
    expect(await app.act('coxswain', missMetric, first)).toEqual({ missing: true, signal: null });
    app.advance(DAY);
    const second = { metric, period: '2026-11-26' };
    expect(await app.act('coxswain', missMetric, second)).toEqual({ missing: true, signal: 'missing' });
    expect(await cells(app, seat, 3)).toEqual(['none', 'green 91', 'none']);
  });

  test('two people who change a number at the same moment do not undo each other unseen', async () => {
    const { app } = await claims(engine);
    const set = (target: number) => app.act('bo', setTarget, { ...ABOUT, target, because: 'Measured.' });
    const results = await Promise.allSettled([set(91), set(92), set(93)]);
    const { read } = app.app.store;
    const changes = await read.select().from(read.t.targetChanges);
    const done = results.filter((r) => r.status === 'fulfilled').length;
    expect(changes).toHaveLength(done);
    expect(new Set(changes.map((c) => c.target)).size).toBe(done);
    const pause = () => app.act('bo', pauseMetric, { ...ABOUT, because: 'Migration.' });
    const paused = await Promise.allSettled([pause(), pause()]);
    expect(paused.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
  });

  test('a paused number has no row with a status, and neither the pause nor its end makes a week missing', async () => {
    const { app, seat, metric } = await claims(engine);
    await log(app, 91, '2026-W47');
    await app.act('bo', pauseMetric, { ...ABOUT, because: 'Migration.' });
    const { read } = app.app.store;
    const at = async () => {
      const found = (await seatById(read, app.org, seat))!;
      return (await loadScorecards(read, app.org, 'Europe/Berlin', [found], app.clock.now())).cards[0]!;
    };
    expect(await at()).toMatchObject({
      rows: [],
      paused: [{ reason: 'Migration.', since: app.clock.now() }],
    });
    expect(await app.act('coxswain', missMetric, { metric, period: '2026-W48' })).toEqual({
      missing: false,
      signal: null,
    });
    app.advance(28 * DAY);
    await app.act('bo', resumeMetric, ABOUT);
    expect((await at()).paused).toEqual([]);
    app.advance(14 * DAY);
    expect((await cells(app, seat)).slice(-6)).toEqual([
      'green 91',
      'none',
      'none',
      'none',
      'missing',
      'missing',
    ]);
  });
});

describe.each(ENGINES)('numbers of machines on %s', (engine) => {
  test('when one machine stops, one issue tells it for all its numbers', async () => {
    const { app } = await claims(engine);
    const keys = ['latency-p95', 'error-rate', 'availability'];
    for (const key of keys)
      await app.act('bo', addMetric, { seat: 'claims', key, target: 50, source: 'api', direction: 'lower' });
    const token = await app.act('ana', createToken, { name: 'grafana', scopes: 'readings' });
    const machine = app.ctxAs({ kind: 'token', token: token.id });
    await app.act(machine, logReadings, {
      readings: keys.map((metric) => ({ seat: 'claims', metric, value: 20, period: '2026-W47' })),
    });
    await app.follow();
    const { read } = app.app.store;
    const metrics = (await read.select().from(read.t.metrics)).filter((m) => keys.includes(m.key));
    for (const [weeks, period] of [
      [14, '2026-W48'],
      [21, '2026-W49'],
    ] as const) {
      app.clock.moveTo(MONDAY + weeks * DAY);
      for (const m of metrics) await app.act('coxswain', missMetric, { metric: m.id, period });
      await app.follow();
    }
    const open = await openIssues(read, app.org, { limit: 10 });
    expect(open.map((i) => [i.title, i.severity])).toEqual([
      ['Token grafana is silent: 3 numbers are missing', 3],
    ]);
    const [signal] = await signalsOf(read, app.org, open[0]!.id, 10);
    expect(signal).toMatchObject({ kind: 'silent', period: '2026-W49' });
    expect(signal!.sentence).toMatch(
      /^Token grafana has sent nothing for 2026-W48 and 2026-W49: .*Error rate/,
    );
  });
});

describe.each(ENGINES)('a checked file on %s', (engine) => {
  const ROWS = [
    { row: 2, ...ABOUT, value: 91, period: '2026-W45' },
    { row: 3, ...ABOUT, value: 92, period: '2026-W46', note: 'calm' },
    { row: 4, seat: 'claims', metric: 'Acceptance rate', value: 93, period: '09.11.2026' },
  ];

  test('is there for who gave it, and for nobody else', async () => {
    const { app } = await claims(engine);
    const { planned } = await app.act('bo', checkImport, { rows: ROWS }, importKey('one'));
    expect(planned.map((p) => [p.row, p.period, p.outcome])).toEqual([
      [2, '2026-W45', 'log'],
      [3, '2026-W46', 'skip'],
      [4, '2026-W46', 'log'],
    ]);
    expect(planned[1]).toMatchObject({ why: 'Row 4 is about the same, and counts.' });
    expect(await keptImport(app.ctxOf('bo'), 'one')).toMatchObject({ by: app.people.bo });
    await expect(keptImport(app.ctxOf('ana'), 'one')).rejects.toMatchObject({ code: 'not_found' });
    await expect(keptImport(app.ctxOf('bo'), 'two')).rejects.toMatchObject({ code: 'not_found' });
    const { read } = app.app.store;
    expect(await read.select().from(read.t.readings)).toEqual([]);
  });

  test('a value that cannot be, and one that is there already, are skipped', async () => {
    const { app } = await claims(engine);
    await app.act('bo', addMetric, { seat: 'claims', key: 'acceptance-rate', target: 90 });
    await log(app, 91, '2026-W45');
    const rows = [...ROWS, { row: 5, seat: 'claims', metric: 'acceptance-rate', value: 912 }];
    const { planned } = await app.act('bo', checkImport, { rows });
    expect(planned[0]).toMatchObject({ outcome: 'skip', why: '91 is there already.' });
    expect(planned[3]).toMatchObject({
      outcome: 'skip',
      why: '912 cannot be: Acceptance rate is between 0 and 100 %.',
    });
    await expect(
      app.act('bo', logReadings, { readings: [{ seat: 'claims', metric: 'acceptance-rate', value: 912 }] }),
    ).rejects.toMatchObject({ fields: { value: expect.stringContaining('cannot be') } });
  });
});

describe.each(ENGINES)('the catalogue on %s', (engine) => {
  test('fills in what was not given, and nothing else', async () => {
    const { app } = await claims(engine);
    const { id } = await app.act('bo', addMetric, {
      seat: 'claims',
      key: 'latency-p95',
      target: '1,2',
      unit: 's',
    });
    expect(await metricById(app.app.store.read, app.org, id)).toMatchObject({
      name: 'Latency p95',
      category: 'system',
      unit: 's',
      direction: 'lower',
      target: 1.2,
      tolerance: 0.3,
    });
    const { category: _, ...unnamed } = ACCEPTANCE;
    await expect(app.act('bo', addMetric, { ...unnamed, key: 'own' })).rejects.toMatchObject({
      fields: { category: expect.stringContaining('Please give a category') },
    });
  });
});
