import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAnswers } from '../../db/answers.sqlite.ts';
import { orgById } from '../../db/orgs.ts';
import { keepResult, resultFor } from '../../db/work.ts';
import { MONDAY } from '../support/app.ts';
import { testDatabase } from '../support/databases.ts';

const ORG = { id: 'org', name: '0', zone: 'Europe/Berlin', createdAt: MONDAY };

async function harbour() {
  const database = await testDatabase('sqlite');
  const { store } = database;
  await store.write((tx) => tx.insert(tx.t.orgs).values(ORG));
  const rename = (to: string) =>
    store.write((tx) => tx.update(tx.t.orgs).set({ name: to }).where(eq(tx.t.orgs.id, 'org')));
  return { ...database, rename, org: () => orgById(store.read, 'org') };
}

test('what was read stays the same rows until something is written, here or by another process', async () => {
  const { org, rename, sql } = await harbour();
  const first = await org();
  expect(await org()).toBe(first);
  await rename('1');
  expect(await org()).toMatchObject({ name: '1' });
  await sql("update orgs set name = '2'");
  expect(await org()).toMatchObject({ name: '2' });
  expect(first).toMatchObject({ name: '0' });
});

test('nobody can change what the next one reads', async () => {
  const { org, store } = await harbour();
  const found = (await org())!;
  expect(() => Object.assign(found, { name: 'mine' })).toThrow(TypeError);
  const kept = { org: 'org', key: 'k', action: 'a', inputHash: '', at: MONDAY, result: { list: ['x'] } };
  await store.write((tx) => keepResult(tx, kept));
  const { result } = (await resultFor(store.read, 'org', 'k'))!;
  expect(() => (result as { list: string[] }).list.push('y')).toThrow(TypeError);
  expect(await resultFor(store.read, 'org', 'k')).toMatchObject({ result: { list: ['x'] } });
});

test('inside a transaction its own changes are seen, and outside not before the commit', async () => {
  const { org, store } = await harbour();
  await store.write(async (tx) => {
    expect((await orgById(tx, 'org'))!.name).toBe('0');
    await tx.update(tx.t.orgs).set({ name: '1' }).where(eq(tx.t.orgs.id, 'org'));
    expect((await orgById(tx, 'org'))!.name).toBe('1');
    expect((await org())!.name).toBe('0');
  });
  expect((await org())!.name).toBe('1');
  const failed = store.write(async (tx) => {
    await tx.update(tx.t.orgs).set({ name: '2' }).where(eq(tx.t.orgs.id, 'org'));
    throw new Error('changed my mind');
  });
  await expect(failed).rejects.toThrow('changed my mind');
  expect((await org())!.name).toBe('1');
});

test('other values are another question, whatever they look like in a row', () => {
  const db = new Database(':memory:');
  const text = fc.oneof(fc.constantFrom('', ' ', '1', 'string 1 1 '), fc.string());
  const number = fc.double().map((n) => n + 0);
  const value = fc.oneof(text, number, fc.constant(null));
  const values = fc.record({ org: value, key: value });
  fc.assert(
    fc.property(fc.array(values, { minLength: 2, maxLength: 20 }), (asked) => {
      const ask = createAnswers(db).answers(({ org, key }) => [[org, key]]);
      for (const one of asked) expect(ask(one)).toEqual([[one.org, one.key]]);
    }),
  );
  db.close();
});
