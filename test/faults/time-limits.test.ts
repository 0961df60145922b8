import { eq, sql } from 'drizzle-orm';
import { Client } from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { TimeLimits } from '../../db/limits.ts';
import { PATIENT } from '../../db/limits.ts';
import { openStore } from '../../db/open.ts';
import { type Store, explain } from '../../db/store.ts';
import { problemOf } from '../../src/api/problem.ts';
import { silentLog } from '../../src/log.ts';
import { OPEN, freshUrl } from '../support/databases.ts';

/** A PostgreSQL with one organisation, another connection to it, and a store with limits that pass soon. */
async function limited(limits?: TimeLimits): Promise<{ store: Store; other: Client }> {
  const url = await freshUrl('postgres', { migrated: true });
  const store = await openStore(url, { ...OPEN, ...(limits && { limits }) });
  const other = new Client({ connectionString: url });
  await other.connect();
  onTestFinished(async () => {
    await other.end();
    await store.close();
  });
  await store.write((tx) =>
    tx.insert(tx.t.orgs).values({ id: 'org', name: 'Harbour', zone: 'UTC', createdAt: 1 }),
  );
  return { store, other };
}

const rename = (store: Store, name: string) =>
  store.write((tx) => tx.update(tx.t.orgs).set({ name }).where(eq(tx.t.orgs.id, 'org')).returning());

const set = (store: Store, name: string) =>
  store.read.select({ is: sql<string>`current_setting(${name})` }).from(store.read.t.orgs);

test(
  'a process that people wait for has limits, a command that somebody watches has none',
  { timeout: 60_000 },
  async () => {
    const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
    const all = async (store: Store) =>
      (await Promise.all(names.map((n) => set(store, n)))).flat().map((r) => r.is);
    expect(await all((await limited()).store)).toEqual(['1min', '10s', '30s']);
    expect(await all((await limited(PATIENT)).store)).toEqual(['0', '0', '0']);
  },
);

test('who waits too long for what another holds is told to try again, and then it works', async () => {
  const { store, other } = await limited({ ...PATIENT, lock: 100 });
  await other.query('BEGIN');
  await other.query("UPDATE orgs SET name = 'Quay'");
  await expect(rename(store, 'Pier')).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('somebody else is changing the same for too long'),
  });
  await other.query('ROLLBACK');
  expect(await rename(store, 'Pier')).toMatchObject([{ name: 'Pier' }]);
});

test('a query that never ends is ended, and whoever asked is told to try again', async () => {
  const { store } = await limited({ ...PATIENT, statement: 100 });
  const asked = store.read.select({ x: sql`pg_sleep(60)` }).from(store.read.t.orgs);
  const error: unknown = await asked.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(explain(error)).toMatchObject({ code: 'unavailable', message: expect.stringContaining('too long') });
  // The API says so, too: a sender sends it again.
  expect(problemOf(error, silentLog, '/api/v1/seats')).toMatchObject({
    status: 503,
    headers: { 'retry-after': expect.any(String) },
  });
  await expect(
    store.write((tx) => tx.select({ x: sql`pg_sleep(60)` }).from(tx.t.orgs)),
  ).rejects.toMatchObject({ code: 'unavailable' });
});

test('a transaction that does nothing loses what it holds, and the process lives on', async () => {
  const { store, other } = await limited({ ...PATIENT, idle: 100 });
  const idle = store.write(async (tx) => {
    await tx.update(tx.t.orgs).set({ name: 'Pier' }).where(eq(tx.t.orgs.id, 'org')).returning();
    await vi.waitFor(async () => {
      const { rows } = await other.query(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'",
      );
      expect(rows).toEqual([]);
    });
    return tx.select().from(tx.t.orgs);
  });
  await expect(idle).rejects.toMatchObject({ code: 'unavailable' });
  expect(await rename(store, 'Wharf')).toMatchObject([{ name: 'Wharf' }]);
});
