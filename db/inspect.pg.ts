import { readMigrationFiles } from 'drizzle-orm/migrator';
import type pg from 'pg';
import type { StoreFacts } from './store.ts';

/** What can be told about the database behind a pool. */
export async function inspectPostgres(pool: pg.Pool, folder: string): Promise<StoreFacts> {
  const { rows } = await pool.query<{ bytes: string; now: string; there: string | null }>(
    `SELECT pg_database_size(current_database()) AS bytes,
            extract(epoch FROM clock_timestamp()) * 1000 AS now,
            to_regclass('drizzle.__drizzle_migrations')::text AS there`,
  );
  const [row] = rows;
  const applied =
    row?.there == null
      ? 0
      : Number(
          (await pool.query<{ n: string }>('SELECT count(*) AS n FROM drizzle.__drizzle_migrations')).rows[0]!
            .n,
        );
  return {
    engine: 'postgres',
    applied,
    known: readMigrationFiles({ migrationsFolder: folder }).length,
    bytes: Number(row!.bytes),
    // The server keeps its pages' checksums itself.
    checked: false,
    faults: [],
    now: Math.round(Number(row!.now)),
  };
}
