import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entriesAbout } from '../../db/audit.ts';
import { messageByKey } from '../../db/messages.ts';
import { ownersOfSeat } from '../../db/owners.ts';
import { recordsOfSeats } from '../../db/inventory.ts';
import { seatByKey, seatKeys } from '../../db/seats.ts';
import { vendorsOfSeats } from '../../db/vendors.ts';
import { addSeat, changeSeats } from '../../src/actions/seat/index.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { bring, inventoryOf, look } from '../support/inventory.ts';

const MAP = `
source: hr
id: No
fields:
  key: Name
  name: Name
  accountability: What for
  use_case: Use
  risk: { column: Risk, values: { Severe: high }, default: medium }
  stage: { column: Stage, default: pilot }
  parent: Above
  vendor: Vendor
  systems: { column: Systems, split: ';' }
  owner.accountable: Owner
`;
const HEAD = 'No,Name,What for,Use,Risk,Stage,Above,Vendor,Systems,Owner,Team';
const csvOf = (...lines: readonly string[]): string => [HEAD, ...lines].join('\r\n');
const CLAIMS =
  '1,Claims triage,Sorts claims,Claims by mail,Severe,rollout,,Acme AI,SAP; CRM,bo@example.com,North';
const LETTERS = '2,Letters,Writes letters,,,,,,,,South';

const seatOf = async ({ app, org }: TestApp, key: string) => {
  const seat = (await seatByKey(app.store.read, org, key))!;
  const record = (await recordsOfSeats(app.store.read, org, [seat.id])).get(seat.id)!;
  return { seat, record };
};

/** What people do with a seat afterwards. */
const rewrite = async (app: TestApp, key: string, useCase: string) => {
  const { seat } = await seatOf(app, key);
  const by = { org: app.org, now: app.clock.now(), by: app.people.bo };
  await app.app.store.write((tx) => changeSeats(tx, by, [{ seat, record: { useCase } }]));
};

describe.each(ENGINES)('an inventory comes in on %s', (engine) => {
  test('with record, vendor and owners, who are asked; the same file again changes nothing', async () => {
    const app = await testApp(engine);
    const file = await inventoryOf(csvOf(CLAIMS, LETTERS), MAP);
    const seen = await look(app.ctxOf('ana'), file);
    expect(await seatKeys(app.app.store.read, app.org)).toEqual([]);
    const first = await bring(app.ctxOf('ana'), file);
    expect(first).toEqual(seen);
    expect(first).toMatchObject({
      counts: { create: 2, change: 0, unchanged: 0, skip: 0, fault: 0 },
      outcomes: [
        { row: 2, outcome: 'create', key: 'claims-triage', id: '1' },
        { row: 3, outcome: 'create', key: 'letters', id: '2' },
      ],
    });
    const { seat, record } = await seatOf(app, 'claims-triage');
    expect(seat).toMatchObject({ stage: 'rollout', risk: 'high', level: 1, holder: 'ai', parent: null });
    expect(record).toMatchObject({
      useCase: 'Claims by mail',
      integrations: ['SAP', 'CRM'],
      extra: { Team: 'North' },
      importedFrom: 'hr',
      externalId: '1',
    });
    const { read } = app.app.store;
    expect((await vendorsOfSeats(read, app.org, [seat.id])).get(seat.id)).toMatchObject([
      { key: 'acme-ai', name: 'Acme AI' },
    ]);
    expect(await ownersOfSeat(read, app.org, seat.id)).toMatchObject([
      { role: 'accountable', person: app.people.bo, acceptedAt: null },
    ]);
    expect(await messageByKey(read, app.org, `offers:${app.people.bo}:2026-11-16`)).toBeDefined();

    const again = await bring(app.ctxOf('ana'), file);
    expect(again.counts).toMatchObject({ create: 0, change: 0, unchanged: 2, fault: 0 });
    expect((await look(app.ctxOf('ana'), file)).counts).toEqual(again.counts);
    expect(await verifyAudit(app.app.store, app.keys, app.org)).toMatchObject({ ok: true });
  });

  test('what changed in the file changes here; what people wrote since stays, unless it is overwritten', async () => {
    const app = await testApp(engine);
    await bring(app.ctxOf('ana'), await inventoryOf(csvOf(CLAIMS, LETTERS), MAP));
    await rewrite(app, 'claims-triage', 'Claims by mail and phone');
    const newer = await inventoryOf(
      csvOf(
        CLAIMS.replace('by mail', 'by fax').replace('North', 'East'),
        LETTERS.replace('Writes', 'Checks'),
      ),
      MAP,
    );
    const { counts, outcomes } = await bring(app.ctxOf('ana'), newer);
    expect(counts).toMatchObject({ change: 2, kept: 1 });
    expect(outcomes).toMatchObject([
      {
        outcome: 'change',
        changes: [{ field: 'Team', before: 'North', after: 'East' }],
        kept: [{ field: 'use_case', before: 'Claims by mail and phone', after: 'Claims by fax' }],
      },
      { changes: [{ field: 'accountability', before: 'Writes letters', after: 'Checks letters' }], kept: [] },
    ]);
    expect((await seatOf(app, 'claims-triage')).record.useCase).toBe('Claims by mail and phone');
    await bring(app.ctxOf('ana'), newer, { overwrite: true });
    expect((await seatOf(app, 'claims-triage')).record.useCase).toBe('Claims by fax');
    // From now on it is the import's own word again.
    await bring(app.ctxOf('ana'), await inventoryOf(csvOf(CLAIMS), MAP));
    expect((await seatOf(app, 'claims-triage')).record.useCase).toBe('Claims by mail');
  });

  test('an empty cell empties nothing, and no import moves a seat to another stage', async () => {
    const app = await testApp(engine);
    await bring(app.ctxOf('ana'), await inventoryOf(csvOf(CLAIMS), MAP));
    const less = '1,Claims triage,Sorts claims,,,production,,,,,';
    const { outcomes } = await bring(
      app.ctxOf('ana'),
      await inventoryOf(csvOf(less), MAP.replace(', default: medium', '')),
    );
    expect(outcomes).toMatchObject([
      {
        outcome: 'unchanged',
        notes: [
          'stage: the file says production, the seat is in rollout. An import moves no seat; “seat move claims-triage production” does.',
        ],
      },
    ]);
    expect(await seatOf(app, 'claims-triage')).toMatchObject({
      seat: { stage: 'rollout', risk: 'high' },
      record: { useCase: 'Claims by mail' },
    });
  });

  test('the seat above may stand further down; one that is nowhere, or below, is told', async () => {
    const app = await testApp(engine);
    const line = (no: number, name: string, above: string) => `${no},${name},For ${name},,,,${above},,,,`;
    const file = await inventoryOf(
      csvOf(
        line(1, 'Mail room', '3'),
        line(2, 'Stamps', 'mail-room'),
        line(3, 'House', ''),
        line(4, 'Yard', 'moon'),
      ),
      MAP,
    );
    const { counts, outcomes } = await bring(app.ctxOf('ana'), file);
    expect(counts).toMatchObject({ create: 4, change: 0 });
    const idOf = async (key: string) => (await seatOf(app, key)).seat.id;
    expect((await seatOf(app, 'mail-room')).seat.parent).toBe(await idOf('house'));
    expect((await seatOf(app, 'stamps')).seat.parent).toBe(await idOf('mail-room'));
    expect(outcomes.filter((one) => one.outcome !== 'skip' && one.notes.length > 0)).toMatchObject([
      { row: 5, notes: ['parent: there is no seat “moon” yet.'] },
      { row: 5, notes: ['parent: there is no seat “moon” yet.'] },
    ]);
    const round = await inventoryOf(csvOf(line(3, 'House', 'stamps')), MAP);
    expect((await bring(app.ctxOf('ana'), round)).outcomes).toMatchObject([
      { outcome: 'unchanged', notes: ['parent: “stamps” is below this seat, so it cannot stand above it.'] },
      {},
    ]);
    expect((await bring(app.ctxOf('ana'), file)).counts).toMatchObject({ unchanged: 4 });
  });

  test('names that are taken get a number, and keep it; people nobody knows are told', async () => {
    const app = await testApp(engine);
    await app.act('bo', addSeat, { key: 'chat', name: 'Chat', accountability: 'Chats' });
    const file = await inventoryOf(
      csvOf('1,Chat,a,,,,,,,me,', '2,Chat,b,,,,,,,zoe@example.com,', '3,東京,c,,,,,,,,'),
      MAP,
    );
    const { outcomes } = await bring(app.ctxOf('ana'), file);
    expect(outcomes).toMatchObject([
      { key: 'chat-2', notes: [] },
      {
        key: 'chat-3',
        notes: ['owner.accountable: nobody here is called “zoe@example.com”; the role stays vacant.'],
      },
      { key: expect.stringMatching(/^seat-[0-9a-f]{10}$/) },
    ]);
    const { seat } = await seatOf(app, 'chat-2');
    expect(await ownersOfSeat(app.app.store.read, app.org, seat.id)).toMatchObject([
      { person: app.people.ana, acceptedAt: app.clock.now() },
    ]);
    expect((await bring(app.ctxOf('ana'), file)).counts).toMatchObject({ unchanged: 3 });
  });

  test('without an id rows are found by their key, and a seat made by hand belongs to the inventory then', async () => {
    const app = await testApp(engine);
    await app.act('bo', addSeat, { key: 'chat', name: 'Chat', accountability: 'Chats' });
    const map = 'source: keys\nfields: { key: Key, name: Name, accountability: For, use_case: Use }\n';
    const file = await inventoryOf('Key,Name,For,Use\nchat,Chat,Talks,In the app\n', map);
    const first = await bring(app.ctxOf('ana'), file);
    expect(first.outcomes).toMatchObject([
      {
        outcome: 'change',
        changes: [
          { field: 'use_case', after: 'In the app' },
          { field: 'inventory', after: 'chat' },
        ],
        kept: [{ field: 'accountability', before: 'Chats', after: 'Talks' }],
      },
    ]);
    expect((await bring(app.ctxOf('ana'), file)).counts).toMatchObject({ unchanged: 1, kept: 1 });
  });

  test('stopped on its way it goes on where it was, and nothing is there twice', async () => {
    const app = await testApp(engine);
    const lines = Array.from(
      { length: 1203 },
      (_, i) => `${i},Seat ${i},Does ${i},,,,${i % 7 === 3 ? i + 1 : ''},,,,`,
    );
    const file = await inventoryOf(csvOf(...lines), MAP);
    await bring(app.ctxOf('ana'), file, { batches: 2 });
    expect(await seatKeys(app.app.store.read, app.org)).toHaveLength(1000);
    const rest = await bring(app.ctxOf('ana'), file);
    expect(rest.counts).toMatchObject({ create: 1203, change: 0, unchanged: 0, fault: 0 });
    expect(await seatKeys(app.app.store.read, app.org)).toHaveLength(1203);
    const { seat } = await seatOf(app, 'seat-3');
    expect(seat.parent).toBe((await seatOf(app, 'seat-4')).seat.id);
    expect((await bring(app.ctxOf('ana'), file)).counts).toMatchObject({ create: 0, unchanged: 1203 });
  });

  test('a line of seats is turned round by one file, and a ring of them is never made', async () => {
    const app = await testApp(engine);
    const fileOf = (...pairs: readonly (readonly [number, number | ''])[]) =>
      inventoryOf(csvOf(...pairs.map(([no, above]) => `${no},Seat ${no},Does it,,,,${above},,,,`)), MAP);
    const parentsOf = async (...numbers: readonly number[]) => {
      const seats = await Promise.all(numbers.map((no) => seatOf(app, `seat-${no}`)));
      return seats.map(({ seat }) => numbers[seats.findIndex((one) => one.seat.id === seat.parent)]);
    };
    await bring(app.ctxOf('ana'), await fileOf([1, ''], [2, 1], [3, 2], [4, '']));
    expect(await parentsOf(1, 2, 3, 4)).toEqual([undefined, 1, 2, undefined]);
    const turned = await fileOf([1, 2], [2, 3], [3, 4], [4, '']);
    const { counts } = await bring(app.ctxOf('ana'), turned);
    expect(counts).toMatchObject({ change: 3, unchanged: 1, noted: 0 });
    expect(await parentsOf(1, 2, 3, 4)).toEqual([2, 3, 4, undefined]);
    await bring(app.ctxOf('ana'), await fileOf([5, ''], [6, '']));
    const { outcomes } = await bring(app.ctxOf('ana'), await fileOf([5, 6], [6, 5]));
    expect(JSON.stringify(outcomes)).toContain('“5” is below this seat');
    expect(await parentsOf(5, 6)).toEqual([6, undefined]);
  });

  test('each batch is one entry of the audit log, with its hash; only governors and the command line may', async () => {
    const app = await testApp(engine);
    const file = await inventoryOf(csvOf(CLAIMS), MAP);
    await expect(bring(app.ctxOf('bo'), file)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(bring(app.ctxAs(), file)).rejects.toMatchObject({ code: 'forbidden' });
    await bring(app.ctxAs({ kind: 'schedule', job: 'import' }), file);
    const { record } = await seatOf(app, 'claims-triage');
    const entries = await entriesAbout(app.app.store.read, app.org, record.updatedBy!, 10);
    expect(entries.map((entry) => entry.action).toSorted()).toEqual(['inventory.begin', 'inventory.rows']);
    expect(entries.find((entry) => entry.action === 'inventory.rows')).toMatchObject({
      facts: { from: 0, rows: 1, create: 1, change: 0, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      right: 'command line',
    });
  });
});

test('whatever a file says, after it came in there is nothing left to do', async () => {
  const app = await testApp('sqlite');
  const text = fc.string({
    unit: fc.constantFrom('a', 'B', '=', '"', '-', ' ', 'é', '\uD800'),
    maxLength: 8,
  });
  const row = fc.record({
    no: fc.integer({ min: 1, max: 9 }),
    name: text,
    what: text,
    use: text,
    above: fc.integer({ min: 1, max: 9 }),
    systems: text,
  });
  const quoted = (cell: unknown) => `"${String(cell).replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 6 }), async (rows) => {
      const lines = rows.map(({ no, name, what, use, above, systems }) =>
        [no, name, what, use, '', '', above, '', systems, '', ''].map(quoted).join(','),
      );
      const file = await inventoryOf(csvOf(...lines), MAP);
      const { counts } = await bring(app.ctxOf('ana'), file);
      const { create, change, unchanged, skip, fault } = counts;
      expect(create + change + unchanged + skip + fault).toBe(rows.length);
      expect((await look(app.ctxOf('ana'), file)).counts).toMatchObject({ create: 0, change: 0, kept: 0 });
    }),
    { numRuns: 30 },
  );
});
