import { statSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { SQLITE_MIGRATIONS } from './migrate.sqlite.ts';
import type { StoreFacts } from './store.ts';

/** A larger file would hold the event loop for too long: `coxswain doctor` checks it beside the running process. */
const QUICK_CHECK_BYTES = 64 * 1024 * 1024;

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** What can be told about the file behind a connection; `deep` reads all of it, whatever that takes. */
export function inspectSqlite(db: Database, file: string, deep: boolean): StoreFacts {
  const bytes = sizeOf(file);
  const checked = deep || bytes <= QUICK_CHECK_BYTES;
  const said = checked ? (db.pragma('quick_check(5)') as readonly { quick_check: string }[]) : [];
  const { bavail, bsize } = statfsSync(dirname(file));
  return {
    engine: 'sqlite',
    applied: appliedTo(db),
    known: readMigrationFiles({ migrationsFolder: SQLITE_MIGRATIONS }).length,
    bytes,
    walBytes: sizeOf(`${file}-wal`),
    freeBytes: bavail * bsize,
    checked,
    faults: said.map((row) => row.quick_check).filter((word) => word !== 'ok'),
  };
}

function appliedTo(db: Database): number {
  const there = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'").get();
  if (there === undefined) return 0;
  return (db.prepare('SELECT count(*) AS n FROM __drizzle_migrations').get() as { n: number }).n;
}
