import { mkdtempSync, rmSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import { openStore } from '../../db/open.ts';
import type { Store } from '../../db/store.ts';
import { wall } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { freshPostgres } from './postgres.ts';

/** Every suite runs on each of these: a real file, and a real server. */
export const ENGINES = ['sqlite', 'postgres'] as const;
export type Engine = (typeof ENGINES)[number];

export type SqlValue = string | number | bigint | null;

export interface TestDatabase {
  readonly engine: Engine;
  /** What DATABASE_URL would say. */
  readonly url: string;
  readonly store: Store;
  /** One statement on a connection of its own, behind the store's back. Parameters are written `?`. */
  sql<Row extends object>(statement: string, params?: readonly SqlValue[]): Promise<Row[]>;
}

export const OPEN = { wall, log: silentLog };

/** A migrated database of the running test's own; closed and removed when the test is over. */
export async function testDatabase(engine: Engine): Promise<TestDatabase> {
  const url = await freshUrl(engine, { migrated: true });
  const store = await openStore(url, OPEN);
  onTestFinished(() => store.close());
  // Connections that are there already, so that what a test does at the same moment is at the same moment.
  await Promise.all([1, 2, 3, 4].map(() => store.read.select().from(store.read.t.orgs)));
  return { engine, url, store, sql: (statement, params = []) => SQL[engine](url, statement, params) };
}

/** Where a database of the running test's own may be made: a new file's name, or an empty PostgreSQL database. */
export async function freshUrl(engine: Engine, { migrated = false } = {}): Promise<string> {
  if (engine === 'sqlite') return `file:${join(testFolder(), 'coxswain.db')}`;
  return freshPostgres(
    migrated ? { name: 'coxswain', fill: async (url) => (await openStore(url, OPEN)).close() } : undefined,
  );
}

/** An empty folder, removed when the running test is over. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coxswain-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const fileOf = (url: string): string => url.slice('file:'.length);

type Sql = <Row extends object>(
  url: string,
  statement: string,
  params: readonly SqlValue[],
) => Promise<Row[]>;

// Guarantee of the casts: the test that asks knows the columns that it selects.
const SQL: Record<Engine, Sql> = {
  sqlite: async <Row extends object>(url: string, statement: string, params: readonly SqlValue[]) => {
    const db = new Database(fileOf(url), { timeout: 5000 });
    try {
      const prepared = db.prepare(statement);
      if (prepared.reader) return prepared.all(...params) as Row[];
      prepared.run(...params);
      return [];
    } finally {
      db.close();
      // What another program wrote is seen from the next turn of the event loop on: see answers.sqlite.ts.
      await nextTurn();
    }
  },
  postgres: async <Row extends object>(url: string, statement: string, params: readonly SqlValue[]) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      let count = 0;
      const numbered = statement.replaceAll('?', () => `$${(count += 1)}`);
      return (await client.query<Row>(numbered, [...params])).rows;
    } finally {
      await client.end();
    }
  },
};
