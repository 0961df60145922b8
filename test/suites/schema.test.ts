import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import canonicalize from 'canonicalize';
import { getTableConfig as configOfPg } from 'drizzle-orm/pg-core';
import { type SQLiteTable, getTableConfig as configOfSqlite } from 'drizzle-orm/sqlite-core';
import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import * as pg from '../../db/schema.pg.ts';
import * as sqlite from '../../db/schema.sqlite.ts';
import { storable } from '../../src/text.ts';
import type { Json } from '../../src/ui/card.ts';
import { MONDAY } from '../support/app.ts';
import { ENGINES, type Engine, OPEN, freshUrl, testDatabase, testFolder } from '../support/databases.ts';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

type Config = ReturnType<typeof configOfPg> | ReturnType<typeof configOfSqlite>;

/** What both engines must agree on, whatever they call their types. */
const shape = (c: Config) => ({
  name: c.name,
  columns: c.columns.map((column) => [
    column.name,
    // On SQLite JSON is drizzle's own type over text, on PostgreSQL one of ours; see kit.pg.ts.
    column.dataType === 'json' ? 'custom' : column.dataType,
    column.notNull,
    column.primary,
    column.hasDefault,
  ]),
  keys: c.primaryKeys.map((key) => key.columns.map((column) => column.name)),
  parents: c.foreignKeys
    .map((key) => key.reference())
    .map((key) => [
      key.columns.map((column) => column.name),
      key.foreignColumns.map((column) => column.name),
    ]),
  indexes: c.indexes.map(({ config }) => [
    config.name,
    config.unique,
    config.columns.map((column) => ('name' in column ? column.name : '')),
  ]),
});

// Guarantee of the cast: schema.sqlite.ts is made with the SQLite builders; see kit.sqlite.ts.
const sqliteShapes = Object.entries(sqlite).map(([key, table]) => [
  key,
  shape(configOfSqlite(table as unknown as SQLiteTable)),
]);
const pgShapes = Object.entries(pg).map(([key, table]) => [key, shape(configOfPg(table))]);

test('both engines have the same tables, columns, keys and indexes', () => {
  expect(pgShapes.length).toBeGreaterThan(20);
  expect(sqliteShapes).toEqual(pgShapes);
});

test('every key of a table with an organisation begins with it, and foreign keys include it', () => {
  for (const table of Object.values(pg)) {
    const config = configOfPg(table);
    // An organisation is not found yet, or is what is being made.
    if (config.name === 'orgs' || config.name === 'install_states') continue;
    const keys = config.primaryKeys.map((key) => key.columns[0]?.name);
    const single = config.columns.filter((column) => column.primary).map((column) => column.name);
    expect([config.name, ...keys, ...single]).toEqual([config.name, 'org']);
    for (const key of config.foreignKeys.map((k) => k.reference())) expect(key.columns[0]?.name).toBe('org');
  }
});

interface Column {
  readonly table_name: string;
  readonly name: string;
  readonly required: boolean | number;
}

const COLUMNS: Record<Engine, string> = {
  sqlite: `SELECT t.name AS table_name, c.name, c."notnull" AS required FROM sqlite_master t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '\\_\\_%' ESCAPE '\\'`,
  postgres: `SELECT table_name, column_name AS name, is_nullable = 'NO' AS required FROM information_schema.columns
    WHERE table_schema = 'public'`,
};

describe.each(ENGINES)('the database on %s', (engine) => {
  test('has what the schema says', async () => {
    const { sql } = await testDatabase(engine);
    const found = (await sql<Column>(COLUMNS[engine])).map(
      (c) => `${c.table_name}.${c.name} ${Boolean(c.required)}`,
    );
    const said = Object.values(pg).flatMap((table) => {
      const config = configOfPg(table);
      const inKey = new Set(config.primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
      return config.columns.map(
        (c) => `${config.name}.${c.name} ${c.notNull || c.primary || inKey.has(c.name)}`,
      );
    });
    expect(found.toSorted()).toEqual(said.toSorted());
  });

  test('has migrations that are current', { timeout: 60_000 }, async () => {
    const short = engine === 'sqlite' ? 'sqlite' : 'pg';
    const out = testFolder();
    cpSync(join(ROOT, 'db/migrations', short), out, { recursive: true });
    const content = () =>
      globSync('**/*.*', { cwd: out })
        .toSorted()
        .map((file) => readFileSync(join(out, file), 'utf8'));
    const before = content();
    const dialect = engine === 'sqlite' ? 'sqlite' : 'postgresql';
    // drizzle-kit takes only paths that are relative to where it runs.
    const args = [`--dialect=${dialect}`, `--schema=./db/schema.${short}.ts`, `--out=${relative(ROOT, out)}`];
    const kit = join(ROOT, 'node_modules/drizzle-kit/bin.cjs');
    const { stdout } = await run(process.execPath, [kit, 'generate', ...args], { cwd: ROOT });
    expect(stdout).toContain('No schema changes');
    expect(content()).toEqual(before);
    expect(before.length).toBeGreaterThanOrEqual(3);
  });

  test('is migrated once by three copies that start together', { timeout: 60_000 }, async () => {
    const url = await freshUrl(engine);
    const starter = join(ROOT, 'test/support/start-together.ts');
    const copies = [1, 2, 3].map(() =>
      spawn(process.execPath, [starter, url], { stdio: ['pipe', 'pipe', 'inherit'] }),
    );
    const lines = copies.map((copy) => createInterface({ input: copy.stdout })[Symbol.asyncIterator]());
    const say = async () => Promise.all(lines.map(async (line) => String((await line.next()).value)));
    expect(await say()).toEqual(['ready', 'ready', 'ready']);
    const ends = copies.map((copy) => once(copy, 'exit'));
    for (const copy of copies) copy.stdin.write('go\n');
    expect(await say()).toEqual(['open 0', 'open 0', 'open 0']);
    await Promise.all(ends);
    const store = await openStore(url, OPEN);
    expect(await store.read.select().from(store.read.t.orgs)).toEqual([]);
    await store.close();
  });

  test('gives values back as they were', async () => {
    const { store } = await testDatabase(engine);
    const org = { id: 'org', name: 'Harbour', zone: 'Europe/Berlin', createdAt: MONDAY };
    await store.write((tx) => tx.insert(tx.t.orgs).values(org));
    // Any instant with four digits of year, to the millisecond.
    const instant = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(9999, 11, 31) });
    const json = fc.jsonValue({ stringUnit: 'binary' }).map((value) => storable(value) as Json);
    let key = 0;
    await fc.assert(
      fc.asyncProperty(
        json,
        instant,
        fc.boolean(),
        fc.string({ unit: 'binary' }),
        async (value, at, flag, text) => {
          key += 1;
          const { results, installations } = store.read.t;
          const name = String(storable(text));
          await store.write(async (tx) => {
            await tx
              .insert(results)
              .values({ org: 'org', key: `${key}`, action: name, inputHash: '', result: value, at });
            await tx.insert(installations).values({
              org: 'org',
              platform: 'slack',
              tenant: `${key}`,
              name,
              active: flag,
              createdAt: at,
            });
          });
          const [result] = await store.read
            .select()
            .from(results)
            .where(and(eq(results.org, 'org'), eq(results.key, `${key}`)));
          expect([canonicalize(result?.result ?? null), result?.at, result?.action]).toEqual([
            canonicalize(value),
            at,
            name,
          ]);
          const [there] = await store.read
            .select()
            .from(installations)
            .where(eq(installations.tenant, `${key}`));
          expect([there?.active, there?.createdAt, there?.name]).toEqual([flag, at, name]);
        },
      ),
      {
        numRuns: 150,
        // Texts that look like JSON stay texts.
        examples: ['123', 'true', 'null', '"a"', '{"a":1}'].map((value): [Json, number, boolean, string] => [
          value,
          MONDAY,
          true,
          '',
        ]),
      },
    );
  });

  test('gives readings back to the last bit', async () => {
    const { store } = await testDatabase(engine);
    await store.write(async (tx) => {
      const { t } = tx;
      await tx.insert(t.orgs).values({ id: 'org', name: 'Harbour', zone: 'UTC', createdAt: MONDAY });
      await tx.insert(t.seats).values({
        org: 'org',
        id: 's',
        key: 's',
        name: 'S',
        holder: 'ai',
        accountability: '',
        stage: 'pilot',
        level: 1,
        risk: 'low',
        halted: false,
        issueCount: 0,
        createdAt: MONDAY,
      });
      await tx.insert(t.metrics).values({
        org: 'org',
        id: 'm',
        seat: 's',
        key: 'm',
        name: 'M',
        category: 'quality',
        unit: '',
        direction: 'higher',
        target: 0,
        tolerance: 0,
        cadence: 'weekly',
        active: true,
        duePeriod: '',
        dueAt: MONDAY,
        createdAt: MONDAY,
      });
    });
    const { readings } = store.read.t;
    let id = 0;
    const number = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((value) => !Object.is(value, -0));
    await fc.assert(
      fc.asyncProperty(number, async (value) => {
        id += 1;
        const row = {
          org: 'org',
          id: `${id}`,
          metric: 'm',
          period: '',
          periodStart: 0,
          value,
          at: 0,
          reporter: '',
        };
        await store.write((tx) => tx.insert(readings).values(row));
        const [back] = await store.read
          .select()
          .from(readings)
          .where(eq(readings.id, `${id}`));
        expect(back?.value).toBe(value);
      }),
      { numRuns: 100, examples: [[0.1 + 0.2], [5e-324], [1.7976931348623157e308], [2 ** 53]] },
    );
  });
});
