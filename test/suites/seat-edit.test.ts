import { describe, expect, test } from 'vitest';
import { seatByKey } from '../../db/seats.ts';
import { addSeat, createSeats, editSeat, ownSeat, setSeatVisibility } from '../../src/actions/seat/index.ts';
import { addVendor, editVendor, endVendor, reviewVendor } from '../../src/actions/vendor/index.ts';
import { type SeatSearch, filterOf, searchOf } from '../../src/domain/seat-filter.ts';
import { loadSeatList } from '../../src/queries/seat-list.ts';
import { loadOwnerHistory } from '../../src/queries/seat.ts';
import { exportSeats } from '../../src/queries/seat-export.ts';
import { loadSeatRecord } from '../../src/queries/seat-record.ts';
import { allVendors } from '../../db/vendors.ts';
import { testApp, type TestApp } from '../support/app.ts';
import { counting } from '../support/counting.ts';
import { ENGINES } from '../support/databases.ts';
import { CLAIMS, addClaims, addStandingClaims, appoint } from '../support/ship.ts';

const LAKESIDE = { key: 'lakeside', name: 'Lakeside AI', record: { sla: '99.9 %' } };

const keysFor = async (app: TestApp, search: SeatSearch, ids: object = {}) => {
  const { lines } = await loadSeatList(app.app.store.read, app.org, filterOf(search, ids));
  return lines.map((line) => line.seat.key);
};
const find = (app: TestApp, words: string[], named: Record<string, string> = {}) =>
  keysFor(app, searchOf(words, named));

describe.each(ENGINES)('seats edited and found on %s', (engine) => {
  test('its owners and governors edit a seat, nobody else', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    const edit = { seat: 'claims', record: { users: 'Clerks' } };
    await expect(app.act('dana', editSeat, edit)).rejects.toMatchObject({ code: 'forbidden' });
    await appoint(app, 'cem', 'platform', seat);
    expect(await app.act('cem', editSeat, edit)).toMatchObject({ changed: ['users'] });
    expect(await app.act('ana', editSeat, { ...edit, record: { users: '' } })).toMatchObject({
      changed: ['users'],
    });
    const { record, missing } = await loadSeatRecord(
      app.app.store.read,
      app.org,
      (await seatByKey(app.app.store.read, app.org, 'claims'))!,
    );
    expect(record.users).toBeNull();
    expect(missing).toContain('users');
  });

  test('no seat comes to report to itself, and a parent can be taken away again', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    await app.act('bo', addSeat, { ...CLAIMS, key: 'intake', parent: 'claims' });
    await app.act('bo', addSeat, { ...CLAIMS, key: 'letters', parent: 'intake' });
    const under = (seat: string, parent: string) => app.act('bo', editSeat, { seat, parent });
    await expect(under('claims', 'letters')).rejects.toMatchObject({
      code: 'invalid',
      fields: { parent: 'It stands below this seat.' },
    });
    await expect(under('claims', 'claims')).rejects.toMatchObject({ code: 'invalid' });
    await expect(under('claims', 'nobody')).rejects.toMatchObject({
      fields: { parent: 'There is no such seat.' },
    });
    // Nor by way of a seat that Bo, whose claims it is, may not see.
    await app.act('ana', setSeatVisibility, { seat: 'intake', visibility: 'governors', because: 'Secret.' });
    await app.act('ana', ownSeat, { seat: 'intake', role: 'accountable', person: app.people.ana });
    await expect(under('claims', 'letters')).rejects.toMatchObject({ code: 'invalid' });
    await under('letters', 'none');
    await under('claims', 'letters');
    expect((await seatByKey(app.app.store.read, app.org, 'letters'))?.parent).toBeNull();
  });

  test('a level is raised one at a time and by a governor; owners lower it', async () => {
    const app = await testApp(engine);
    await addStandingClaims(app, { level: 3 });
    const level = (who: 'ana' | 'bo', to: number) => app.act(who, editSeat, { seat: 'claims', level: to });
    await expect(level('bo', 4)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(level('ana', 5)).rejects.toMatchObject({ code: 'invalid' });
    await level('ana', 4);
    await level('bo', 2);
    expect((await seatByKey(app.app.store.read, app.org, 'claims'))?.level).toBe(2);
  });

  test('a vendor is recorded once, named by seats, reviewed, and ended when no seat names it', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    await app.act('dana', addVendor, LAKESIDE);
    await expect(app.act('bo', addVendor, LAKESIDE)).rejects.toMatchObject({ code: 'conflict' });
    await expect(app.act('bo', editSeat, { seat: 'claims', vendors: 'lakesid' })).rejects.toMatchObject({
      message: 'There is no vendor “lakesid”. Did you mean “lakeside”?',
    });
    await expect(app.act('bo', editVendor, { vendor: 'lakeside', name: 'L' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await app.act('bo', editSeat, { seat: 'claims', vendors: 'Lakeside' });
    await app.act('bo', editVendor, { vendor: 'lakeside', record: { cost: '2 cents a claim' } });
    await app.act('bo', reviewVendor, { vendor: 'lakeside' });
    const stale = { vendor: 'lakeside', seen: 1, record: { sla: '95 %' } };
    await expect(app.act('bo', editVendor, stale)).rejects.toMatchObject({ code: 'conflict' });
    const [vendor] = await allVendors(app.app.store.read, app.org);
    expect(vendor).toMatchObject({ sla: '99.9 %', cost: '2 cents a claim', reviewedBy: app.people.bo });

    const end = { vendor: 'lakeside', because: 'Replaced' };
    await expect(app.act('ana', endVendor, end)).rejects.toMatchObject({ code: 'conflict' });
    await app.act('bo', editSeat, { seat: 'claims', vendors: 'none' });
    await app.act('ana', endVendor, end);
    await expect(app.act('bo', editSeat, { seat: 'claims', vendors: 'lakeside' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('the history says what a record said before', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    await app.act('dana', addVendor, LAKESIDE);
    await app.act('bo', editSeat, { seat: 'claims', risk: 'high', record: { users: 'Clerks' } });
    await app.act('bo', editSeat, { seat: 'claims', vendors: ['lakeside'], record: { users: 'Everybody' } });
    const { read } = app.app.store;
    const history = await loadOwnerHistory(read, app.org, (await seatByKey(read, app.org, 'claims'))!);
    expect(history.changes.map(({ before, name }) => [name, before])).toEqual([
      ['Bo Lindqvist', { users: 'Clerks', vendors: [] }],
      ['Bo Lindqvist', { risk: 'medium', users: null }],
    ]);
  });

  test('seats are found by words in any script and case, and by what stands behind them', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    await app.act('bo', addSeat, {
      key: 'fraud',
      name: 'İHBAR 100% ΟΔΟΣ',
      accountability: 'Çok önemli_x',
      risk: 'high',
    });
    await app.act('ana', editSeat, { seat: 'fraud', level: 2 });
    await app.act('dana', addVendor, LAKESIDE);
    await app.act('bo', editSeat, {
      seat: 'claims',
      vendors: 'lakeside',
      record: { modelProvider: 'Hillside', useCase: '保険の審査' },
    });
    expect(await find(app, ['çevrim'])).toEqual([]);
    expect(await find(app, ['COK', 'ihbar'])).toEqual(['fraud']);
    expect(await find(app, ['οδος'])).toEqual(['fraud']);
    expect(await find(app, ['100%'])).toEqual(['fraud']);
    expect(await find(app, ['%'])).toEqual(['fraud']);
    expect(await find(app, ['l_x'])).toEqual([]);
    expect(await find(app, ['i_x'])).toEqual(['fraud']);
    expect(await find(app, ['保険'])).toEqual(['claims']);
    expect(await find(app, ['LAKESIDE ai'])).toEqual(['claims']);
    expect(await find(app, [], { provider: 'hill' })).toEqual(['claims']);
    expect(await find(app, [], { risk: 'high,low' })).toEqual(['fraud']);
    expect(await find(app, [], { level: '2..', holder: 'ai' })).toEqual(['fraud']);
    expect(await find(app, [], { readiness: 'none', sort: '-key' })).toEqual(['fraud', 'claims']);
    expect(await find(app, ['unowned'])).toEqual([]);
    expect(await find(app, ['incomplete'])).toEqual(['claims', 'fraud']);
    expect(await find(app, ['retired'])).toEqual([]);
    expect(await keysFor(app, searchOf([], {}), { owner: app.people.bo })).toEqual(['claims', 'fraud']);
    expect(await keysFor(app, searchOf([], {}), { owner: app.people.cem })).toEqual([]);
    const { store } = app.app;
    await store.write(async (tx) => {
      await tx.delete(tx.t.inventory).returning();
    });
    expect(await find(app, ['ihbar'])).toEqual(['fraud']);
  });

  test('two thousand seats take as many queries as two, page by page and as a file', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    const { store } = app.app;
    const load = async () => {
      const { db, count } = counting(store.read);
      const filter = filterOf(searchOf(['sorts'], { readiness: 'none', sort: 'issues' }));
      const list = await loadSeatList(db, app.org, filter, 2);
      await exportSeats(db, app.org, { format: 'csv', person: app.people.bo });
      return { list, count: count() };
    };
    await load();
    const few = await load();
    await store.write((tx) =>
      createSeats(
        tx,
        { org: app.org, now: app.clock.now(), by: app.people.bo },
        Array.from({ length: 2000 }, (_, i) => ({
          ...CLAIMS,
          key: `seat-${i}`,
          holder: 'ai' as const,
          stage: 'pilot' as const,
          level: 1,
          risk: 'low' as const,
          parent: null,
          channel: null,
        })),
      ),
    );
    const many = await load();
    expect(many.list).toMatchObject({ total: 2001, page: 2, pages: 101 });
    expect(many.list.lines).toHaveLength(20);
    expect(many.count).toBe(few.count);
  });

  test('an export holds every text of the record, and none of it runs', async () => {
    const app = await testApp(engine);
    await addClaims(app, { name: '=HYPERLINK("x")' });
    await app.act('bo', editSeat, {
      seat: 'claims',
      record: { extra: { Bureau: '@49', 'Is it\nused?': 'yes' }, dataSources: ['Lake', 'Claims'] },
    });
    const args = { person: app.people.bo } as const;
    const csv = await exportSeats(app.app.store.read, app.org, { ...args, format: 'csv' });
    expect(csv).toContain(`claims,"'=HYPERLINK(""x"")"`);
    expect(csv).toContain('extra: Bureau,"extra: Is it\nused?"');
    expect(csv).toContain(`'@49,yes`);
    expect(csv).toContain('"Lake\nClaims"');
    const json = await exportSeats(app.app.store.read, app.org, { ...args, format: 'json' });
    expect(JSON.parse(json)).toMatchObject([
      { key: 'claims', record: { extra: { Bureau: '@49' }, dataSources: ['Lake', 'Claims'] } },
    ]);
  });
});
