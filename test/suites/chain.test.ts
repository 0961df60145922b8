import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { entriesAbout } from '../../db/audit.ts';
import { brokenChains } from '../../db/escalation-audit.ts';
import { escalationOf, escalationsDue, pingsOf } from '../../db/escalations.ts';
import { issueById } from '../../db/issues.ts';
import { messageByKey } from '../../db/messages.ts';
import { createWatchman } from '../../jobs/watchman.ts';
import { drillSeat, snoozeIssue, stepEscalations } from '../../src/actions/escalation/index.ts';
import { acknowledgeIssue, assignIssue, newIssue, solveIssue } from '../../src/actions/issue/index.ts';
import { setGovernanceChannel } from '../../src/actions/org/index.ts';
import { setPolicy } from '../../src/actions/policy/index.ts';
import { DAY, HOUR, MINUTE } from '../../src/clock.ts';
import { mendedSubject } from '../../src/domain/escalation.ts';
import { loadChain } from '../../src/queries/escalation.ts';
import { seatById } from '../../db/seats.ts';
import { MONDAY, type TestApp, type Who, testApp } from '../support/app.ts';
import { type Engine, ENGINES } from '../support/databases.ts';
import { addClaims, appoint } from '../support/ship.ts';

interface Scene {
  readonly app: TestApp;
  readonly seat: string;
  readonly governance: string;
}

/** Bo is accountable, Cem has platform, Dana operations. */
async function scene(engine: Engine): Promise<Scene> {
  const app = await testApp(engine);
  const [channel, governance] = [await app.channel('claims'), await app.channel('governance')];
  await app.act('ana', setGovernanceChannel, { channel: governance });
  const seat = await addClaims(app, { channel });
  await appoint(app, 'cem', 'platform', seat);
  await appoint(app, 'dana', 'operations', seat);
  return { app, seat, governance };
}

const raise = async (app: TestApp, severity: number): Promise<string> =>
  (await app.act('eli', newIssue, { seat: 'claims', title: 'Refuses hail', severity })).id;

const chain = async (app: TestApp, issue: string) =>
  (await escalationOf(app.app.store.read, app.org, issue))!;

const stateOf = async (app: TestApp, issue: string) =>
  (await issueById(app.app.store.read, app.org, issue))!.state;

/** Moves to when anything is due, and lets it happen. */
async function next(app: TestApp, issue: string) {
  const at = (await chain(app, issue)).nextAt!;
  app.clock.moveTo(Math.max(at, app.clock.now()));
  const due = await escalationsDue(app.app.store.read, app.clock.now(), 10);
  const rows = due.map((e) => ({ escalation: e.id, step: e.step, repeats: e.repeats }));
  return app.act('coxswain', stepEscalations, { due: rows });
}

/** Who was asked, as what, with what came of it, in order. */
async function asked(app: TestApp, issue: string) {
  const nameOf = (id: string | null) =>
    (Object.keys(app.people) as Who[]).find((who) => app.people[who] === id) ?? null;
  const pings = await pingsOf(app.app.store.read, app.org, issue);
  return pings.map((p) => `${p.round}: ${nameOf(p.person) ?? p.target} ${p.outcome}`);
}

const STEPS = (...lines: string[]) =>
  ['day and night', ...lines, 'then governance channel · once'].join('\n');

describe.each(ENGINES)('a chain on %s', (engine) => {
  test('handed over: the new person has the step’s time, then it comes back and goes on', async () => {
    const { app } = await scene(engine);
    const issue = await raise(app, 1);
    await next(app, issue);
    await app.act('bo', assignIssue, { issue: 'CLAIMS-1', person: app.people.eli, because: 'Knows hail' });
    expect(await chain(app, issue)).toMatchObject({
      handedTo: app.people.eli,
      handedBy: app.people.bo,
      why: 'Knows hail',
      nextAt: MONDAY + 15 * MINUTE,
      state: 'running',
    });
    await next(app, issue);
    expect(await asked(app, issue)).toEqual([
      '1: bo pinged',
      '1: cem pinged',
      '1: eli handed',
      ...(await asked(app, issue)).slice(3),
    ]);
    const after = (await asked(app, issue)).slice(3).toSorted();
    expect(after).toEqual(['1: bo handed', '1: dana pinged', '1: stop-ship vacant']);
    expect(await chain(app, issue)).toMatchObject({ handedTo: null, step: 2 });
    expect((await issueById(app.app.store.read, app.org, issue))!.assignee).toBe(app.people.bo);
  });

  test('handed over and taken: the chain stops', async () => {
    const { app } = await scene(engine);
    const issue = await raise(app, 2);
    await next(app, issue);
    await app.act('bo', assignIssue, { issue: 'CLAIMS-1', person: app.people.eli });
    await app.act('eli', acknowledgeIssue, { issue: 'CLAIMS-1' });
    expect(await chain(app, issue)).toMatchObject({ state: 'watching', handedTo: null });
    expect(await stateOf(app, issue)).toBe('acknowledged');
  });

  test('snoozed: at most as long as it waits, and the time does not count', async () => {
    const { app } = await scene(engine);
    const issue = await raise(app, 1);
    await next(app, issue);
    app.advance(5 * MINUTE);
    const snooze = (long: string) =>
      app.act('bo', snoozeIssue, { issue: 'CLAIMS-1', for: long, why: 'Boarding' });
    await expect(snooze('16m')).rejects.toMatchObject({
      code: 'invalid',
      fields: { for: expect.any(String) },
    });
    await expect(snooze('soon')).rejects.toMatchObject({ code: 'invalid' });
    await snooze('15m');
    const until = MONDAY + 20 * MINUTE;
    expect(await chain(app, issue)).toMatchObject({ snoozedUntil: until, nextAt: until + 10 * MINUTE });
    await expect(snooze('5m')).rejects.toMatchObject({ code: 'conflict' });
    app.clock.moveTo(until);
    expect(await app.follow()).toContain('escalation.wake');
    expect((await asked(app, issue)).at(-1)).toBe('1: bo reminded');
    expect(await chain(app, issue)).toMatchObject({ snoozedUntil: null, why: null });
    expect(
      await messageByKey(app.app.store.read, app.org, `pings:${app.people.bo}:${until}:${issue}`),
    ).toMatchObject({ toId: app.people.bo });
  });

  test('a snooze of working time leaves the working time that was left', async () => {
    const { app } = await scene(engine);
    const issue = await raise(app, 2);
    await next(app, issue);
    app.advance(HOUR);
    await app.act('bo', snoozeIssue, { issue: 'CLAIMS-1', for: '4h', why: 'In a meeting' });
    // 14:00, and three hours were left: 17:00, which is the next morning.
    expect(await chain(app, issue)).toMatchObject({ snoozedUntil: MONDAY + 5 * HOUR, nextAt: MONDAY + DAY });
  });

  test('all have to answer: the chain goes on until the last one has', async () => {
    const { app, seat } = await scene(engine);
    const steps = STEPS('accountable, platform · wait 1h · all · 2 times', 'operations · wait 1h');
    await app.act('ana', setPolicy, { seat: 'claims', severity: 1, steps, reason: 'Two pairs of eyes' });
    const issue = await raise(app, 1);
    await next(app, issue);
    const acknowledge = (who: Who) => app.act(who, acknowledgeIssue, { issue: 'CLAIMS-1' });
    expect(await acknowledge('bo')).toMatchObject({ waitsFor: ['Cem Yıldız'] });
    expect(await stateOf(app, issue)).toBe('open');
    await expect(acknowledge('bo')).rejects.toMatchObject({
      message: 'You have acknowledged CLAIMS-1 already. It waits for Cem Yıldız.',
    });
    // Only who has not answered is asked again.
    await next(app, issue);
    expect(await asked(app, issue)).toEqual(['1: bo pinged', '1: cem pinged', '1: cem pinged']);
    expect(await acknowledge('cem')).toMatchObject({ waitsFor: [] });
    expect(await stateOf(app, issue)).toBe('acknowledged');
    expect(seat).toBeTruthy();
  });

  test('not solved in time: who has it is reminded, then it begins again, and the first answer stays', async () => {
    const { app } = await scene(engine);
    const issue = await raise(app, 2);
    await next(app, issue);
    await app.act('bo', acknowledgeIssue, { issue: 'CLAIMS-1' });
    expect(await chain(app, issue)).toMatchObject({ state: 'watching', nextAt: MONDAY + DAY });
    expect(await next(app, issue)).toMatchObject({ reminded: 1 });
    expect((await asked(app, issue)).at(-1)).toBe('1: bo reminded');
    expect(await next(app, issue)).toMatchObject({ restarted: 1 });
    expect(app.clock.now()).toBe(MONDAY + 2 * DAY);
    const row = (await issueById(app.app.store.read, app.org, issue))!;
    expect(row).toMatchObject({
      state: 'open',
      assignee: null,
      acknowledgedBy: app.people.bo,
      acknowledgedAt: MONDAY,
    });
    expect(await chain(app, issue)).toMatchObject({
      round: 2,
      because: 'not solved in time',
      state: 'running',
    });
    await next(app, issue);
    expect((await asked(app, issue)).at(-1)).toBe('2: bo pinged');
    // Who takes it then has the time of the severity anew.
    await app.act('cem', acknowledgeIssue, { issue: 'CLAIMS-1' });
    expect(await chain(app, issue)).toMatchObject({ state: 'watching', nextAt: MONDAY + 3 * DAY });
    await app.act('cem', solveIssue, { issue: 'CLAIMS-1', cause: 'a', fix: 'b', lesson: 'c' });
    expect(await chain(app, issue)).toMatchObject({ state: 'ended', nextAt: null });
  });

  test('nobody on duty: the governance channel is told once', async () => {
    const { app, governance } = await scene(engine);
    app.clock.moveTo(MONDAY + 12 * HOUR);
    const issue = await raise(app, 2);
    await next(app, issue);
    const from = MONDAY + 12 * HOUR;
    expect(await messageByKey(app.app.store.read, app.org, `held:${governance}:${from}`)).toMatchObject({
      view: 'held',
      toId: governance,
    });
    expect(await chain(app, issue)).toMatchObject({ nextAt: MONDAY + DAY + 4 * HOUR });
    app.clock.moveTo(MONDAY + DAY + 4 * HOUR);
    await next(app, issue);
    expect((await asked(app, issue)).filter((line) => line.includes('governance'))).toHaveLength(1);
  });

  test('a holiday is no working day for who has it', async () => {
    const { app } = await scene(engine);
    await app.app.store.write(async (tx) => {
      const { people } = tx.t;
      await tx
        .update(people)
        .set({ country: 'DE' })
        .where(and(eq(people.org, app.org), eq(people.id, app.people.bo)));
    });
    const christmas = Date.parse('2026-12-25T10:00:00+01:00');
    app.clock.moveTo(christmas);
    const issue = await raise(app, 2);
    await next(app, issue);
    const [ping] = await pingsOf(app.app.store.read, app.org, issue);
    expect(ping!.notBefore).toBe(Date.parse('2026-12-28T09:00:00+01:00'));
  });

  test('a drill runs for real and ends with the answer; its result is kept', async () => {
    const { app } = await scene(engine);
    const { id: issue } = await app.act('bo', drillSeat, { seat: 'claims', severity: 1 });
    await next(app, issue);
    // Who started it is asked like everybody: that is what is drilled.
    expect(await asked(app, issue)).toEqual(['1: bo pinged', '1: cem pinged']);
    app.advance(7 * MINUTE);
    await app.act('cem', acknowledgeIssue, { issue: 'CLAIMS-1' });
    expect(await stateOf(app, issue)).toBe('closed');
    expect(await chain(app, issue)).toMatchObject({ state: 'ended' });
    const [entry] = await entriesAbout(app.app.store.read, app.org, `issue:${issue}`, 1);
    expect(entry!.facts).toMatchObject({ drill: true, answeredAfter: 7 * MINUTE });
  });

  test('a drill that nobody answers ends too, and does not go on asking', async () => {
    const { app } = await scene(engine);
    const { id: issue } = await app.act('bo', drillSeat, { seat: 'claims', severity: 1 });
    for (let i = 0; i < 3; i += 1) await next(app, issue);
    expect(await stateOf(app, issue)).toBe('closed');
    expect(await chain(app, issue)).toMatchObject({ state: 'ended', nextAt: null });
  });

  test('a chain that stopped is found, mended, and told of once a day', async () => {
    const { app } = await scene(engine);
    const [late, lost, fine] = [await raise(app, 1), await raise(app, 2), await raise(app, 2)];
    await app.app.store.write(async (tx) => {
      const { escalations } = tx.t;
      const of = (issue: string) => and(eq(escalations.org, app.org), eq(escalations.issue, issue));
      await tx.update(escalations).set({ nextAt: null }).where(of(late));
      await tx.update(escalations).set({ state: 'ended', nextAt: null }).where(of(lost));
    });
    let beats = 0;
    const health = () => ({ lastTick: app.app.wall.now(), longestSilence: 0 });
    const watchman = createWatchman(app.app, health, async () => void (beats += 1));
    expect(await watchman.round()).toBe(2);
    expect(await chain(app, late)).toMatchObject({ state: 'running', nextAt: MONDAY });
    expect(await chain(app, lost)).toMatchObject({
      state: 'running',
      nextAt: MONDAY,
      because: 'mended',
      round: 2,
    });
    expect(await chain(app, fine)).toMatchObject({ round: 1 });
    const day = Math.floor(MONDAY / DAY);
    expect(await entriesAbout(app.app.store.read, app.org, mendedSubject(day), 10)).toHaveLength(2);
    const told = await messageByKey(app.app.store.read, app.org, `mended:${app.people.ana}:${day}`);
    expect(told).toMatchObject({ view: 'mended', wanted: 2 });
    expect(await watchman.round()).toBe(0);
    expect(beats).toBe(2);
  });

  test('a step that is sixteen minutes late was forgotten', async () => {
    const { app } = await scene(engine);
    await raise(app, 1);
    const { read } = app.app.store;
    expect(await brokenChains(read, MONDAY + 15 * MINUTE, 10)).toEqual([]);
    expect(await brokenChains(read, MONDAY + 16 * MINUTE, 10)).toMatchObject([{ fault: 'late' }]);
  });

  test('what came to its end, as its policy says, is not called broken', async () => {
    const { app } = await scene(engine);
    const issue = await raise(app, 3);
    for (let i = 0; i < 3; i += 1) await next(app, issue);
    expect(await chain(app, issue)).toMatchObject({ state: 'ended' });
    expect(await brokenChains(app.app.store.read, app.clock.now() + DAY, 10)).toEqual([]);
  });

  test('many take their step together, each once', async () => {
    const { app } = await scene(engine);
    const issues: string[] = [];
    for (let i = 0; i < 12; i += 1) issues.push(await raise(app, (i % 2) + 1));
    const due = (await escalationsDue(app.app.store.read, MONDAY, 100)).map((e) => ({
      escalation: e.id,
      step: e.step,
      repeats: e.repeats,
    }));
    const both = await Promise.all([1, 2].map(() => app.act('coxswain', stepEscalations, { due })));
    expect(both.map((r) => r.pinged).toSorted((a, b) => a - b)).toEqual([0, 18]);
    for (const issue of issues) expect((await chain(app, issue)).step).toBe(1);
  });
});

describe.each(ENGINES)('a policy on %s', (engine) => {
  const steps = STEPS('@cem@example.com, #claims · wait 10m');

  test('of the seat goes before that of the organisation, and chains that run keep theirs', async () => {
    const { app, seat } = await scene(engine);
    const before = await raise(app, 1);
    await app.act('ana', setPolicy, { severity: 1, steps: STEPS('operations · wait 5m'), reason: 'Calm' });
    await app.act('bo', setPolicy, { seat: 'claims', severity: 1, steps, reason: 'Cem is quick' });
    const after = await raise(app, 1);
    await next(app, after);
    expect((await asked(app, before)).toSorted()).toEqual(['1: bo pinged', '1: cem pinged']);
    expect((await asked(app, after)).map((line) => line.split(':').slice(0, 2).join(':'))).toEqual([
      '1: cem pinged',
      '1: channel',
    ]);
    await app.act('bo', setPolicy, { seat: 'claims', severity: 1, steps: 'default', reason: 'Cem left' });
    const third = await raise(app, 1);
    expect((await chain(app, third)).policy.steps).toEqual([{ roles: ['operations'], wait: 5 * MINUTE }]);
    const row = (await seatById(app.app.store.read, app.org, seat))!;
    expect(await loadChain(app.app.store.read, app.org, row, 1, MONDAY)).toMatchObject({
      source: 'organisation',
      version: 2,
    });
  });

  test('is made by governors, and by the accountable owner for their own seat', async () => {
    const { app } = await scene(engine);
    const set = (who: Who, more: object) =>
      app.act(who, setPolicy, {
        severity: 1,
        steps: STEPS('operations · wait 5m'),
        reason: 'Why not',
        ...more,
      });
    await expect(set('bo', {})).rejects.toMatchObject({ code: 'forbidden' });
    await expect(set('cem', { seat: 'claims' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(set('bo', { seat: 'claims' })).resolves.toMatchObject({ version: 1 });
  });

  test('says what is wrong with it beside the steps', async () => {
    const { app } = await scene(engine);
    const set = (text: string, more: object = {}) =>
      app.act('ana', setPolicy, { severity: 1, steps: text, reason: 'Why not', ...more });
    const fault = (message: unknown) => ({
      code: 'invalid',
      fields: { steps: expect.stringContaining(String(message)) },
    });
    await expect(set(STEPS('@nobody · wait 5m'))).rejects.toMatchObject(
      fault('Nobody here is called “nobody”'),
    );
    await expect(set(STEPS('#nowhere · wait 5m'))).rejects.toMatchObject(fault('Coxswain is in no channel'));
    await expect(set('working hours\naccountable · wait 5m\nthen once')).rejects.toMatchObject(
      fault('Severity 1 is critical'),
    );
    await expect(set('default')).rejects.toMatchObject({ code: 'conflict' });
    await set(STEPS('operations · wait 5m'));
    await expect(set(STEPS('operations · wait 6m'), { was: 0 })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Ana Flores changed this policy while you were editing it'),
    });
  });
});
