import { describe, expect, test } from 'vitest';
import { importedSeats, recordsOfSeats, seatChangesOf } from '../../db/inventory.ts';
import { seatById, seatByKey } from '../../db/seats.ts';
import { vendorsOfSeats } from '../../db/vendors.ts';
import {
  type SeatDraft,
  type Writer,
  changeSeats,
  createSeats,
  recordInput,
} from '../../src/actions/seat/index.ts';
import { createVendor, vendorInput } from '../../src/actions/vendor/index.ts';
import { testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { addClaims } from '../support/ship.ts';

const DRAFT: SeatDraft = {
  key: 'fraud',
  name: 'Fraud watch',
  accountability: 'Finds false claims',
  holder: 'ai',
  stage: 'production',
  level: 2,
  risk: 'high',
  parent: null,
  channel: null,
};

describe.each(ENGINES)('the inventory record of a seat on %s', (engine) => {
  test('a seat that is added has one that says nothing yet', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    const record = (await recordsOfSeats(app.app.store.read, app.org, [seat])).get(seat);
    expect(record).toMatchObject({ useCase: null, dataSources: [], extra: {}, importedFrom: null });
    expect(record?.searchable).toContain('claims');
  });

  test('every field comes back as it was stored, in any script, for many seats at once', async () => {
    const { app, org, people, clock } = await testApp(engine);
    const by: Writer = { org, now: clock.now(), by: people.bo };
    const record = {
      useCase: 'Finds “false” claims\nof ÇEVRİM',
      users: '保険',
      dataSources: ['Claims, with a comma', 'Lake'],
      modelClass: 'LLM',
      modelProvider: 'Lakeside',
      integrations: ['SAP'],
      posture: 'BaFin',
      source: 'Workshop',
      extra: { 'Is it in use?\n': 'Yes', Bureau: '=1+1' },
    };
    const seats = await app.store.write(async (tx) => {
      const vendor = await createVendor(tx, by, { key: 'lakeside', name: 'Lakeside AI' });
      return createSeats(
        tx,
        by,
        Array.from({ length: 600 }, (_, i) => ({
          ...DRAFT,
          key: `fraud-${i}`,
          record,
          vendors: [vendor.id, vendor.id],
          origin: { importedFrom: 'federal', externalId: `F-${i}` },
        })),
      );
    });
    const [first, last] = [seats[0]!.id, seats[599]!.id];
    const read = app.store.read;
    const records = await recordsOfSeats(read, org, [first, last]);
    expect(records.get(last)).toMatchObject(record);
    expect(records.get(first)?.searchable).toContain('保険');
    expect(records.get(first)?.searchable).toContain('cevrim');
    expect(await seatByKey(read, org, 'fraud-599')).toEqual(seats[599]);
    expect((await vendorsOfSeats(read, org, [last])).get(last)).toMatchObject([{ key: 'lakeside' }]);
    expect((await importedSeats(read, org, 'federal')).get('F-599')).toBe(last);
  });

  test('a use case is imported once', async () => {
    const { app, org, people, clock } = await testApp(engine);
    const by: Writer = { org, now: clock.now(), by: people.bo };
    const origin = { importedFrom: 'federal', externalId: 'F-1' };
    const twice = app.store.write((tx) =>
      createSeats(tx, by, [
        { ...DRAFT, origin },
        { ...DRAFT, key: 'fraud-2', origin },
      ]),
    );
    await expect(twice).rejects.toThrow();
    expect(await seatByKey(app.store.read, org, 'fraud')).toBeUndefined();
  });

  test('a change keeps what it said before, and one that changes nothing leaves no trace', async () => {
    const { app, org, people, clock } = await testApp(engine);
    const by: Writer = { org, now: clock.now(), by: people.bo };
    const seat = await app.store.write(async (tx) => (await createSeats(tx, by, [DRAFT]))[0]!);
    const edit = {
      seat,
      fields: { name: 'Fraud watch', risk: 'medium' },
      record: { users: 'Clerks' },
    } as const;
    const [edited] = await app.store.write((tx) => changeSeats(tx, { ...by, by: people.cem }, [edit]));
    expect(edited?.changed).toEqual(['risk', 'users']);
    const read = app.store.read;
    const [change] = await seatChangesOf(read, org, seat.id, 10);
    expect(change).toMatchObject({ name: 'Cem Yıldız', before: { risk: 'high', users: null } });
    const present = (await seatById(read, org, seat.id))!;
    expect(present.risk).toBe('medium');
    expect((await recordsOfSeats(read, org, [seat.id])).get(seat.id)?.searchable).toContain('clerks');

    const again = await app.store.write((tx) => changeSeats(tx, by, [{ ...edit, seat: present }]));
    expect(again[0]?.changed).toEqual([]);
    expect(await seatChangesOf(read, org, seat.id, 10)).toHaveLength(1);
  });

  test('what somebody else changed meanwhile is not overwritten unseen', async () => {
    const { app, org, people, clock } = await testApp(engine);
    const by: Writer = { org, now: clock.now(), by: people.bo };
    const seat = await app.store.write(async (tx) => (await createSeats(tx, by, [DRAFT]))[0]!);
    const edit = (users: string) =>
      app.store.write((tx) => changeSeats(tx, by, [{ seat, seen: 1, record: { users } }]));
    await edit('Clerks');
    await expect(edit('Nobody')).rejects.toMatchObject({ code: 'conflict' });
    expect((await recordsOfSeats(app.store.read, org, [seat.id])).get(seat.id)?.users).toBe('Clerks');
  });
});

test('what may be said of a record has room for what inventories hold, and its limits are told', () => {
  const said = recordInput.parse({
    useCase: ` ${'x'.repeat(4129)} `,
    users: '  ',
    dataSources: 'Claims; Lake\nClaims\n',
    extra: { 'If Other, please explain.': '' },
  });
  expect(said).toEqual({
    useCase: 'x'.repeat(4129),
    users: null,
    dataSources: ['Claims', 'Lake'],
    extra: { 'If Other, please explain.': '' },
  });
  const faults = (input: object) => recordInput.safeParse(input).error?.issues.map((issue) => issue.message);
  expect(faults({ modelProvider: 'x'.repeat(301) })).toEqual([
    'Please keep the provider of its model within 300 characters.',
  ]);
  expect(faults({ integrations: Array.from({ length: 51 }, (_, i) => `system ${i}`) })).toEqual([
    'Please give the systems of record it is connected to as at most 50.',
  ]);
  expect(faults({ extra: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [i, ''])) })).toHaveLength(
    1,
  );
  expect(vendorInput.parse({ sla: ' 99.9 % ', cost: '' })).toEqual({ sla: '99.9 %', cost: null });
  expect(vendorInput.safeParse({ terms: 'x'.repeat(3001) }).error?.issues[0]?.message).toBe(
    'Please keep the data-processing terms within 3000 characters.',
  );
});
