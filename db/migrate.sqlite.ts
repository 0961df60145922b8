import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { OpenOptions } from './open.ts';
import { isBusy } from './store.ts';
import { SQLITE_TRIGGERS } from './triggers.ts';

export const SQLITE_MIGRATIONS = fileURLToPath(new URL('migrations/sqlite', import.meta.url));

const APPLIED = `CREATE TABLE IF NOT EXISTS __drizzle_migrations (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric)`;

/** When the last migration that was applied was made; undefined in a database that has none. */
export function lastMigration(db: Database): number | undefined {
  const known = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'").get();
  if (known === undefined) return undefined;
  const last = db.prepare('SELECT max(created_at) AS at FROM __drizzle_migrations').get() as {
    at: number | null;
  };
  return last.at ?? undefined;
}

/**
 * Applies what is missing, in one transaction under the write lock, so two processes that start together cannot
 * both do it. Foreign keys are switched off before the transaction: inside one the pragma does nothing, and a
 * rebuilt table (drop and rename) would take its child rows along. They are checked before the commit.
 */
export async function migrateSqlite(
  db: Database,
  { wall, log }: OpenOptions,
  folder: string = SQLITE_MIGRATIONS,
): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder: folder });
  db.pragma('foreign_keys = OFF');
  try {
    for (;;) {
      try {
        db.exec('BEGIN IMMEDIATE');
        break;
      } catch (error) {
        if (!isBusy(error)) throw error;
        await wall.sleep(50);
      }
    }
    db.exec(APPLIED);
    const last = db.prepare('SELECT max(created_at) AS at FROM __drizzle_migrations').get() as {
      at: number | null;
    };
    const pending = migrations.filter((m) => m.folderMillis > (last.at ?? 0));
    for (const migration of pending) {
      for (const statement of migration.sql) db.exec(statement);
      db.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run(
        migration.hash,
        migration.folderMillis,
      );
    }
    for (const trigger of SQLITE_TRIGGERS) db.exec(trigger);
    const broken = db.pragma('foreign_key_check') as readonly unknown[];
    if (broken.length > 0)
      throw new Error(
        `the migration would leave ${broken.length} rows without their parent; nothing was changed`,
      );
    db.exec('COMMIT');
    if (pending.length > 0) log.info({ migrations: pending.length }, 'database migrated');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  } finally {
    db.pragma('foreign_keys = ON');
  }
}
