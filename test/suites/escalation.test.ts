import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { type Escalation, escalationOf, escalationsDue, pingsOf } from '../../db/escalations.ts';
import { messageByKey } from '../../db/messages.ts';
import { skipUnreachable, stepEscalations } from '../../src/actions/escalation/index.ts';
import { acknowledgeIssue, newIssue } from '../../src/actions/issue/index.ts';
import { refreshPerson, setGovernanceChannel } from '../../src/actions/org/index.ts';
import { DAY, HOUR, MINUTE } from '../../src/clock.ts';
import { MONDAY, type TestApp, type Who, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { addClaims, appoint } from '../support/ship.ts';

interface Scene {
  readonly app: TestApp;
  readonly seat: string;
  /** Channel of the seat, and the channel where escalations end. */
  readonly channel: string;
  readonly governance: string;
}

async function scene(engine: 'sqlite' | 'postgres'): Promise<Scene> {
  const app = await testApp(engine);
  const [channel, governance] = [await app.channel('claims'), await app.channel('governance')];
  await app.act('ana', setGovernanceChannel, { channel: governance });
  return { app, channel, governance, seat: await addClaims(app, { channel }) };
}

async function raise(app: TestApp, severity: number, by: Who = 'eli'): Promise<string> {
  return (await app.act(by, newIssue, { seat: 'claims', title: 'Refuses hail', severity })).id;
}

async function escalation(app: TestApp, issue: string): Promise<Escalation> {
  return (await escalationOf(app.app.store.read, app.org, issue))!;
}

/** Moves to when the escalation is due and lets it take its step. */
async function step(app: TestApp, issue: string) {
  const { id, step, repeats, nextAt } = await escalation(app, issue);
  app.clock.moveTo(Math.max(nextAt!, app.clock.now()));
  expect((await escalationsDue(app.app.store.read, app.clock.now(), 10)).map((e) => e.id)).toContain(id);
  return app.act('coxswain', stepEscalations, { due: [{ escalation: id, step, repeats }] });
}

const rows = async (app: TestApp, issue: string) =>
  (await pingsOf(app.app.store.read, app.org, issue)).map((p) => [p.target, p.person, p.outcome]);

async function absent(app: TestApp, who: Who, until: number, delegate?: Who): Promise<void> {
  await app.app.store.write(async (tx) => {
    const { people } = tx.t;
    await tx
      .update(people)
      .set({ awayUntil: until, delegate: delegate === undefined ? null : app.people[delegate] })
      .where(and(eq(people.org, app.org), eq(people.id, app.people[who])));
  });
}

describe.each(ENGINES)('escalation on %s', (engine) => {
  test('severity 1 pings two at once, two more after 15 minutes, then the governance channel again and again', async () => {
    const { app, seat, governance } = await scene(engine);
    await appoint(app, 'cem', 'platform', seat);
    await appoint(app, 'dana', 'operations', seat);
    await appoint(app, 'ana', 'stop-ship', seat);
    const issue = await raise(app, 1);
    const { bo, cem, dana, ana } = app.people;

    expect(await step(app, issue)).toMatchObject({ pinged: 2, passed: 0, governance: 0 });
    expect(await escalation(app, issue)).toMatchObject({ step: 1, nextAt: MONDAY + 15 * MINUTE });
    expect(await messageByKey(app.app.store.read, app.org, `pings:${bo}:${MONDAY}:${issue}`)).toMatchObject({
      toKind: 'person',
      toId: bo,
      view: 'pings',
      args: { person: bo, from: MONDAY, issue },
      notBefore: MONDAY,
    });
    expect(await step(app, issue)).toMatchObject({ pinged: 2, passed: 0, governance: 0 });
    expect(await step(app, issue)).toMatchObject({ pinged: 0, passed: 0, governance: 1 });
    expect(app.clock.now()).toBe(MONDAY + 30 * MINUTE);
    expect(await step(app, issue)).toMatchObject({ governance: 1 });
    expect(app.clock.now()).toBe(MONDAY + 60 * MINUTE);
    for (const at of [MONDAY + 30 * MINUTE, MONDAY + 60 * MINUTE]) {
      expect(await messageByKey(app.app.store.read, app.org, `governance:${governance}:${at}`)).toMatchObject(
        { toKind: 'channel', toId: governance },
      );
    }
    expect(await rows(app, issue)).toEqual(
      expect.arrayContaining([
        ['accountable', bo, 'pinged'],
        ['platform', cem, 'pinged'],
        ['operations', dana, 'pinged'],
        ['stop-ship', ana, 'pinged'],
        ['governance channel', null, 'pinged'],
      ]),
    );
  });

  test('severity 4 waits for the digest', async () => {
    const { app } = await scene(engine);
    const issue = await raise(app, 4);
    expect(await escalationOf(app.app.store.read, app.org, issue)).toBeUndefined();
  });

  test('vacant roles are passed over at once, and the seat’s channel is told', async () => {
    const { app, seat, channel } = await scene(engine);
    await app.act('coxswain', refreshPerson, { person: app.people.bo, guest: false, active: false });
    await appoint(app, 'dana', 'stop-ship', seat);
    const issue = await raise(app, 2);
    expect(await step(app, issue)).toMatchObject({ pinged: 1, passed: 3, governance: 0 });
    expect(app.clock.now()).toBe(MONDAY);
    expect(await escalation(app, issue)).toMatchObject({ step: 3, nextAt: MONDAY + 4 * HOUR });
    expect(await messageByKey(app.app.store.read, app.org, `vacant:${seat}:${MONDAY}`)).toMatchObject({
      toKind: 'channel',
      toId: channel,
      threadOf: `issue:${issue}:channel`,
    });
  });

  test('a seat that nobody owns goes to governance at once', async () => {
    const { app } = await scene(engine);
    await app.act('coxswain', refreshPerson, { person: app.people.bo, guest: false, active: false });
    const issue = await raise(app, 2);
    expect(await step(app, issue)).toMatchObject({ pinged: 0, passed: 4, governance: 1 });
  });

  test('who is away is answered for by their delegate; without one the role is passed over', async () => {
    const { app, seat } = await scene(engine);
    await appoint(app, 'cem', 'platform', seat);
    await absent(app, 'bo', MONDAY + DAY, 'dana');
    const issue = await raise(app, 2);
    await step(app, issue);
    expect(await rows(app, issue)).toEqual([['accountable', app.people.dana, 'pinged']]);
    await app.act('dana', acknowledgeIssue, { issue: 'CLAIMS-1' });

    await absent(app, 'bo', MONDAY + DAY);
    const other = await raise(app, 2);
    await step(app, other);
    expect(await rows(app, other)).toEqual([
      ['platform', app.people.cem, 'pinged'],
      ['accountable', app.people.bo, 'away'],
      ['operations', null, 'vacant'],
    ]);
  });

  test('who raised it is not pinged about it, but keeps the step’s time to answer', async () => {
    const { app, seat } = await scene(engine);
    await appoint(app, 'cem', 'platform', seat);
    const issue = await raise(app, 2, 'bo');
    expect(await step(app, issue)).toMatchObject({ pinged: 1 });
    expect(await rows(app, issue)).toEqual([['accountable', app.people.bo, 'own doing']]);
    expect(
      await messageByKey(app.app.store.read, app.org, `pings:${app.people.bo}:${MONDAY}`),
    ).toBeUndefined();
    await step(app, issue);
    expect(app.clock.now()).toBe(MONDAY + 4 * HOUR);
    expect(await rows(app, issue)).toContainEqual(['platform', app.people.cem, 'pinged']);
  });

  test('outside working hours a ping of severity 2 waits for the morning, and the step’s time with it', async () => {
    const { app } = await scene(engine);
    app.clock.moveTo(MONDAY + 9 * HOUR);
    const issue = await raise(app, 2);
    await step(app, issue);
    expect(
      await messageByKey(app.app.store.read, app.org, `pings:${app.people.bo}:${MONDAY + DAY}`),
    ).toMatchObject({ notBefore: MONDAY + DAY });
    expect(await escalation(app, issue)).toMatchObject({ nextAt: MONDAY + DAY + 4 * HOUR });
  });

  test('who cannot be reached is not waited for', async () => {
    const { app, seat } = await scene(engine);
    await appoint(app, 'cem', 'platform', seat);
    const issue = await raise(app, 2);
    await step(app, issue);
    app.advance(MINUTE);
    await app.act('coxswain', skipUnreachable, { issue, person: app.people.bo });
    expect(await escalation(app, issue)).toMatchObject({ nextAt: app.clock.now() });
    await step(app, issue);
    expect(await rows(app, issue)).toEqual(
      expect.arrayContaining([
        ['accountable', app.people.bo, 'unreachable'],
        ['platform', app.people.cem, 'pinged'],
      ]),
    );
  });

  test('who cannot be reached takes no time from somebody who was', async () => {
    const { app, seat } = await scene(engine);
    await appoint(app, 'cem', 'platform', seat);
    const issue = await raise(app, 1);
    await step(app, issue);
    await app.act('coxswain', skipUnreachable, { issue, person: app.people.bo });
    expect(await escalation(app, issue)).toMatchObject({ nextAt: MONDAY + 15 * MINUTE });
    await app.act('coxswain', skipUnreachable, { issue, person: app.people.cem });
    expect(await escalation(app, issue)).toMatchObject({ nextAt: MONDAY });
  });

  test('two copies that find the same step due take it once', async () => {
    const { app } = await scene(engine);
    const issue = await raise(app, 1);
    const { id } = await escalation(app, issue);
    const take = () =>
      app.act('coxswain', stepEscalations, { due: [{ escalation: id, step: 0, repeats: 0 }] });
    const results = await Promise.all([take(), take(), take()]);
    expect(results.map((r) => r.pinged).toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
    expect((await rows(app, issue)).filter(([, , outcome]) => outcome === 'pinged')).toHaveLength(1);
  });

  test('a step that comes after the answer ends the chain and pings nobody', async () => {
    const { app } = await scene(engine);
    const issue = await raise(app, 2);
    const { id } = await escalation(app, issue);
    await app.act('bo', acknowledgeIssue, { issue: 'CLAIMS-1' });
    const late = await app.act('coxswain', stepEscalations, {
      due: [{ escalation: id, step: 0, repeats: 0 }],
    });
    expect(late).toMatchObject({ pinged: 0, passed: 0, governance: 0 });
    expect(await rows(app, issue)).toEqual([]);
  });

  test('nobody can ask for a step', async () => {
    const { app } = await scene(engine);
    const issue = await raise(app, 1);
    const { id } = await escalation(app, issue);
    await expect(
      app.act('ana', stepEscalations, { due: [{ escalation: id, step: 0, repeats: 0 }] }),
    ).rejects.toMatchObject({ code: 'forbidden', message: 'You may not do this. Coxswain itself may.' });
  });
});
