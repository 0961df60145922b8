import { setImmediate as nextTurn } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { orgById } from '../../db/orgs.ts';
import { type Db, type Store, explain, isUniqueViolation } from '../../db/store.ts';
import { MONDAY } from '../support/app.ts';
import { ENGINES, testDatabase } from '../support/databases.ts';

const ORG = { id: 'org', name: '0', zone: 'Europe/Berlin', createdAt: MONDAY };

const insertOrg = (tx: Db, more: Partial<typeof ORG> = {}) =>
  tx.insert(tx.t.orgs).values({ ...ORG, ...more });

const name = async (store: Store) => (await orgById(store.read, 'org'))?.name;

const rename = (tx: Db, to: string) =>
  tx.update(tx.t.orgs).set({ name: to }).where(eq(tx.t.orgs.id, 'org')).returning({ id: tx.t.orgs.id });

describe.each(ENGINES)('the store on %s', (engine) => {
  test('a write is there when it ends, and not before', async () => {
    const { store } = await testDatabase(engine);
    expect(store.engine).toBe(engine);
    const result = await store.write(async (tx) => {
      await insertOrg(tx);
      expect(await name(store)).toBeUndefined();
      expect(await orgById(tx, 'org')).toMatchObject({ name: '0' });
      return 'done';
    });
    expect(result).toBe('done');
    expect(await name(store)).toBe('0');
  });

  test('a write that throws leaves nothing, and the next one works', async () => {
    const { store } = await testDatabase(engine);
    const failing = store.write(async (tx) => {
      await insertOrg(tx);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await name(store)).toBeUndefined();
    await store.write((tx) => insertOrg(tx));
    expect(await name(store)).toBe('0');
  });

  test('a statement that fails takes the whole write along', async () => {
    const { store } = await testDatabase(engine);
    await store.write((tx) => insertOrg(tx, { id: 'taken' }));
    const failing = store.write(async (tx) => {
      await insertOrg(tx);
      await insertOrg(tx, { id: 'taken' });
    });
    await expect(failing).rejects.toSatisfy(isUniqueViolation);
    expect(await name(store)).toBeUndefined();
  });

  test('a row without its parent is refused', async () => {
    const { store } = await testDatabase(engine);
    const orphan = { org: 'nobody', key: 'k', action: 'a', inputHash: '', result: null, at: MONDAY };
    const failing = store.write((tx) => tx.insert(tx.t.results).values(orphan));
    await expect(failing).rejects.not.toSatisfy(isUniqueViolation);
    expect(await store.read.select().from(store.read.t.results)).toEqual([]);
  });

  test('a handle that escaped is refused after the commit and after the rollback', async () => {
    const { store } = await testDatabase(engine);
    const escaped: Db[] = [];
    await store.write(async (tx) => {
      escaped.push(tx);
      await insertOrg(tx);
    });
    const failing = store.write((tx) => {
      escaped.push(tx);
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect(escaped).toHaveLength(2);
    for (const tx of escaped) {
      const uses = [
        () => tx.select(),
        () => tx.selectDistinct(),
        () => tx.insert(tx.t.orgs),
        () => tx.update(tx.t.orgs),
        () => tx.delete(tx.t.orgs),
      ];
      for (const use of uses) expect(use).toThrow('after its transaction ended');
    }
  });

  test('a write inside a write is refused instead of waiting for itself', async () => {
    const { store } = await testDatabase(engine);
    const nested = store.write(async (tx) => {
      await insertOrg(tx);
      await store.write((inner) => rename(inner, 'inner'));
    });
    await expect(nested).rejects.toThrow('a write inside a write');
    expect(await name(store)).toBeUndefined();
  });

  test('a write beside a write is not a nested one', async () => {
    const { store } = await testDatabase(engine);
    await Promise.all(['a', 'b', 'c'].map((id) => store.write((tx) => insertOrg(tx, { id }))));
    expect(await store.read.select().from(store.read.t.orgs)).toHaveLength(3);
  });

  test('what two writes count up is counted twice', async () => {
    const { store } = await testDatabase(engine);
    await store.write((tx) => insertOrg(tx));
    const countUp = () =>
      store.write(async (tx) => {
        // Locks the row on PostgreSQL; on SQLite one write waits for the other anyway.
        await tx
          .update(tx.t.orgs)
          .set({ zone: 'UTC' })
          .where(eq(tx.t.orgs.id, 'org'))
          .returning({ id: tx.t.orgs.id });
        const before = (await orgById(tx, 'org'))!.name;
        await nextTurn();
        await rename(tx, String(Number(before) + 1));
      });
    await Promise.all(Array.from({ length: 20 }, countUp));
    expect(await name(store)).toBe('20');
  });

  test('closing waits for what is being written', async () => {
    const { store, sql } = await testDatabase(engine);
    const writing = store.write(async (tx) => {
      await insertOrg(tx);
      await nextTurn();
    });
    await Promise.all([writing, store.close(), store.close()]);
    expect(await sql('SELECT id FROM orgs')).toEqual([{ id: 'org' }]);
  });
});

test('faults of the database become a sentence, faults of the code stay what they are', () => {
  const coded = (code: string) => Object.assign(new Error('driver'), { code });
  expect(explain(new Error('query', { cause: coded('53100') }))).toMatchObject({
    code: 'unavailable',
    message: 'The database cannot take this now (its disk is full). Nothing was changed; please try again.',
  });
  expect(explain(new Error('timeout exceeded when trying to connect'))).toMatchObject({
    code: 'unavailable',
  });
  for (const code of ['ECONNREFUSED', '57P01', '08006', 'SQLITE_IOERR_WRITE']) {
    expect(explain(coded(code))).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(code),
    });
  }
  const bug = coded('42703');
  expect(explain(bug)).toBe(bug);
});
