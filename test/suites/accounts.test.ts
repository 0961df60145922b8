import { describe, expect, test } from 'vitest';
import { accountsJob } from '../../jobs/accounts.ts';
import { ownersOfSeat } from '../../db/owners.ts';
import { accountsOf, personById } from '../../db/people.ts';
import { connectTenant, meetPerson, refreshPerson } from '../../src/actions/org/index.ts';
import { goAway } from '../../src/actions/person/index.ts';
import { HOUR, MINUTE } from '../../src/clock.ts';
import type { AskStanding } from '../../src/context.ts';
import { rosterCard } from '../../src/cards/accounts.ts';
import { loadRoster } from '../../src/queries/accounts.ts';
import { testApp } from '../support/app.ts';
import { type Engine, ENGINES } from '../support/databases.ts';
import { addClaims } from '../support/ship.ts';

type Said = Awaited<ReturnType<AskStanding>>;

/** Ana is admin, Dana reviewer, Bo owns a seat, Cem stands in for Eli, who is nobody on whom anything depends. */
async function scene(engine: Engine) {
  const app = await testApp(engine);
  const { read } = app.app.store;
  await app.act('coxswain', connectTenant, { platform: 'slack', tenant: app.tenant, name: 'Harbour' });
  const seat = await addClaims(app);
  await app.act('eli', goAway, { until: 'fri', delegate: app.people.cem });
  const says: Record<string, Said> = {};
  const asked: string[] = [];
  const standing: AskStanding = ({ ref }) => {
    asked.push(ref);
    return Promise.resolve(says[ref] ?? 'member');
  };
  /** Runs what is due at this instant, as an engine would; returns who was asked about. */
  const tick = async () => {
    asked.length = 0;
    for (;;) {
      const [due] = await accountsJob.due(read, app.clock.now(), 10);
      if (due === undefined) return asked.toSorted();
      await accountsJob.run({ ...app.app, standing }, due);
    }
  };
  /** Moves to the next instant at which it is due. */
  const next = async () => {
    app.clock.moveTo((await accountsJob.next(read, app.clock.now()))!);
    return tick();
  };
  await tick();
  return { app, seat, says, tick, next, row: () => personById(read, app.org, app.people.bo) };
}

describe.each(ENGINES)('who has a role, on %s', (engine) => {
  test('is listed with accounts that have ended as such; addresses are told to who administers', async () => {
    const app = await testApp(engine);
    const account = { platform: 'teams', tenant: 'M0', ref: 'dana' } as const;
    const dana = { ...account, name: 'Dana', email: 'dana@example.com', guest: false, admin: false };
    expect((await app.act('coxswain', meetPerson, dana)).person).toBe(app.people.dana);
    const listed = async (addresses: boolean) =>
      JSON.stringify(rosterCard(await loadRoster(app.app.store.read, app.org, 1), addresses));
    expect(await listed(true)).toContain('(dana@example.com, Slack, Teams)');
    const gone = { person: app.people.dana, guest: false, active: false, account };
    await app.act('coxswain', refreshPerson, gone);
    expect(await listed(true)).toContain('(dana@example.com, Slack, Teams: has ended)');
    expect(await listed(false)).toContain('(Slack, Teams: has ended)');
    expect(await listed(false)).not.toContain('@example.com');
  });
});

describe.each(ENGINES)('accounts are asked about at night, %s', (engine) => {
  test('those on whom something depends, once a night, and nobody by day', async () => {
    const { app, tick, next } = await scene(engine);
    expect(await tick()).toEqual([]);
    expect(await next()).toEqual(['ana', 'bo', 'cem', 'dana']);
    app.advance(HOUR);
    expect(await tick()).toEqual([]);
    expect(await next()).toEqual(['ana', 'bo', 'cem', 'dana']);
  });

  test('who was deactivated unnoticed loses seats; a platform that tells nothing takes nothing', async () => {
    const { app, seat, says, next, row } = await scene(engine);
    const { read } = app.app.store;
    says['bo'] = 'untold';
    await next();
    await next();
    expect(await row()).toMatchObject({ active: true });
    says['bo'] = 'deactivated';
    await next();
    expect(await row()).toMatchObject({ active: false });
    expect(await ownersOfSeat(read, app.org, seat)).toEqual([]);
    expect(await next()).toEqual(['ana', 'cem', 'dana']);
  });

  test('who is not found one night may be found the next; twice in a row is gone', async () => {
    const { app, says, next, row } = await scene(engine);
    const since = async () =>
      (await accountsOf(app.app.store.read, app.org, [app.people.bo])).map((one) => one.missingSince);
    says['bo'] = 'missing';
    await next();
    expect(await since()).toEqual([app.clock.now()]);
    says['bo'] = 'member';
    await next();
    expect(await since()).toEqual([null]);
    says['bo'] = 'missing';
    await next();
    expect(await row()).toMatchObject({ active: true });
    await next();
    expect(await row()).toMatchObject({ active: false });
  });

  test('a platform that asks to wait is asked again after that, about those who are left', async () => {
    const { app, says, next, row } = await scene(engine);
    for (const ref of ['ana', 'bo', 'cem', 'dana']) says[ref] = { wait: 5 * MINUTE };
    expect(await next()).toHaveLength(1);
    const night = app.clock.now();
    expect(await next()).toHaveLength(1);
    expect(app.clock.now()).toBe(night + 5 * MINUTE);
    for (const ref of ['ana', 'bo', 'cem', 'dana']) says[ref] = 'member';
    expect(await next()).toHaveLength(4);
    expect(await row()).toMatchObject({ active: true });
  });

  test('two copies ask once, and many people a few at a time', async () => {
    const { app, tick, next } = await scene(engine);
    const { store } = app.app;
    await store.write(async (tx) => {
      const [bo] = await tx.select().from(tx.t.people).limit(1);
      for (let i = 0; i < 30; i += 1) {
        await tx.insert(tx.t.people).values({ ...bo!, id: `p${i}`, email: null, role: 'reviewer' });
        const of = { org: app.org, platform: 'slack' as const, tenant: app.tenant, ref: `r${i}` };
        await tx.insert(tx.t.identities).values({ ...of, person: `p${i}`, name: 'x' });
      }
    });
    app.clock.moveTo((await accountsJob.next(store.read, app.clock.now()))!);
    const [stale] = await accountsJob.due(store.read, app.clock.now(), 9);
    expect(await tick()).toHaveLength(20);
    const nobody: string[] = [];
    await accountsJob.run(
      { ...app.app, standing: ({ ref }) => Promise.resolve(nobody.push(ref) > 0 ? 'member' : 'member') },
      stale!,
    );
    expect(nobody).toEqual([]);
    expect(await next()).toHaveLength(14);
  });
});
