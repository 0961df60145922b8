import { describe, expect, test } from 'vitest';
import { messageByKey } from '../../db/messages.ts';
import { openOffers, ownerHistory, ownersOfSeat, seatsOwnedBy } from '../../db/owners.ts';
import { seatByKey } from '../../db/seats.ts';
import { acceptSeat, addSeat, ownSeat } from '../../src/actions/seat/index.ts';
import { refreshPerson } from '../../src/actions/org/index.ts';
import { HOUR } from '../../src/clock.ts';
import { testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { CLAIMS, addClaims } from '../support/ship.ts';
import { entriesOf } from './audit-attacks.ts';

describe.each(ENGINES)('seats and their owners on %s', (engine) => {
  test('who adds a seat is accountable for it, and has accepted by doing so', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    expect(await seatByKey(app.app.store.read, app.org, 'claims')).toMatchObject({
      id: seat,
      name: 'Claims triage',
      stage: 'proposed',
      level: 1,
      risk: 'medium',
      halted: false,
    });
    expect(await ownersOfSeat(app.app.store.read, app.org, seat)).toMatchObject([
      { role: 'accountable', name: 'Bo Lindqvist', acceptedAt: app.clock.now() },
    ]);
  });

  test('on a higher level or further than in pilot a seat is added by a governor', async () => {
    const app = await testApp(engine);
    const add = (who: 'ana' | 'bo', more: object) => app.act(who, addSeat, { ...CLAIMS, ...more });
    await expect(add('bo', { level: 2 })).rejects.toMatchObject({
      code: 'forbidden',
      message:
        'A new seat begins on level 1, in proposed or pilot. To add one as it stands is for governors. A governor (Ana Flores) may.',
      fields: { level: 'Level 1: only a governor adds it higher.' },
    });
    for (const stage of ['build', 'rollout', 'production'])
      await expect(add('bo', { stage })).rejects.toMatchObject({
        code: 'forbidden',
        fields: { stage: 'Only a governor adds it this far.' },
      });
    await add('bo', { stage: 'pilot', level: 1 });
    await add('ana', { key: 'fraud', stage: 'production', level: 8 });
    const added = (await entriesOf(app.app.store.read, app.org)).filter((e) => e.action === 'seat.add');
    expect(added.map((e) => e.right)).toEqual(['member', 'governor']);
    expect(await seatByKey(app.app.store.read, app.org, 'fraud')).toMatchObject({
      stage: 'production',
      level: 8,
    });
  });

  test('a key is taken once, also by two people at the same moment', async () => {
    const app = await testApp(engine);
    const outcomes = await Promise.allSettled([
      app.act('bo', addSeat, CLAIMS),
      app.act('cem', addSeat, { ...CLAIMS, name: 'Claims' }),
    ]);
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find((o) => o.status === 'rejected')?.reason).toMatchObject({
      code: 'conflict',
      message: 'There is already a seat “claims”.',
      fields: { key: 'This key is taken.' },
    });
  });

  test('an owner who is named is asked, and the role is vacant until they accept', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    const seat = await addClaims(app);
    await app.act('bo', ownSeat, { seat: 'claims', role: 'platform', person: app.people.cem });
    const [offer] = await openOffers(read, app.org, app.people.cem);
    expect(offer).toMatchObject({ owner: { role: 'platform', acceptedAt: null }, seat: { key: 'claims' } });
    expect(await messageByKey(read, app.org, `offers:${app.people.cem}:2026-11-16`)).toMatchObject({
      toKind: 'person',
      toId: app.people.cem,
      view: 'offers',
      shown: 0,
    });
    expect(await seatsOwnedBy(read, app.org, app.people.cem)).toEqual([]);

    await expect(app.act('bo', acceptSeat, { owner: offer!.owner.id })).rejects.toMatchObject({
      code: 'forbidden',
      message: 'You may not do this. Only Cem Yıldız may.',
    });
    app.advance(HOUR);
    await app.act('cem', acceptSeat, { owner: offer!.owner.id });
    expect(await seatsOwnedBy(read, app.org, app.people.cem)).toMatchObject([
      { role: 'platform', seat: { id: seat } },
    ]);
    await expect(app.act('cem', acceptSeat, { owner: offer!.owner.id })).rejects.toMatchObject({
      code: 'conflict',
      message: 'You have already accepted this.',
    });
  });

  test('naming somebody else ends the time of who was before, and an old offer cannot be accepted', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    const seat = await addClaims(app);
    await app.act('bo', ownSeat, { seat: 'claims', role: 'platform', person: app.people.cem });
    const [offer] = await openOffers(read, app.org, app.people.cem);
    app.advance(HOUR);
    await app.act('bo', ownSeat, { seat: 'claims', role: 'platform', person: app.people.dana });
    await expect(app.act('cem', acceptSeat, { owner: offer!.owner.id })).rejects.toMatchObject({
      code: 'conflict',
      message: 'Somebody else has been named for this role in the meantime.',
    });
    const history = await ownerHistory(read, app.org, seat, 10);
    expect(history.map((o) => [o.role, o.name, o.endedAt])).toEqual([
      ['platform', 'Dana Okafor', null],
      ['platform', 'Cem Yıldız', app.clock.now()],
      ['accountable', 'Bo Lindqvist', null],
    ]);
  });

  test('only a governor, the accountable and the business owner name owners', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    const naming = { seat: 'claims', role: 'platform', person: app.people.eli };
    await expect(app.act('eli', ownSeat, naming)).rejects.toMatchObject({
      code: 'forbidden',
      message:
        'You may not do this. A governor (Ana Flores) or its accountable or business owner (Bo Lindqvist) may.',
    });
    await app.act('ana', ownSeat, naming);
  });

  test('guests, who has left and people of nowhere own nothing', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    const guest = await app.meet('Gil', { guest: true });
    await app.act('coxswain', refreshPerson, { person: app.people.eli, guest: false, active: false });
    for (const person of [guest, app.people.eli, 'nobody']) {
      await expect(
        app.act('bo', ownSeat, { seat: 'claims', role: 'platform', person }),
      ).rejects.toMatchObject({
        code: 'not_found',
        fields: { person: 'Choose an active member of the organisation.' },
      });
    }
  });

  test('who leaves the organisation leaves every role, accepted or offered', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    await app.act('bo', ownSeat, { seat: 'claims', role: 'platform', person: app.people.cem });
    await app.act('coxswain', refreshPerson, { person: app.people.bo, guest: false, active: false });
    await app.act('coxswain', refreshPerson, { person: app.people.cem, guest: false, active: false });
    expect(await ownersOfSeat(app.app.store.read, app.org, seat)).toEqual([]);
    expect(await ownerHistory(app.app.store.read, app.org, seat, 10)).toHaveLength(2);
  });

  test('a seat that is not there is answered with the nearest one', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    await expect(
      app.act('bo', ownSeat, { seat: 'clams', role: 'platform', person: app.people.cem }),
    ).rejects.toMatchObject({
      code: 'not_found',
      message: 'There is no seat “clams”. Did you mean “claims”?',
      hint: 'seat list',
    });
  });
});
