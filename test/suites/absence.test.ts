import { describe, expect, test } from 'vitest';
import { escalationOf, escalationsDue, pingsOf } from '../../db/escalations.ts';
import { messageByKey } from '../../db/messages.ts';
import { personById } from '../../db/people.ts';
import { stepEscalations } from '../../src/actions/escalation/index.ts';
import { acknowledgeIssue, newIssue } from '../../src/actions/issue/index.ts';
import { refreshPerson } from '../../src/actions/org/index.ts';
import { comeBack, goAway, setOwn } from '../../src/actions/person/index.ts';
import { DAY, HOUR } from '../../src/clock.ts';
import { MONDAY, type TestApp, type Who, testApp } from '../support/app.ts';
import { type Engine, ENGINES } from '../support/databases.ts';
import { addClaims, appoint } from '../support/ship.ts';

/** Friday, 09:00 in Berlin. */
const FRIDAY = MONDAY + 4 * DAY;

/** Bo is accountable, Cem has platform; an issue is open, and its first step was taken: Bo was asked. */
async function scene(engine: Engine, severity = 2) {
  const app = await testApp(engine);
  const seat = await addClaims(app, { channel: await app.channel('claims') });
  await appoint(app, 'cem', 'platform', seat);
  const { id: issue } = await app.act('eli', newIssue, { seat: 'claims', title: 'Refuses hail', severity });
  await step(app);
  return { app, issue };
}

async function step(app: TestApp): Promise<void> {
  const due = await escalationsDue(app.app.store.read, app.clock.now(), 10);
  const rows = due.map((e) => ({ escalation: e.id, step: e.step, repeats: e.repeats }));
  await app.act('coxswain', stepEscalations, { due: rows });
}

async function asked(app: TestApp, issue: string) {
  const nameOf = (id: string | null) =>
    (Object.keys(app.people) as Who[]).find((who) => app.people[who] === id) ?? null;
  const pings = await pingsOf(app.app.store.read, app.org, issue);
  return pings.map((p) => `${nameOf(p.person)} ${p.target} ${p.outcome}`);
}

const chain = async (app: TestApp, issue: string) =>
  (await escalationOf(app.app.store.read, app.org, issue))!;
const told = (app: TestApp, who: Who, reader: Who) =>
  messageByKey(app.app.store.read, app.org, `absence:${app.people[who]}:${MONDAY}:${app.people[reader]}`);

describe.each(ENGINES)('somebody is away, %s', (engine) => {
  test('what waits for them is asked of the delegate at once, who has the whole time of the step', async () => {
    const { app, issue } = await scene(engine);
    app.advance(2 * HOUR);
    const away = await app.act('bo', goAway, { until: 'fri', delegate: app.people.dana });
    expect(away).toMatchObject({
      until: FRIDAY,
      delegate: 'Dana Okafor',
      delegateIsAway: false,
      rerouted: 1,
    });
    expect(await asked(app, issue)).toEqual(['bo accountable pinged', 'dana accountable pinged']);
    expect((await chain(app, issue)).nextAt).toBe(MONDAY + 6 * HOUR);
    // Saying it again asks nobody twice.
    await app.act('bo', goAway, { until: 'thu', delegate: app.people.dana });
    expect(await asked(app, issue)).toHaveLength(2);
    await app.act('dana', acknowledgeIssue, { issue: 'CLAIMS-1' });
  });

  test('where nobody stands in, the next step comes at once', async () => {
    const { app, issue } = await scene(engine);
    expect(await app.act('bo', goAway, { until: 'fri' })).toMatchObject({ delegate: null, rerouted: 1 });
    expect((await chain(app, issue)).nextAt).toBe(MONDAY);
    await step(app);
    expect(await asked(app, issue)).toEqual([
      'bo accountable pinged',
      'bo accountable away',
      'cem platform pinged',
      'null operations vacant',
    ]);
  });

  test('of a step that asked two, the other one keeps their time', async () => {
    const { app, issue } = await scene(engine, 1);
    const before = (await chain(app, issue)).nextAt;
    await app.act('bo', goAway, { until: 'fri' });
    expect((await chain(app, issue)).nextAt).toBe(before);
    await app.act('cem', goAway, { until: 'fri' });
    expect((await chain(app, issue)).nextAt).toBe(app.clock.now());
  });

  test('who is back is asked themselves, and absence ends by itself', async () => {
    const { app } = await scene(engine);
    await app.act('bo', goAway, { until: 'fri', delegate: app.people.dana });
    await app.act('bo', comeBack, {});
    await expect(app.act('bo', comeBack, {})).rejects.toThrow('You are not away.');
    const { id } = await app.act('eli', newIssue, { seat: 'claims', title: 'Refuses snow', severity: 2 });
    await step(app);
    expect(await asked(app, id)).toEqual(['bo accountable pinged']);
    const row = await personById(app.app.store.read, app.org, app.people.bo);
    expect(row).toMatchObject({ awayUntil: null, delegate: null });
    await app.act('bo', goAway, { until: 'tomorrow', delegate: app.people.dana });
    app.clock.moveTo(MONDAY + DAY);
    await expect(app.act('bo', comeBack, {})).rejects.toThrow('You are not away.');
  });

  test('the delegate is told once an absence, whatever is changed about it', async () => {
    const { app } = await scene(engine);
    await app.act('bo', goAway, { until: 'fri', delegate: app.people.dana });
    const first = await told(app, 'bo', 'dana');
    app.advance(HOUR);
    await app.act('bo', goAway, { until: 'thu', delegate: app.people.dana });
    const second = await told(app, 'bo', 'dana');
    expect(second?.id).toBe(first!.id);
    expect(second!.wanted).toBeGreaterThan(first!.wanted);
    // Another one stands in: who did so far is told that they do not any more.
    await app.act('bo', goAway, { until: 'thu', delegate: app.people.eli });
    expect((await told(app, 'bo', 'dana'))!.wanted).toBeGreaterThan(second!.wanted);
    expect(await told(app, 'bo', 'eli')).toMatchObject({ toId: app.people.eli });
  });

  test('nobody stands in for themselves, in a circle, or from outside', async () => {
    const { app } = await scene(engine);
    const { bo, dana, eli } = app.people;
    const away = (who: Who, delegate: string) => app.act(who, goAway, { until: 'fri', delegate });
    await expect(away('bo', bo)).rejects.toThrow('Nobody stands in for themselves');
    await away('dana', bo);
    await expect(away('bo', dana)).rejects.toThrow('Dana Okafor is away and counts on Bo Lindqvist');
    await away('eli', dana);
    await expect(away('bo', eli)).rejects.toThrow('counts on Bo Lindqvist');
    const guest = await app.meet('Gus', { guest: true });
    await expect(away('bo', guest)).rejects.toThrow('only active members');
  });

  test('governors may say it for others, who are told; members may not', async () => {
    const { app, issue } = await scene(engine);
    const { bo: person, cem } = app.people;
    await expect(app.act('cem', goAway, { person, until: 'fri' })).rejects.toThrow('You may not do this');
    await app.act('ana', goAway, { person, until: 'fri', delegate: cem });
    expect(await told(app, 'bo', 'bo')).toMatchObject({ toId: person });
    expect(await asked(app, issue)).toContain('cem accountable pinged');
    await expect(app.act('cem', comeBack, { person })).rejects.toThrow('You may not do this');
    await app.act('ana', comeBack, { person });
  });

  test('who is deactivated is not waited for, also where they had the issue already', async () => {
    const { app, issue } = await scene(engine);
    const gone = { person: app.people.bo, guest: false, active: false };
    await app.act('coxswain', refreshPerson, gone);
    expect(await asked(app, issue)).toEqual(['bo accountable pinged', 'bo accountable vacant']);
    expect((await chain(app, issue)).nextAt).toBe(MONDAY);
    await step(app);
    await app.act('cem', acknowledgeIssue, { issue: 'CLAIMS-1' });
    app.advance(HOUR);
    await app.act('coxswain', refreshPerson, { ...gone, person: app.people.cem });
    expect(await chain(app, issue)).toMatchObject({ state: 'watching', nextAt: MONDAY + HOUR });
    await step(app);
    expect(await chain(app, issue)).toMatchObject({ state: 'running', round: 2 });
  });

  test('own settings: each alone or all together, and what is wrong is said', async () => {
    const { app } = await scene(engine);
    const set = (given: object) => app.act('bo', setOwn, given);
    expect(await set({ zone: 'asia/tokyo' })).toMatchObject({
      zone: 'Asia/Tokyo',
      hours: '09:00-17:00 mon-fri',
    });
    expect(await set({ hours: '8-12 mon-wed', country: 'JP' })).toMatchObject({ country: 'JP' });
    const row = await personById(app.app.store.read, app.org, app.people.bo);
    expect(row).toMatchObject({
      zone: 'Asia/Tokyo',
      hours: { start: '08:00', end: '12:00', days: ['mon', 'tue', 'wed'], zone: 'Asia/Tokyo' },
    });
    await expect(set({})).rejects.toThrow('What shall change?');
    await expect(set({ zone: 'CET' })).rejects.toThrow('Europe/Berlin');
    await expect(set({ hours: '17-9' })).rejects.toMatchObject({ fields: { hours: expect.any(String) } });
    await expect(set({ primary: 'teams' })).rejects.toThrow('no account of yours on Teams');
    expect(await set({ country: 'none' })).toMatchObject({ country: null });
  });
});
