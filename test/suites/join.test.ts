import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { channelByRef, installationOf, installationsOf, orgById } from '../../db/orgs.ts';
import { messageByKey } from '../../db/messages.ts';
import { accountsOf, personById, personByIdentity } from '../../db/people.ts';
import { nightsDue } from '../../db/nights.ts';
import {
  appointAdmins,
  connectTenant,
  erasePerson,
  grantRole,
  makeJoinCode,
  meetPerson,
  redeemJoin,
  setChannelVisibility,
} from '../../src/actions/org/index.ts';
import { confirmLink, refuseLink } from '../../src/actions/person/index.ts';
import { HOUR } from '../../src/clock.ts';
import { ensureOrg } from '../../src/tenants/home.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { loadPersonData } from '../../src/queries/person-data.ts';
import { MONDAY, type TestApp, type TestOrg, testApp } from '../support/app.ts';
import { openStore } from '../../db/open.ts';
import { type Engine, ENGINES, OPEN } from '../support/databases.ts';
import { addClaims } from '../support/ship.ts';

/** Harbour has a seat; Quay is a workspace of its own with the same five addresses, and Fay. */
async function scene(engine: Engine) {
  const app = await testApp(engine);
  await app.act('coxswain', connectTenant, { platform: 'slack', tenant: app.tenant, name: 'Harbour' });
  await addClaims(app, { channel: await app.channel('claims') });
  const quay = await app.found('Quay');
  await quay.act('coxswain', connectTenant, { platform: 'slack', tenant: quay.tenant, name: 'Quay' });
  const fay = await quay.meet('Fay');
  return { app, quay, fay };
}

const codeOf = async (org: TestOrg): Promise<string> => (await org.act('ana', makeJoinCode, {})).code!;
const read = (app: TestApp) => app.app.store.read;

describe.each(ENGINES)('one organisation joins another, %s', (engine) => {
  test('people, channels and workspaces go over; both chains say so and are whole', async () => {
    const { app, quay, fay } = await scene(engine);
    await quay.act('ana', grantRole, { person: fay, role: 'governor' });
    const harbour = await quay.channel('harbour');
    const joined = await quay.act('ana', redeemJoin, { code: await codeOf(app) });
    expect(joined).toMatchObject({ joined: true, org: 'Harbour', what: 'Slack Quay', people: 6, linked: 5 });

    expect(await installationOf(read(app), 'slack', quay.tenant)).toMatchObject({
      org: app.org,
      joinedAt: MONDAY,
    });
    expect(await installationsOf(read(app), quay.org)).toEqual([]);
    expect(await channelByRef(read(app), app.org, 'slack', quay.tenant, 'harbour')).toMatchObject({
      id: harbour,
    });
    // Ana of both is one person; Fay is new here, and what she was there gives her nothing here.
    const ana = await personByIdentity(read(app), 'slack', quay.tenant, 'ana');
    expect(ana).toMatchObject({ org: app.org, person: app.people.ana });
    expect(await accountsOf(read(app), app.org, [app.people.ana])).toHaveLength(2);
    expect(await personById(read(app), app.org, app.people.ana)).toMatchObject({ role: 'admin' });
    expect(await personById(read(app), app.org, fay)).toMatchObject({ role: 'member', active: true });

    expect(await messageByKey(read(app), app.org, `joined:${app.people.ana}:${MONDAY}`)).toMatchObject({
      view: 'joined',
      args: { what: 'Slack Quay', by: 'Ana Flores', people: 6, linked: 5 },
    });
    expect(await verifyAudit(app.app.store, app.keys, app.org)).toMatchObject({ ok: true });
    expect(await verifyAudit(app.app.store, app.keys, quay.org)).toMatchObject({ ok: true });
  });

  test('a channel that is not for everyone hides what reports in it also where it went', async () => {
    const { app, quay } = await scene(engine);
    const channel = await quay.channel('board');
    await quay.act('ana', setChannelVisibility, { channel, visibility: 'people', because: 'It is secret.' });
    expect(await orgById(read(app), app.org)).toMatchObject({ restricted: false });
    await quay.act('ana', redeemJoin, { code: await codeOf(app) });
    expect(await orgById(read(app), app.org)).toMatchObject({ restricted: true });
  });

  test('a code ends with the right of who made it', async () => {
    const { app, quay } = await scene(engine);
    const code = await codeOf(app);
    await app.act('ana', grantRole, { person: app.people.bo, role: 'admin' });
    await app.act('bo', grantRole, { person: app.people.ana, role: 'member' });
    expect(await quay.act('ana', redeemJoin, { code })).toMatchObject({ joined: false });
  });

  test('an address that only a joined tenant tells makes nobody somebody else: they are asked', async () => {
    const { app, quay } = await scene(engine);
    const onTeams = (ref: string, email: string) =>
      ({
        platform: 'teams',
        tenant: 'quay-teams',
        ref,
        name: ref,
        email,
        guest: false,
        admin: false,
      }) as const;
    await quay.act('coxswain', connectTenant, { platform: 'teams', tenant: 'quay-teams', name: 'Quay' });
    const old = await quay.act('coxswain', meetPerson, onTeams('zed', 'gil@example.com'));
    await app.meet('Gil');
    const { linked } = await quay.act('ana', redeemJoin, { code: await codeOf(app) });
    // Those of Slack, which confirmed their addresses; Zed is asked about.
    expect(linked).toBe(5);
    expect(await personById(read(app), app.org, old.person)).toMatchObject({
      active: true,
      mergedInto: null,
    });

    // Nor whom the configuration names as admin.
    const root = { ...onTeams('root', 'root@example.com'), admin: true };
    const { person } = await app.act('coxswain', meetPerson, root);
    await app.act('coxswain', appointAdmins, { emails: ['root@example.com'] });
    expect(await personById(read(app), app.org, person)).toMatchObject({ role: 'member' });

    // Its administrators give an account the address of Harbour's admin.
    const mallory = await app.act('coxswain', meetPerson, onTeams('mallory', 'hal@example.com'));
    expect(await personById(read(app), app.org, mallory.person)).toMatchObject({ role: 'member' });
    const hal = await app.meet('Hal');
    expect(hal).not.toBe(mallory.person);
    const ctx = app.ctxAs({ kind: 'person', person: hal });
    await app.act('ana', grantRole, { person: hal, role: 'governor' });
    expect(await app.act(ctx, confirmLink, { person: mallory.person })).toMatchObject({ state: 'linked' });
    const eve = await app.act('coxswain', meetPerson, onTeams('eve', 'bo@example.com'));
    expect(eve.person).not.toBe(app.people.bo);
    const key = `link:${app.people.bo}:${eve.person}:${MONDAY}`;
    expect(await messageByKey(read(app), app.org, key)).toMatchObject({ args: { how: 'address' } });
    await app.act('bo', refuseLink, { person: eve.person });
    await expect(app.act('bo', confirmLink, { person: eve.person })).rejects.toThrow('does not wait');
  });

  test('who is exported or erased is so from what is left behind, too', async () => {
    const { app, quay, fay } = await scene(engine);
    await quay.act('ana', redeemJoin, { code: await codeOf(app) });
    const told = await loadPersonData(read(app), app.org, fay, MONDAY);
    expect(told.before).toMatchObject([{ stored: { people: [{ org: quay.org, name: 'Fay' }] } }]);
    await app.act('ana', erasePerson, { person: fay });
    const { people, auditEntries, auditTexts } = read(app).t;
    const rows = await read(app).select().from(people).where(eq(people.id, fay));
    expect(rows.map(({ name, email }) => [name, email])).toEqual([
      ['Erased person', null],
      ['Erased person', null],
    ]);
    const about = await read(app)
      .select({ text: auditTexts.text })
      .from(auditTexts)
      .innerJoin(
        auditEntries,
        and(eq(auditEntries.org, auditTexts.org), eq(auditEntries.seq, auditTexts.seq)),
      )
      .where(eq(auditEntries.subject, `person:${fay}`));
    expect(about).toEqual([{ text: null }]);
    expect(await verifyAudit(app.app.store, app.keys, quay.org)).toMatchObject({ ok: true });
  });

  test('what is left behind cannot be used, and does nothing by itself', async () => {
    const { app, quay } = await scene(engine);
    await quay.act('ana', redeemJoin, { code: await codeOf(app) });
    await expect(quay.act('ana', makeJoinCode, {})).rejects.toThrow('not active');
    expect(await orgById(read(app), quay.org)).toMatchObject({ joinedInto: app.org, adminCode: null });
    const nights = await nightsDue(read(app), MONDAY + 48 * HOUR, 10);
    expect(nights.map(({ org }) => org)).toEqual([app.org]);
    expect((await ensureOrg(app.app, 'x', 'UTC')).org.id).toBe(app.org);
  });

  test('a code works once, for an hour, until the next one; wrong ones are counted', async () => {
    const { app, quay } = await scene(engine);
    const redeem = (code: string) => quay.act('ana', redeemJoin, { code });
    const old = await codeOf(app);
    const code = await codeOf(app);
    expect(await redeem(old)).toMatchObject({ joined: false });
    await expect(quay.act('bo', redeemJoin, { code })).rejects.toThrow('An admin');
    await expect(app.act('ana', redeemJoin, { code })).rejects.toThrow('made here');
    app.advance(HOUR);
    expect(await redeem(code)).toMatchObject({ joined: false });
    for (let i = 0; i < 4; i += 1) await redeem(`WRNG-CODE-${i}`);
    await expect(redeem(await codeOf(app))).rejects.toMatchObject({ code: 'limited' });
    const first = await orgById(read(app), quay.org);
    expect(first!.joinedInto).toBeNull();
  });

  test('an organisation that holds something is told what, and what to do instead', async () => {
    const { app, quay } = await scene(engine);
    const code = await codeOf(quay);
    const refused = app.act('ana', redeemJoin, { code });
    await expect(refused).rejects.toThrow('Harbour has things of its own that would be lost: seats (1)');
    await expect(refused).rejects.toThrow('Make the code here and redeem it in Quay');
    expect(await installationsOf(read(app), app.org)).toHaveLength(1);
  });

  test('two that join each other at the same moment: one of them does', async () => {
    const { app } = await scene(engine);
    const [a, b] = [await app.found('East'), await app.found('West')];
    const [toA, toB] = [await codeOf(a), await codeOf(b)];
    const both = await Promise.allSettled([
      b.act('ana', redeemJoin, { code: toA }),
      a.act('ana', redeemJoin, { code: toB }),
    ]);
    expect(both.filter((r) => r.status === 'fulfilled' && r.value.joined)).toHaveLength(1);
    const left = await Promise.all(
      [a, b].map(async ({ org }) => (await orgById(read(app), org))!.joinedInto),
    );
    expect(left.filter((into) => into !== null)).toHaveLength(1);
  });
});

/** How many transactions wait for a lock that another one holds. */
async function waiting(app: TestApp): Promise<number> {
  const [row] = await app.database.sql<{ n: string }>(
    "select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return Number(row!.n);
}

/** Holds up whatever is about to be written to an organisation's audit log, until it is let go. */
async function holdUp(app: TestApp, org: string): Promise<() => Promise<void>> {
  const { promise: held, resolve: isHeld } = Promise.withResolvers<void>();
  const { promise: go, resolve: letGo } = Promise.withResolvers<void>();
  const other = await openStore(app.database.url, OPEN);
  const done = other.write(async (tx) => {
    const { auditHeads } = tx.t;
    // Locked and not changed: those who wait for a row that was changed start their wait anew, in any order.
    await tx.select().from(auditHeads).where(eq(auditHeads.org, org)).for('update');
    isHeld();
    await go;
  });
  await held;
  return async () => {
    letGo();
    await done;
    await other.close();
  };
}

describe('what is added while an organisation joins another, on PostgreSQL', () => {
  test.each(['the seat', 'the joining'] as const)('does not stay behind when %s is first', async (first) => {
    const { app, quay } = await scene('postgres');
    const code = await codeOf(app);
    const acts = {
      'the seat': () => addClaims(quay),
      'the joining': () => quay.act('ana', redeemJoin, { code }),
    };
    const second = first === 'the seat' ? 'the joining' : 'the seat';
    const letGo = await holdUp(app, quay.org);
    const ends: Promise<unknown>[] = [];
    // Both have looked at what they need before either may go on.
    for (const [at, who] of ([first, second] as const).entries()) {
      ends.push(
        acts[who]().then(
          () => 'done',
          (error: unknown) => error,
        ),
      );
      await expect.poll(() => waiting(app)).toBe(at + 1);
    }
    await letGo();
    const [won, lost] = await Promise.all(ends);
    expect(won).toBe('done');
    expect(lost).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(
        first === 'the seat'
          ? 'Quay has things of its own that would be lost: seats (1)'
          : 'This organisation has just become part of another',
      ),
    });
    const { seats, orgs } = read(app).t;
    const left = await read(app).select().from(seats).where(eq(seats.org, quay.org));
    const [own] = await read(app).select().from(orgs).where(eq(orgs.id, quay.org));
    expect([left.length, own?.joinedInto]).toEqual(first === 'the seat' ? [1, null] : [0, app.org]);
    expect(await verifyAudit(app.app.store, app.keys, quay.org)).toMatchObject({ ok: true });
  });
});

describe.each(ENGINES)('what is added while an organisation joins another, %s', (engine) => {
  test('is in the organisation that is left of the two, or refused', async () => {
    const { app, quay } = await scene(engine);
    const code = await codeOf(app);
    const both = await Promise.allSettled([addClaims(quay), quay.act('ana', redeemJoin, { code })]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
