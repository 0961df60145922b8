import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { createAnswers } from './answers.sqlite.ts';
import { inspectSqlite } from './inspect.sqlite.ts';
import { sqliteKit } from './kit.sqlite.ts';
import { SQLITE_MIGRATIONS, lastMigration, migrateSqlite } from './migrate.sqlite.ts';
import type { OpenOptions } from './open.ts';
import { makePrivate } from './private-file.ts';
import { assertSchema } from './schema-version.ts';
import { type Store, exclusive, handle } from './store.ts';
import { defineTables } from './tables.ts';
import { shareCommits } from './writes.sqlite.ts';

/**
 * How long SQLite itself may wait for a lock, in ms: it holds the event loop meanwhile, so most of the waiting
 * is done between attempts instead.
 */
const BUSY_TIMEOUT = 200;

/** The builders of better-sqlite3's drizzle, as the canonical ones. Guarantee: see kit.sqlite.ts. */
const asBuilders = (db: BetterSQLite3Database) => db as unknown as Parameters<typeof handle>[0]['builders'];

/** Statements kept for each connection. Ours are fewer; lists of many lengths could be more, and then it starts anew. */
const MOST_STATEMENTS = 500;

/** The same text is compiled once: SQLite takes longer to compile a short query than to run it. */
function keepStatements(db: Database.Database): Database.Database {
  const compile = db.prepare.bind(db);
  const kept = new Map<string, Database.Statement>();
  db.prepare = ((source: string) => {
    const known = kept.get(source);
    if (known !== undefined) return known;
    const statement = compile(source);
    if (kept.size >= MOST_STATEMENTS) kept.clear();
    kept.set(source, statement);
    return statement;
  }) as typeof db.prepare;
  return db;
}

/**
 * Copies a snapshot, a few pages at each turn of the event loop. The writer's own connection would not do: while a
 * transaction is open on it, its first step finds no pages to copy and better-sqlite3 takes that for the end.
 */
async function backup(file: string, target: string): Promise<void> {
  const source = new Database(file, { timeout: BUSY_TIMEOUT, readonly: true });
  try {
    // Without an open snapshot every write of another connection would make the copy start anew.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await source.backup(target);
  } finally {
    source.close();
  }
}

export async function openSqlite(file: string, options: OpenOptions): Promise<Store> {
  mkdirSync(dirname(file), { recursive: true });
  if (options.readOnly !== true && options.asItIs !== true) makePrivate(file);
  const writer = new Database(file, {
    timeout: BUSY_TIMEOUT,
    readonly: options.readOnly === true,
    fileMustExist: options.asItIs === true,
  });
  if (options.readOnly !== true) {
    writer.pragma('journal_mode = WAL');
    writer.pragma(`synchronous = ${options.passing === true ? 'OFF' : 'FULL'}`);
    writer.pragma('foreign_keys = ON');
    if (options.asItIs === true) assertSchema(lastMigration(writer), SQLITE_MIGRATIONS);
    else await migrateSqlite(writer, options);
  }
  const reader = new Database(file, { timeout: BUSY_TIMEOUT, readonly: true });
  const t = defineTables(sqliteKit);
  const sourceOf = (db: Database.Database) =>
    ({
      builders: asBuilders(drizzle(keepStatements(db))),
      t,
      engine: 'sqlite',
      statements: new Map(),
      plain: (text: string) => {
        const statement = db.prepare(text);
        return (values: readonly (string | number | null)[]) => void statement.run(...values);
      },
    }) as const;
  const writing = sourceOf(writer);

  const { answers, changed } = createAnswers(reader);
  const writes = shareCommits(writer, (live) => handle(writing, live), { wall: options.wall, changed });

  return {
    engine: 'sqlite',
    read: handle({ ...sourceOf(reader), answers }),
    write: (run, { alone = false } = {}) => exclusive(() => writes.add(run, alone)),
    async snapshot(run) {
      const own = new Database(file, { timeout: BUSY_TIMEOUT, readonly: true });
      try {
        own.exec('BEGIN');
        // A transaction sees the moment of its first read.
        own.prepare('SELECT count(*) FROM sqlite_schema').get();
        return await run(handle(sourceOf(own)));
      } finally {
        own.close();
      }
    },
    inspect: async (deep) => inspectSqlite(reader, file, deep),
    backup: (target) => backup(file, target),
    close: async () => {
      await writes.idle();
      reader.close();
      writer.close();
    },
  };
}
