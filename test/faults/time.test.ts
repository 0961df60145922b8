import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createRunner, createSilenceWatch } from '../../jobs/engine.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { ENGINES } from '../support/databases.ts';
import { type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { movingWall } from '../support/wall.ts';
import { foundClaims, posts, titles, type } from '../stories/crew.ts';

const digests = (c: TestCoxswain) => titles(c, '#claims-ai').filter((t) => t.startsWith('Weekly scorecard'));

/** Lets the process believe that it is another time, also an earlier one, and do what is due then. */
async function at(c: TestCoxswain, now: number): Promise<void> {
  const { clock } = c.app;
  const own = clock.now;
  clock.now = () => now;
  try {
    await c.settle();
  } finally {
    clock.now = own;
  }
}

describe.each(ENGINES)('the clock is wrong, %s', (engine) => {
  test('an hour forward, an hour back, and around the slot: each Monday one digest', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'ana', 'digest here mon 09:00');
    const nine = berlin('11-16 09:00');
    await at(c, nine - 30 * MINUTE);
    expect(digests(c)).toHaveLength(0);
    // Set forward past the slot, back before it, and over it once more.
    for (const now of [nine + 30 * MINUTE, nine - 30 * MINUTE, nine, nine + 1, nine - HOUR, nine + HOUR]) {
      await at(c, now);
      expect(digests(c)).toHaveLength(1);
    }
    const next = nine + 7 * DAY;
    await at(c, next - HOUR);
    expect(digests(c)).toHaveLength(1);
    for (const now of [next, next - HOUR, next + HOUR]) await at(c, now);
    expect(digests(c)).toHaveLength(2);
  });

  test('setting the same time again after the clock went back does not post the slot twice', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'ana', 'digest here mon 09:00');
    const nine = berlin('11-16 09:00');
    await at(c, nine);
    expect(digests(c)).toHaveLength(1);
    // The test's clock still stands in the week before.
    await type(c, 'ana', 'digest here mon 09:00');
    await at(c, nine);
    await at(c, nine + MINUTE);
    expect(digests(c)).toHaveLength(1);
  });

  test('suspended over the slot: late is said, older slots are recorded as missed', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'ana', 'digest here mon 09:00');
    await at(c, berlin('11-30 12:00'));
    expect(digests(c)).toHaveLength(1);
    const digest = posts(c, '#claims-ai').find((m) => m.text.startsWith('Weekly scorecard'))!;
    expect(digest.text).toContain('This digest is late');
    const { slots } = c.app.store.read.t;
    const rows = await c.app.store.read
      .select({ nominal: slots.nominal, outcome: slots.outcome })
      .from(slots)
      .where(eq(slots.job, 'digest'));
    expect(rows.toSorted((a, b) => a.nominal - b.nominal)).toEqual([
      { nominal: berlin('11-16 09:00'), outcome: 'missed' },
      { nominal: berlin('11-23 09:00'), outcome: 'missed' },
      { nominal: berlin('11-30 09:00'), outcome: 'late' },
    ]);
  });
});

test('an occurrence that stays due is left alone instead of keeping the process busy', async () => {
  const c = await startCoxswain('sqlite');
  await foundClaims(c);
  const lines: string[] = [];
  const log = createLog('error', { write: (line: string) => void lines.push(line) });
  const wall = movingWall();
  const run = createRunner({ ...c.app, log, wall }, () => Promise.resolve());
  const { metrics } = c.app.store.read.t;
  const [metric] = await c.app.store.read.select().from(metrics);
  const work = {
    kind: 'job',
    job: 'missing',
    org: c.org,
    key: 'always the same',
    args: { metric: metric!.id, period: '2026-W46' },
  } as const;
  const results = [];
  for (let i = 0; i < 5; i++) results.push(await run(work));
  expect(results).toEqual([true, true, true, false, false]);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('a duty failed');
  wall.pass(MINUTE);
  expect(await run(work)).toBe(true);
});

describe('a scheduler that does not run', () => {
  test('six minutes of silence are in the log and in the doctor’s report', async () => {
    const lines: string[] = [];
    const log = createLog('warn', { write: (line: string) => void lines.push(line) });
    let now = berlin('11-16 09:00');
    const watch = createSilenceWatch({ wall: { now: () => now, sleep: () => Promise.resolve() }, log });
    watch.tick();
    now += 4 * MINUTE;
    watch.tick();
    expect(lines).toEqual([]);
    now += 6 * MINUTE;
    watch.tick();
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      seconds: 360,
      msg: expect.stringContaining('did not run for a while'),
    });
    expect(watch.health().longestSilence).toBe(6 * MINUTE);
  });

  test('the doctor says so while it lasts, and that it was', async () => {
    const wall = movingWall();
    const c = await startCoxswain('sqlite', { wall });
    await foundClaims(c);
    const { engine } = c.running.coxswain;
    await engine.start();
    await expect.poll(() => engine.health().lastTick, { timeout: 5000 }).toBeDefined();
    expect((await type(c, 'ana', 'doctor')).text).toContain('scheduler: runs every second');
    await engine.stop();
    wall.pass(4 * MINUTE + 50 * SECOND);
    expect((await type(c, 'ana', 'doctor')).text).not.toContain('has not run for');
    // Slack’s own tolerance is five minutes, so the doctor is asked within it, of a scheduler that stopped before.
    wall.pass(70 * SECOND);
    const { examine } = await import('../../src/queries/doctor.ts');
    const checks = await examine(c.app, c.org, c.running.coxswain.vitals());
    expect(checks.find((check) => check.name === 'scheduler')).toMatchObject({
      state: 'fault',
      says: expect.stringContaining('has not run for 6'),
    });
  });
});
