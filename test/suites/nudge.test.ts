import { describe, expect, test } from 'vitest';
import { digestById, nudgesDue } from '../../db/digests.ts';
import { nudgeForDigest, scheduleDigest, setNudges } from '../../src/actions/digest/index.ts';
import { addPriority, trackPriority } from '../../src/actions/priority/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { addMetric } from '../../src/actions/metric/index.ts';
import { setOwn } from '../../src/actions/person/index.ts';
import { addSeat } from '../../src/actions/seat/index.ts';
import { DAY, HOUR } from '../../src/clock.ts';
import { loadNudge } from '../../src/queries/nudge.ts';
import { MONDAY, type TestApp, testApp } from '../support/app.ts';
import { ENGINES, type Engine } from '../support/databases.ts';
import { ACCEPTANCE, addAcceptance, addClaims } from '../support/ship.ts';

/** Wednesday 14:00 of the week after the clock's Monday. */
const DIGEST = MONDAY + 9 * DAY + 5 * HOUR;

async function claimsWithDigest(
  engine: Engine,
  when = 'wed 14:00',
): Promise<{ app: TestApp; channel: string }> {
  const app = await testApp(engine);
  const channel = await app.channel('claims');
  await addClaims(app, { channel });
  await addAcceptance(app);
  app.clock.moveTo(MONDAY + 3 * DAY);
  await app.act('ana', scheduleDigest, { channel, when, zone: 'Europe/Berlin' });
  return { app, channel };
}

/** What the scheduler does at `at`. */
async function plan(app: TestApp, at: number): Promise<void> {
  app.clock.moveTo(at);
  for (;;) {
    const [due] = await nudgesDue(app.app.store.read, app.clock.now(), 10);
    if (due === undefined) return;
    await app.act('coxswain', nudgeForDigest, { digest: due.id, planned: due.nudgeAt });
  }
}

async function nudges(app: TestApp) {
  const { read } = app.app.store;
  const rows = (await read.select().from(read.t.messages)).filter((m) => m.view === 'nudge');
  const name = (id: string) => Object.entries(app.people).find(([, person]) => person === id)?.[0];
  return rows
    .map((m) => ({ to: name(m.toId), at: m.notBefore, channels: (m.args['channels'] as string[]).length }))
    .toSorted((a, b) => a.at - b.at || String(a.to).localeCompare(String(b.to)));
}

describe.each(ENGINES)('reminders before a digest on %s', (engine) => {
  test('who misses a number is reminded a day and two hours before; who misses nothing is not', async () => {
    const { app } = await claimsWithDigest(engine);
    await app.act('bo', addMetric, { ...ACCEPTANCE, key: 'latency', owner: app.people.cem });
    await app.act('cem', logReadings, {
      readings: [{ seat: 'claims', metric: 'latency', value: 95, period: '2026-W47' }],
    });
    await plan(app, DIGEST - DAY);
    expect(await nudges(app)).toEqual([{ to: 'bo', at: DIGEST - DAY, channels: 1 }]);
    await plan(app, DIGEST - 2 * HOUR);
    expect(await nudges(app)).toEqual([
      { to: 'bo', at: DIGEST - DAY, channels: 1 },
      { to: 'bo', at: DIGEST - 2 * HOUR, channels: 1 },
    ]);
    expect(await nudgesDue(app.app.store.read, DIGEST, 10)).toEqual([]);
  });

  test('a Monday morning is prepared on Friday, in the person’s own working hours', async () => {
    const { app } = await claimsWithDigest(engine, 'mon 09:00');
    const monday = MONDAY + 7 * DAY;
    await plan(app, app.clock.now());
    await plan(app, monday - DAY + HOUR);
    await plan(app, monday - HOUR);
    // On Sunday it would be too late to think of Friday.
    expect(await nudges(app)).toEqual([{ to: 'bo', at: monday - 3 * DAY + 7 * HOUR, channels: 1 }]);
  });

  test('after a stop the reminder that is left is sent once, and none for a digest that is past', async () => {
    const { app } = await claimsWithDigest(engine);
    await plan(app, DIGEST - HOUR);
    expect((await nudges(app)).map((n) => n.at)).toEqual([DIGEST - HOUR]);
    const other = await claimsWithDigest(engine);
    await plan(other.app, DIGEST + HOUR);
    expect(await nudges(other.app)).toEqual([]);
  });

  test('channels at about the same time share one message', async () => {
    const { app } = await claimsWithDigest(engine);
    const channel = await app.channel('fraud');
    await app.act('bo', addSeat, { key: 'fraud', name: 'Fraud', accountability: 'Finds it', channel });
    await app.act('bo', addMetric, { ...ACCEPTANCE, seat: 'fraud' });
    await app.act('ana', scheduleDigest, { channel, when: 'wed 15:00', zone: 'Europe/Berlin' });
    await plan(app, DIGEST - DAY + HOUR);
    expect(await nudges(app)).toMatchObject([{ to: 'bo', channels: 2 }]);
    const view = await loadNudge(
      app.app.store.read,
      app.org,
      app.people.bo,
      [channel],
      DIGEST,
      app.clock.now(),
    );
    expect(view.numbers.map((n) => n.seat.key)).toEqual(['fraud']);
  });

  test('on a public holiday nobody is reminded, but in the last hour before', async () => {
    // Wednesday, 6 January 2027, is Epiphany in Bavaria.
    const { app, channel } = await claimsWithDigest(engine);
    const thursday = Date.UTC(2027, 0, 7, 8);
    app.clock.moveTo(thursday - 3 * DAY);
    await app.act('bo', setOwn, { country: 'DE-BY' });
    await app.act('ana', scheduleDigest, { channel, when: 'thu 09:00', zone: 'Europe/Berlin' });
    await plan(app, thursday - 3 * DAY);
    expect(await nudges(app)).toEqual([{ to: 'bo', at: thursday - DAY - 17 * HOUR, channels: 1 }]);
  });

  test('a reminder that was sent shows what came since', async () => {
    const { app } = await claimsWithDigest(engine);
    await plan(app, DIGEST - DAY);
    const wanted = async () => {
      const { read } = app.app.store;
      return (await read.select().from(read.t.messages)).find((m) => m.view === 'nudge')!.wanted;
    };
    const before = await wanted();
    await app.act('bo', logReadings, { readings: [{ seat: 'claims', metric: 'acceptance', value: 95 }] });
    expect(await wanted()).toBe(before + 1);
  });

  test('“off” sticks until “on”', async () => {
    const { app } = await claimsWithDigest(engine);
    await app.act('bo', setNudges, { on: false });
    await plan(app, DIGEST - DAY);
    expect(await nudges(app)).toEqual([]);
    await app.act('bo', setNudges, { on: true });
    await plan(app, DIGEST - 2 * HOUR);
    expect(await nudges(app)).toHaveLength(1);
  });

  test('a priority without this week’s word asks its owner; three copies plan once', async () => {
    const { app } = await claimsWithDigest(engine);
    await app.act('bo', logReadings, {
      readings: [{ seat: 'claims', metric: 'acceptance', value: 95, period: '2026-W47' }],
    });
    await app.act('bo', addPriority, { seat: 'claims', title: 'Half', owner: app.people.dana });
    app.clock.moveTo(DIGEST - DAY);
    const [due] = await nudgesDue(app.app.store.read, app.clock.now(), 10);
    const input = { digest: due!.id, planned: due!.nudgeAt };
    const results = await Promise.all([1, 2, 3].map(() => app.act('coxswain', nudgeForDigest, input)));
    expect(results.map((r) => r.people).toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
    expect(await nudges(app)).toMatchObject([{ to: 'dana' }]);
    expect((await digestById(app.app.store.read, app.org, due!.id))?.nudgeAt).toBe(DIGEST - 2 * HOUR);
    await app.act('dana', trackPriority, { priority: 'CLAIMS-P1', on: true });
    await plan(app, DIGEST - 2 * HOUR);
    expect(await nudges(app)).toHaveLength(1);
  });
});
