import { describe, expect, test } from 'vitest';
import { openIssues } from '../../db/issues.ts';
import { ownersOfSeat } from '../../db/owners.ts';
import { messageByKey } from '../../db/messages.ts';
import { channelsCalled } from '../../db/orgs.ts';
import { accountsOf, peopleCalled, peopleEverCalled, personById, waysTo } from '../../db/people.ts';
import { connectTenant, grantRole, meetPerson, refreshPerson } from '../../src/actions/org/index.ts';
import { type TestApp, MONDAY, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { addClaims } from '../support/ship.ts';

describe.each(ENGINES)('accounts that change on their platform, %s', (engine) => {
  test('a member who becomes a guest loses seats and role, and as a member again has none', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    const seat = await addClaims(app);
    const { bo: person } = app.people;
    await app.act('ana', grantRole, { person, role: 'governor' });
    const asGuest = await app.act('coxswain', refreshPerson, { person, guest: true, active: true });
    expect(asGuest).toEqual({ vacated: 1 });
    expect(await personById(read, app.org, person)).toMatchObject({ guest: true, role: 'member' });
    expect(await ownersOfSeat(read, app.org, seat)).toEqual([]);
    expect(await openIssues(read, app.org, { seats: [seat], limit: 9 })).toMatchObject([
      { title: 'Without accountable owner: the account became a guest’s' },
    ]);
    await app.act('coxswain', refreshPerson, { person, guest: false, active: true });
    expect(await personById(read, app.org, person)).toMatchObject({ guest: false, role: 'member' });
    expect(await ownersOfSeat(read, app.org, seat)).toEqual([]);
  });

  test('who was deactivated comes back as a member without roles', async () => {
    const app = await testApp(engine);
    const { dana: person } = app.people;
    await app.act('coxswain', refreshPerson, { person, guest: false, active: false });
    const gone = await personById(app.app.store.read, app.org, person);
    await app.act('coxswain', refreshPerson, { person, guest: false, active: true });
    const back = await personById(app.app.store.read, app.org, person);
    expect([gone, back]).toMatchObject([
      { active: false, role: 'member' },
      { active: true, role: 'member' },
    ]);
  });

  test('two admins who leave at the same moment: the last one’s role is there when they return', async () => {
    const app = await testApp(engine);
    const { ana, bo } = app.people;
    await app.act('ana', grantRole, { person: bo, role: 'admin' });
    const change = (person: string, active: boolean) =>
      app.act('coxswain', refreshPerson, { person, guest: false, active });
    await Promise.all([change(ana, false), change(bo, false)]);
    await Promise.all([change(ana, true), change(bo, true)]);
    const people = [ana, bo].map((id) => personById(app.app.store.read, app.org, id));
    const roles = (await Promise.all(people)).map((person) => person?.role);
    expect(new Set(roles)).toEqual(new Set(['admin', 'member']));
  });
});

describe.each(ENGINES)('who and what is called so, %s', (engine) => {
  test('whatever the case, in every script; accents may be left out where that is clear', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    const ozlem = await app.meet('Özlem ÇELİK');
    const called = async (text: string) => (await peopleCalled(read, app.org, text)).map(({ id }) => id);
    for (const typed of ['Özlem ÇELİK', 'özlem çelik', 'O\u0308zlem C\u0327elik', 'ozlem celik'])
      expect({ typed, found: await called(typed) }).toEqual({ typed, found: [ozlem] });
    expect(await called('cem yıldız')).toEqual([app.people.cem]);
    expect(await called('BO@example.com')).toEqual([app.people.bo]);
    expect(await called('özlem')).toEqual([]);
    expect((await peopleEverCalled(read, app.org, 'ÖZLEM ÇELIK')).map(({ id }) => id)).toEqual([ozlem]);
    expect((await peopleEverCalled(read, app.org, ozlem)).map(({ id }) => id)).toEqual([ozlem]);
  });

  test('with a namesake the accents tell who is meant; two of one name are not told apart', async () => {
    const app = await testApp(engine);
    const called = async (text: string) =>
      (await peopleCalled(app.app.store.read, app.org, text)).map(({ id }) => id);
    const jorg = await app.meet('Jörg Öz');
    const plain = await app.meet('Jorg Oz');
    expect(await called('jörg öz')).toEqual([jorg]);
    expect(await called('jorg oz')).toEqual([plain]);
    const again = await app.meet('JO\u0308RG Öz');
    expect((await called('JÖRG ÖZ')).toSorted()).toEqual([jorg, again].toSorted());
  });

  test('a channel, too', async () => {
    const app = await testApp(engine);
    const channel = await app.channel('Übersicht-KI');
    for (const typed of ['Übersicht-KI', 'übersicht-ki', 'ubersicht-ki'])
      expect((await channelsCalled(app.app.store.read, app.org, typed)).map(({ id }) => id)).toEqual([
        channel,
      ]);
  });
});

const TEAMS = { platform: 'teams', tenant: 'tenant-1', ref: 'bo' };

/** Bo has an account on Slack, which is his primary platform, and one on Teams. */
async function both(app: TestApp) {
  const { tenant, people } = app;
  await app.act('coxswain', connectTenant, { platform: 'slack', tenant, name: 'Harbour' });
  await app.act('coxswain', connectTenant, { platform: 'teams', tenant: TEAMS.tenant, name: 'Harbour' });
  const user = { ...TEAMS, name: 'Bo', email: 'bo@example.com', guest: false, admin: false };
  await app.act('coxswain', meetPerson, user);
  const slack = { platform: 'slack', tenant, ref: 'bo' };
  const say = (account: object, active: boolean, guest = false) =>
    app.act('coxswain', refreshPerson, { person: people.bo, guest, active, account });
  const { read } = app.app.store;
  return {
    slack,
    say,
    row: () => personById(read, app.org, people.bo),
    reached: async () => (await waysTo(read, app.org, people.bo)).map((way) => way.platform),
    gone: async () => (await accountsOf(read, app.org, [people.bo])).map((account) => account.gone),
  };
}

describe.each(ENGINES)('one account of several, %s', (engine) => {
  test('is gone: the person keeps everything, and is reached by the other; with the last everything goes', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    const seat = await addClaims(app);
    const { slack, say, row, reached, gone } = await both(app);
    expect(await reached()).toEqual(['slack', 'teams']);
    expect(await say(slack, false)).toEqual({ vacated: 0 });
    expect([await row(), await gone(), await reached()]).toMatchObject([
      { active: true, guest: false },
      ['deactivated', null],
      ['teams'],
    ]);
    expect(await ownersOfSeat(read, app.org, seat)).toHaveLength(1);
    // A guest's account is none that works, but nobody is deactivated by it.
    expect(await say(TEAMS, true, true)).toEqual({ vacated: 1 });
    expect([await row(), await reached()]).toMatchObject([{ active: true, guest: true }, []]);
    expect(await openIssues(read, app.org, { seats: [seat], limit: 9 })).toHaveLength(1);
    await say(TEAMS, false);
    expect(await row()).toMatchObject({ active: false, guest: false });
  });

  test('works again, and its person is told once what was taken', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    await addClaims(app);
    const { slack, say, row, reached } = await both(app);
    await app.act('ana', grantRole, { person: app.people.bo, role: 'governor' });
    await say(TEAMS, false);
    await say(TEAMS, true);
    const told = () => messageByKey(read, app.org, `returned:${app.people.bo}:${MONDAY}`);
    expect(await told()).toBeUndefined();
    await say(TEAMS, false);
    await say(slack, false);
    await say(slack, true);
    expect([await row(), await reached()]).toMatchObject([{ active: true, role: 'member' }, ['slack']]);
    expect(await told()).toMatchObject({
      view: 'returned',
      args: { seats: ['claims:accountable'], role: 'governor', guest: false },
    });
    app.advance(1000);
    await say(TEAMS, true);
    expect(await messageByKey(read, app.org, `returned:${app.people.bo}:${MONDAY + 1000}`)).toBeUndefined();
  });
});
