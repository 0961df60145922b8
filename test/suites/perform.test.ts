import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { issueByRef } from '../../db/issues.ts';
import { defineAction } from '../../src/actions/action.ts';
import { anyone } from '../../src/actions/allow.ts';
import { newIssue } from '../../src/actions/issue/index.ts';
import { claimAdmin, createOrg, grantRole, meetPerson, refreshPerson } from '../../src/actions/org/index.ts';
import { addSeat } from '../../src/actions/seat/index.ts';
import { HOUR } from '../../src/clock.ts';
import type { Ctx } from '../../src/context.ts';
import { queueFollowUps } from '../../db/work.ts';
import { peopleWithRole } from '../../db/people.ts';
import { seatByKey } from '../../db/seats.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { dump } from '../support/dump.ts';
import { CLAIMS, addClaims } from '../support/ship.ts';

/** Does everything an action can do, and then fails. */
const failing = defineAction({
  name: 'test.fail',
  input: z.object({}),
  allow: anyone,
  async run({ tx, org, now, person }) {
    await tx.insert(tx.t.seats).values({
      org,
      id: 'half',
      key: 'half',
      name: 'Half',
      holder: 'ai',
      accountability: 'None',
      stage: 'proposed',
      level: 1,
      risk: 'low',
      parent: null,
      channel: null,
      halted: false,
      issueCount: 0,
      createdAt: now,
    });
    await queueFollowUps(tx, org, 1, now, [{ action: 'issue.signal', input: {}, key: 'half' }]);
    throw new Error(`${person!.name} pulled the plug`);
  },
});

/** Wants these people told. */
const tell = defineAction({
  name: 'test.tell',
  input: z.object({ people: z.array(z.string()) }),
  allow: anyone,
  run: ({ input }) =>
    Promise.resolve({
      result: null,
      audit: { subject: 'test', facts: {} },
      shows: input.people.map((id) => ({
        key: `tell:${id}`,
        to: { kind: 'person' as const, id },
        view: 'test',
        args: {},
        subject: 'test',
      })),
    }),
});

const everything = (app: TestApp) => dump(app.app.store.read, app.org);

describe.each(ENGINES)('performing an action on %s', (engine) => {
  test('a refused action writes nothing', async () => {
    const app = await testApp(engine);
    const before = await everything(app);
    await expect(app.act('eli', grantRole, { person: app.people.bo, role: 'admin' })).rejects.toMatchObject({
      code: 'forbidden',
      message: 'You may not do this. An admin (Ana Flores) may.',
    });
    await expect(app.act('coxswain', addSeat, CLAIMS)).rejects.toMatchObject({
      message: 'You may not do this. A person may.',
    });
    expect(await everything(app)).toEqual(before);
    expect(app.kicks()).toBe(0);
  });

  test('an action that fails half-way writes nothing, also no audit entry and no result', async () => {
    const app = await testApp(engine);
    const before = await everything(app);
    await expect(app.act('bo', failing, {}, 'key')).rejects.toThrow('Bo Lindqvist pulled the plug');
    expect(await everything(app)).toEqual(before);
  });

  test('guests, who has left and who was never met decide nothing', async () => {
    const app = await testApp(engine);
    const guest = await app.meet('Gil', { guest: true });
    await app.act('coxswain', refreshPerson, { person: app.people.eli, guest: false, active: false });
    const as = (person: string) => app.ctxAs({ kind: 'person', person });
    await expect(app.act(as(guest), addSeat, CLAIMS)).rejects.toMatchObject({
      code: 'forbidden',
      message: 'Guests and people from other organisations cannot change anything here.',
    });
    for (const person of [app.people.eli, 'nobody']) {
      await expect(app.act(as(person), addSeat, CLAIMS)).rejects.toMatchObject({
        code: 'forbidden',
        message: 'Your account is not active in this organisation.',
      });
    }
  });

  test('what was typed wrong is said beside each field and in one sentence', async () => {
    const app = await testApp(engine);
    await expect(
      app.act('bo', addSeat, { key: 'Über uns!', name: '', accountability: 'x' }),
    ).rejects.toMatchObject({
      code: 'invalid',
      hint: 'uber-uns',
    });
    await expect(app.act('bo', addSeat, { key: 'claims', name: '', risk: 'none' })).rejects.toMatchObject({
      code: 'invalid',
      fields: {
        name: 'Please give the name of the seat.',
        accountability: 'Please give what the seat is accountable for, in one sentence.',
        risk: expect.stringContaining('low'),
      },
    });
  });

  test('characters that a database refuses are cleaned before they are stored', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    const title = 'be\0fore \uD800 after \u202E 👍';
    await app.act('eli', newIssue, { seat: 'cla\0ims', title, detail: '\uDC00' });
    expect(await issueByRef(app.app.store.read, app.org, 'CLAIMS-1')).toMatchObject({
      title: 'before \uFFFD after \u202E 👍',
      detail: '\uFFFD',
    });
  });

  test('a key makes twenty calls at once, and a later one, the same call', async () => {
    const app = await testApp(engine);
    const add = () => app.act('bo', addSeat, CLAIMS, 'key-1');
    const results = await Promise.all(Array.from({ length: 20 }, add));
    results.push(await add());
    expect(new Set(results.map((r) => r.id)).size).toBe(1);
    const { read } = app.app.store;
    expect(await read.select().from(read.t.seats)).toHaveLength(1);
    const entries = await read.select().from(read.t.auditEntries);
    expect(entries.filter((e) => e.action === 'seat.add')).toHaveLength(1);
    expect(app.kicks()).toBe(0);
  });

  test('the same key for something else, or by somebody else, is refused', async () => {
    const app = await testApp(engine);
    await app.act('bo', addSeat, CLAIMS, 'key-1');
    const taken = { code: 'conflict', message: expect.stringContaining('idempotency key') };
    await expect(app.act('bo', addSeat, { ...CLAIMS, key: 'other' }, 'key-1')).rejects.toMatchObject(taken);
    await expect(app.act('cem', addSeat, CLAIMS, 'key-1')).rejects.toMatchObject(taken);
    await expect(
      app.act('bo', newIssue, { seat: 'claims', title: 'Refuses hail' }, 'key-1'),
    ).rejects.toMatchObject(taken);
    expect(await seatByKey(app.app.store.read, app.org, 'other')).toBeUndefined();
  });

  test('a key that failed can be used again', async () => {
    const app = await testApp(engine);
    await expect(app.act('bo', newIssue, { seat: 'claims', title: 'Early' }, 'key-1')).rejects.toMatchObject({
      code: 'not_found',
    });
    await addClaims(app);
    expect(await app.act('bo', newIssue, { seat: 'claims', title: 'Early' }, 'key-1')).toMatchObject({
      ref: 'CLAIMS-1',
    });
  });

  test('nobody is told what they just did themselves, and work left behind wakes the engine', async () => {
    const app = await testApp(engine);
    await app.act('bo', tell, { people: [app.people.bo] });
    const { read } = app.app.store;
    expect(await read.select().from(read.t.messages)).toEqual([]);
    await app.act('bo', tell, { people: [app.people.bo, app.people.cem] });
    expect(await read.select().from(read.t.messages)).toMatchObject([
      { toId: app.people.cem, wanted: 1, shown: 0 },
    ]);
    expect(app.kicks()).toBeGreaterThan(0);
  });

  test('the code of the first start makes one admin, once', async () => {
    const app = await testApp(engine);
    const { id: org, adminCode } = await createOrg(app.app, { name: 'Second', zone: 'Asia/Kathmandu' });
    const join = async (ref: string) => {
      const user = { platform: 'slack', tenant: 'T-Second', ref, name: ref, guest: false, admin: false };
      const { person } = await app.act({ ...app.ctxAs(), org }, meetPerson, user);
      return { ...app.ctxAs({ kind: 'person', person }), org };
    };
    const [fay, gil] = [await join('fay'), await join('gil')];
    const wrong = (ctx: Ctx) => app.act(ctx, claimAdmin, { code: 'AAAA-BBBB-CCCC' });
    expect(await wrong(fay)).toEqual({ claimed: false });
    const typed = adminCode.toLowerCase().replaceAll('-', ' ');
    const outcomes = await Promise.all([fay, gil].map((ctx) => app.act(ctx, claimAdmin, { code: typed })));
    expect(outcomes.filter((o) => o.claimed)).toHaveLength(1);
    expect(await peopleWithRole(app.app.store.read, org, 'admin')).toHaveLength(1);
    // Who guesses has to wait, also with the right code.
    const { adminCode: other } = await createOrg(app.app, { name: 'Third', zone: 'UTC' });
    const ivy = await join('ivy');
    for (let i = 0; i < 5; i += 1) expect(await wrong(ivy)).toEqual({ claimed: false });
    await expect(app.act(ivy, claimAdmin, { code: other })).rejects.toMatchObject({ code: 'limited' });
    app.advance(HOUR);
    expect(await app.act(ivy, claimAdmin, { code: other })).toEqual({ claimed: false });
  });

  test('two admins who demote each other at the same moment leave one', async () => {
    const app = await testApp(engine);
    await app.act('ana', grantRole, { person: app.people.bo, role: 'admin' });
    const outcomes = await Promise.allSettled([
      app.act('ana', grantRole, { person: app.people.bo, role: 'member' }),
      app.act('bo', grantRole, { person: app.people.ana, role: 'member' }),
    ]);
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
    const { people } = app.app.store.read.t;
    const roles = await app.app.store.read.select({ role: people.role }).from(people);
    expect(roles.filter((p) => p.role === 'admin')).toHaveLength(1);
  });

  test('meeting somebody twice at once is meeting them once', async () => {
    const app = await testApp(engine);
    const user = {
      platform: 'slack',
      tenant: app.tenant,
      ref: 'new',
      name: 'Fay',
      guest: false,
      admin: false,
    };
    const met = await Promise.all([1, 2, 3].map(() => app.act('coxswain', meetPerson, user)));
    expect(new Set(met.map((m) => m.person)).size).toBe(1);
    expect(await app.app.store.read.select().from(app.app.store.read.t.people)).toHaveLength(6);
  });
});

test('a sentence about what was typed quotes only its beginning', () => {
  const long = '👍'.repeat(50_000);
  for (const [action, field] of [
    [grantRole, 'role'],
    [newIssue, 'kind'],
  ] as const) {
    const parsed = action.input.safeParse({ person: 'p', seat: 's', title: 't', [field]: long });
    const message = parsed.error?.issues[0]?.message ?? '';
    expect(message).toContain('👍…” is not');
    expect(message.length).toBeLessThan(200);
    expect(message.isWellFormed()).toBe(true);
  }
});
