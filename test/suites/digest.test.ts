import { asc } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { digestsDue, nudgesDue } from '../../db/digests.ts';
import { messageByKey } from '../../db/messages.ts';
import { pauseDigest, postDigest, postDigestNow, scheduleDigest } from '../../src/actions/digest/index.ts';
import { DAY, HOUR, MINUTE } from '../../src/clock.ts';
import { loadDigestList } from '../../src/queries/digest.ts';
import { MONDAY, type TestApp, testApp } from '../support/app.ts';
import { ENGINES, type Engine } from '../support/databases.ts';
import { addClaims } from '../support/ship.ts';

const WEEK = 7 * DAY;
/** The first slot: the clock stands at this Monday's 09:00, so the next is a week later. */
const FIRST = MONDAY + WEEK;

async function scheduled(engine: Engine): Promise<{ app: TestApp; channel: string }> {
  const app = await testApp(engine);
  const channel = await app.channel('claims');
  const set = await app.act('ana', scheduleDigest, { channel, when: 'mon 09:00', zone: 'Europe/Berlin' });
  expect(set).toMatchObject({ channel, zone: 'Europe/Berlin', nextAt: FIRST });
  return { app, channel };
}

/** What the scheduler does: everything that is due, until nothing is. Returns whether each was posted. */
async function post(app: TestApp): Promise<boolean[]> {
  const posted: boolean[] = [];
  for (;;) {
    const [due] = await digestsDue(app.app.store.read, app.clock.now(), 10);
    if (due === undefined) return posted;
    const schedule = app.ctxAs({ kind: 'schedule', job: 'digest' });
    posted.push((await app.act(schedule, postDigest, { digest: due.id, nominal: due.nextAt })).posted);
  }
}

/** Keys of the messages of digests, without those of their threads. */
async function digestKeys(app: TestApp): Promise<string[]> {
  const { read } = app.app.store;
  const rows = await read.select().from(read.t.messages);
  return rows.map((m) => m.key).filter((key) => key.startsWith('digest:') && !key.endsWith(':details'));
}

async function slots(app: TestApp): Promise<[number, string][]> {
  const { read } = app.app.store;
  const rows = await read.select().from(read.t.slots).orderBy(asc(read.t.slots.nominal));
  return rows.map((s) => [s.nominal, s.outcome]);
}

describe.each(ENGINES)('digests on %s', (engine) => {
  test('one is posted in its slot', async () => {
    const { app, channel } = await scheduled(engine);
    app.clock.moveTo(FIRST - 1);
    expect(await post(app)).toEqual([]);
    app.clock.moveTo(FIRST);
    expect(await post(app)).toEqual([true]);
    expect(await slots(app)).toEqual([[FIRST, 'on time']]);
    expect(await messageByKey(app.app.store.read, app.org, `digest:${channel}:${FIRST}`)).toMatchObject({
      toKind: 'channel',
      toId: channel,
      view: 'digest',
      args: { channel, at: FIRST, late: false },
    });
    expect(
      await messageByKey(app.app.store.read, app.org, `digest:${channel}:${FIRST}:details`),
    ).toMatchObject({ view: 'digest-details', threadOf: `digest:${channel}:${FIRST}` });
    app.advance(6 * DAY);
    expect(await post(app)).toEqual([]);
  });

  test('one that is paused is not posted; resumed it goes on with the next, and the list tells', async () => {
    const { app, channel } = await scheduled(engine);
    const { read } = app.app.store;
    await app.act('ana', pauseDigest, { channel, paused: true });
    await expect(app.act('ana', pauseDigest, { channel, paused: true })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(app.act('eli', pauseDigest, { channel, paused: false })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await loadDigestList(read, app.org, app.clock.now(), true)).toMatchObject([
      { channel: 'claims', nextAt: undefined, last: undefined },
    ]);
    app.clock.moveTo(FIRST + DAY);
    expect(await post(app)).toEqual([]);
    await app.act('ana', pauseDigest, { channel, paused: false });
    expect(await post(app)).toEqual([]);
    expect(await nudgesDue(read, FIRST + WEEK, 10)).toHaveLength(1);
    app.clock.moveTo(FIRST + WEEK);
    expect(await post(app)).toEqual([true]);
    expect(await loadDigestList(read, app.org, app.clock.now(), true)).toMatchObject([
      { nextAt: FIRST + 2 * WEEK, last: { at: FIRST + WEEK, outcome: 'on time' } },
    ]);
  });

  test('three copies post it once', async () => {
    const { app } = await scheduled(engine);
    app.clock.moveTo(FIRST + MINUTE);
    const [due] = await digestsDue(app.app.store.read, app.clock.now(), 10);
    const input = { digest: due!.id, nominal: due!.nextAt };
    const results = await Promise.all([1, 2, 3].map(() => app.act('coxswain', postDigest, input)));
    expect(results.filter((r) => r.posted)).toHaveLength(1);
    expect(await slots(app)).toEqual([[FIRST, 'on time']]);
    expect(await digestKeys(app)).toHaveLength(1);
  });

  test('a late one says so', async () => {
    const { app, channel } = await scheduled(engine);
    app.clock.moveTo(FIRST + 2 * HOUR);
    expect(await post(app)).toEqual([true]);
    expect(await slots(app)).toEqual([[FIRST, 'late']]);
    expect(await messageByKey(app.app.store.read, app.org, `digest:${channel}:${FIRST}`)).toMatchObject({
      args: { late: true },
    });
  });

  test('one that is too late is recorded as missed and not posted', async () => {
    const { app } = await scheduled(engine);
    app.clock.moveTo(FIRST + 37 * HOUR);
    expect(await post(app)).toEqual([false]);
    expect(await slots(app)).toEqual([[FIRST, 'missed']]);
  });

  test('after weeks without Coxswain the latest is posted and each older one is recorded as missed', async () => {
    const { app } = await scheduled(engine);
    app.clock.moveTo(FIRST + 3 * WEEK + HOUR / 2);
    expect(await post(app)).toEqual([true]);
    expect(await slots(app)).toEqual([
      [FIRST, 'missed'],
      [FIRST + WEEK, 'missed'],
      [FIRST + 2 * WEEK, 'missed'],
      [FIRST + 3 * WEEK, 'on time'],
    ]);
    expect(await digestsDue(app.app.store.read, FIRST + 4 * WEEK, 10)).toHaveLength(1);
  });

  test('setting the same time again does not post a slot twice', async () => {
    const { app, channel } = await scheduled(engine);
    app.clock.moveTo(FIRST);
    await post(app);
    await app.app.store.write(async (tx) => {
      // As if the clock had been set back and the channel scheduled anew.
      await tx.update(tx.t.digests).set({ nextAt: FIRST });
    });
    expect(await post(app)).toEqual([false]);
    expect(await digestKeys(app)).toHaveLength(1);
    await app.act('ana', scheduleDigest, { channel, when: 'tue 10:00', zone: 'Europe/Berlin' });
    expect(await app.app.store.read.select().from(app.app.store.read.t.digests)).toMatchObject([
      { rule: { kind: 'weekly', day: 'tue', time: '10:00' }, nextAt: FIRST + DAY + HOUR },
    ]);
  });

  test('a governor posts one at once, beside the schedule', async () => {
    const { app, channel } = await scheduled(engine);
    expect(await app.act('ana', postDigestNow, { channel })).toEqual({ name: 'claims' });
    await expect(app.act('eli', postDigestNow, { channel })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(app.act('ana', postDigestNow, { channel: 'elsewhere' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await slots(app)).toEqual([]);
  });

  test('an owner of a seat that reports in the channel schedules it too; what is no week is refused', async () => {
    const app = await testApp(engine);
    const channel = await app.channel('claims');
    await addClaims(app, { channel });
    const schedule = { channel, when: 'fri 16:30', zone: 'Europe/Berlin' };
    await expect(app.act('eli', scheduleDigest, schedule)).rejects.toMatchObject({
      message: 'You may not do this. A governor (Ana Flores) or an owner of a seat that reports here may.',
    });
    await app.act('bo', scheduleDigest, schedule);
    await expect(app.act('bo', scheduleDigest, { ...schedule, zone: 'Mars/Base' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});
