import { monitorEventLoopDelay } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import { count, eq } from 'drizzle-orm';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openStore } from '../../db/open.ts';
import { isBusy } from '../../db/store.ts';
import { SECOND, wall } from '../../src/clock.ts';
import { MONDAY } from '../support/app.ts';
import { OPEN, fileOf, freshUrl, testDatabase } from '../support/databases.ts';

const ORG = { name: 'Harbour', zone: 'Europe/Berlin', createdAt: MONDAY };

/** Another program that holds the write lock until it is told to let go. */
function lockedByAnother(url: string): () => void {
  const other = new Database(fileOf(url));
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  return () => void other.exec('COMMIT');
}

test('while another program holds the lock the process goes on, and the write follows', async () => {
  const { url, store } = await testDatabase('sqlite');
  const release = lockedByAnother(url);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let written = false;
  const writing = store
    .write((tx) => tx.insert(tx.t.orgs).values({ ...ORG, id: 'org' }))
    .then(() => (written = true));
  // Without turns of the event loop this would never be reached.
  await wall.sleep(1.5 * SECOND);
  expect(written).toBe(false);
  expect(await store.read.select().from(store.read.t.orgs)).toEqual([]);
  release();
  await writing;
  delay.disable();
  expect(delay.max / 1e6).toBeLessThan(SECOND);
  expect(await store.read.select().from(store.read.t.orgs)).toHaveLength(1);
});

test('a lock that is never given back is answered with a sentence, and later writes work', async () => {
  const url = await freshUrl('sqlite');
  let now = 0;
  // Every pause between two attempts takes ten seconds of this wall.
  const sleep = () => {
    now += 10 * SECOND;
    return Promise.resolve();
  };
  const store = await openStore(url, { ...OPEN, wall: { now: () => now, sleep } });
  onTestFinished(() => store.close());
  const release = lockedByAnother(url);
  const add = (id: string) => store.write((tx) => tx.insert(tx.t.orgs).values({ ...ORG, id }));
  await expect(add('first')).rejects.toMatchObject({
    code: 'unavailable',
    message: 'The database has been locked by another program for 30 seconds. Nothing was changed.',
  });
  release();
  await add('second');
  expect(await store.read.select().from(store.read.t.orgs)).toMatchObject([{ id: 'second' }]);
});

test('what is read is not stopped by a write of another program', async () => {
  const { url, store } = await testDatabase('sqlite');
  const release = lockedByAnother(url);
  expect(await store.read.select().from(store.read.t.orgs)).toEqual([]);
  release();
});

test('reading connections cannot write', async () => {
  const { store } = await testDatabase('sqlite');
  const writing = store.read.insert(store.read.t.orgs).values({ ...ORG, id: 'org' });
  await expect((async () => writing)()).rejects.toThrow();
  expect(await store.read.select().from(store.read.t.orgs)).toEqual([]);
});

test('a full disk is said, leaves nothing half-written, and is over when there is room again', async () => {
  const url = await freshUrl('sqlite');
  const pragmas = vi.spyOn(Database.prototype, 'pragma');
  const store = await openStore(url, OPEN);
  onTestFinished(() => store.close());
  // The connection that writes is the only one that gets pragmas.
  const writer = pragmas.mock.contexts[0] as Database.Database;
  const pages = writer.pragma('page_count', { simple: true }) as number;
  writer.pragma(`max_page_count = ${pages + 3}`);

  const fill = (id: string) =>
    store.write(async (tx) => {
      await tx.insert(tx.t.orgs).values({ ...ORG, id });
      for (let i = 0; i < 20; i++) {
        const row = {
          org: id,
          key: `${i}`,
          action: 'a',
          inputHash: '',
          result: 'x'.repeat(4000),
          at: MONDAY,
        };
        await tx.insert(tx.t.results).values(row);
      }
    });
  await expect(fill('first')).rejects.toMatchObject({
    name: 'CoxswainError',
    code: 'unavailable',
    message: 'The database cannot take this now (its disk is full). Nothing was changed; please try again.',
  });
  const { orgs, results } = store.read.t;
  expect(await store.read.select().from(orgs)).toEqual([]);
  expect(await store.read.select().from(results)).toEqual([]);

  writer.pragma('max_page_count = 100000');
  await fill('second');
  expect(await store.read.select({ rows: count() }).from(results).where(eq(results.org, 'second'))).toEqual([
    { rows: 20 },
  ]);
  expect(writer.pragma('integrity_check', { simple: true })).toBe('ok');
});

test('acknowledged rows are on the disk, and readers do not wait for writers', async () => {
  const pragmas = vi.spyOn(Database.prototype, 'pragma');
  const store = await openStore(await freshUrl('sqlite'), OPEN);
  onTestFinished(() => store.close());
  const writer = pragmas.mock.contexts[0] as Database.Database;
  const FULL = 2;
  expect(writer.pragma('synchronous', { simple: true })).toBe(FULL);
  expect(writer.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(writer.pragma('foreign_keys', { simple: true })).toBe(1);
});

test('a database opened for checks only refuses writes and changes nothing', async () => {
  const { url, store } = await testDatabase('sqlite');
  await store.write((tx) => tx.insert(tx.t.orgs).values({ ...ORG, id: 'org' }));
  const check = await openStore(url, { ...OPEN, readOnly: true });
  onTestFinished(() => check.close());
  expect(await check.read.select().from(check.read.t.orgs)).toHaveLength(1);
  await expect(check.write((tx) => tx.insert(tx.t.orgs).values({ ...ORG, id: 'b' }))).rejects.toMatchObject({
    code: 'unavailable',
  });
});

test('a copy made while others write is whole', async () => {
  const { url, store } = await testDatabase('sqlite');
  const add = (id: string) => store.write((tx) => tx.insert(tx.t.orgs).values({ ...ORG, id }));
  await add('before');
  const copy = `${fileOf(url)}.copy`;
  await Promise.all([store.backup!(copy), ...Array.from({ length: 20 }, (_, i) => add(`while ${i}`))]);
  const restored = await openStore(`file:${copy}`, OPEN);
  onTestFinished(() => restored.close());
  expect((await restored.read.select().from(restored.read.t.orgs)).length).toBeGreaterThan(0);
});

test('a copy that begins in the middle of a transaction holds what was committed before', async () => {
  const { url, store } = await testDatabase('sqlite');
  const copy = `${fileOf(url)}.copy`;
  await store.write((tx) => tx.insert(tx.t.orgs).values({ ...ORG, id: 'before' }));
  await store.write(async (tx) => {
    await tx.insert(tx.t.orgs).values({ ...ORG, id: 'not yet' });
    await store.backup!(copy);
  });
  const restored = await openStore(`file:${copy}`, OPEN);
  onTestFinished(() => restored.close());
  expect((await restored.read.select().from(restored.read.t.orgs)).map((org) => org.id)).toEqual(['before']);
});

test('a busy database is told apart from other faults', () => {
  expect(isBusy(Object.assign(new Error(), { code: 'SQLITE_BUSY_SNAPSHOT' }))).toBe(true);
  expect(isBusy(Object.assign(new Error(), { code: 'SQLITE_FULL' }))).toBe(false);
});
