import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { type Places, prepared, row } from '../../db/prepared.ts';
import { quick } from '../../db/quick.sqlite.ts';
import { MONDAY } from '../support/app.ts';
import { testDatabase } from '../support/databases.ts';

const ORG = { id: 'org', name: 'Harbour', zone: 'Europe/Berlin', createdAt: MONDAY };

const insertOrg = prepared<keyof typeof ORG, unknown>('test_insert_org', (db) =>
  db.insert(db.t.orgs).values(row(['id', 'name', 'zone', 'createdAt'])),
);

const keepResult = prepared<'key' | 'result', unknown>('test_keep_result', (db) =>
  db
    .insert(db.t.results)
    .values({ org: 'org', action: 'a', inputHash: '', at: MONDAY, ...row(['key', 'result']) }),
);

const joined = prepared('test_joined', (db, p: Places<'id'>) => {
  const { orgs, results } = db.t;
  return db
    .select({ org: orgs, kept: results, zone: orgs.zone })
    .from(orgs)
    .leftJoin(results, and(eq(results.org, orgs.id), eq(results.key, p.id)))
    .where(eq(orgs.id, 'org'));
});

test('what is read by a prepared query is what drizzle itself reads', async () => {
  const { store } = await testDatabase('sqlite');
  await store.write(async (tx) => {
    await insertOrg(tx, ORG);
    await keepResult(tx, { key: 'k', result: { list: [1, null, 'x'] } });
  });
  const kept = {
    org: 'org',
    key: 'k',
    action: 'a',
    inputHash: '',
    at: MONDAY,
    result: { list: [1, null, 'x'] },
  };
  expect(await joined(store.read, { id: 'k' })).toEqual([
    { org: expect.objectContaining(ORG), kept, zone: 'Europe/Berlin' },
  ]);
  expect(await joined(store.read, { id: 'none' })).toEqual([
    { org: expect.objectContaining(ORG), kept: null, zone: 'Europe/Berlin' },
  ]);
  const { orgs, results } = store.read.t;
  const query = store.read
    .select({ org: orgs, kept: results })
    .from(orgs)
    .leftJoin(results, eq(results.org, orgs.id));
  expect(quick(query.prepare('test_query'))({})).toEqual(await query);
});

test('a value that was forgotten is refused', async () => {
  const { store } = await testDatabase('sqlite');
  const forgotten = {} as { id: string };
  await expect(joined(store.read, forgotten)).rejects.toThrow('no value for id');
});
