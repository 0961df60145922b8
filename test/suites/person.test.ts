import { describe, expect, test } from 'vitest';
import { openIssues } from '../../db/issues.ts';
import { ownersOfSeat } from '../../db/owners.ts';
import { personById } from '../../db/people.ts';
import { grantRole, refreshPerson } from '../../src/actions/org/index.ts';
import { testApp } from '../support/app.ts';
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
