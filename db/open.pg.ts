import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { inspectPostgres } from './inspect.pg.ts';
import { kit } from './kit.pg.ts';
import type { OpenOptions } from './open.ts';
import { PATIENT, SERVING, limitsSql } from './limits.ts';
import { assertSchema } from './schema-version.ts';
import { type Db, type Store, exclusive, explain, handle, isCrossed } from './store.ts';
import { defineTables } from './tables.ts';
import { PG_TRIGGERS } from './triggers.ts';

export const PG_MIGRATIONS = fileURLToPath(new URL('migrations/pg', import.meta.url));

/** Any number that only Coxswain uses: two copies that start together migrate one after the other. */
const MIGRATION_LOCK = 727_601_214;

/** Applies what is missing. Copies that start together wait for each other. */
export async function migratePg(pool: pg.Pool, folder: string = PG_MIGRATIONS): Promise<void> {
  const client = await pool.connect();
  try {
    // The copy that came first may take long.
    await client.query(limitsSql(PATIENT));
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder: folder });
    for (const trigger of PG_TRIGGERS) await client.query(trigger);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    // With its limits it goes, too.
    client.release(true);
  }
}

/** When the last migration that was applied was made; undefined in a database that has none. */
async function lastMigration(pool: pg.Pool): Promise<number | undefined> {
  const known = await pool.query<{ is: boolean }>(
    "SELECT to_regclass('drizzle.__drizzle_migrations') IS NOT NULL AS is",
  );
  if (known.rows[0]?.is !== true) return undefined;
  const last = await pool.query<{ at: string | null }>(
    'SELECT max(created_at) AS at FROM drizzle.__drizzle_migrations',
  );
  const at = last.rows[0]?.at;
  return at == null ? undefined : Number(at);
}

export async function openPostgres(url: string, options: OpenOptions): Promise<Store> {
  const limits = limitsSql(options.limits ?? SERVING);
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5000,
    // Whoever went away without a word, as a machine that lost its power, is noticed.
    keepAlive: true,
    // Not with the connection’s own parameters: poolers in between refuse those. The pool waits for the promise, which its types do not tell.
    // oxlint-disable-next-line typescript/no-misused-promises
    onConnect: (client) => client.query(limits),
  });
  // Without a listener a connection that the server ends would end this process, idle or in the middle of a transaction.
  const lost = (error: Error) => options.log.warn({ err: error }, 'a database connection was lost');
  pool.on('error', lost);
  pool.on('connect', (client) => void client.on('error', lost));
  try {
    if (options.asItIs === true) assertSchema(await lastMigration(pool), PG_MIGRATIONS);
    else if (options.readOnly !== true) await migratePg(pool);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const tables = defineTables(kit);
  const db = drizzle(pool);

  async function transact<T>(run: (tx: Db) => Promise<T>): Promise<T> {
    let live = true;
    try {
      return await db.transaction((tx) =>
        run(handle({ builders: tx, t: tables, engine: 'postgres', statements: new Map() }, () => live)),
      );
    } finally {
      live = false;
    }
  }

  async function attempt<T>(run: (tx: Db) => Promise<T>, triesLeft: number): Promise<T> {
    try {
      return await transact(run);
    } catch (error) {
      if (triesLeft > 0 && isCrossed(error)) return attempt(run, triesLeft - 1);
      throw explain(error);
    }
  }

  const writing = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  return {
    engine: 'postgres',
    read: handle({ builders: db, t: tables, engine: 'postgres', statements: new Map() }),
    write: (run) =>
      exclusive(() => {
        const mine = attempt(run, 3);
        const settled = mine.catch(() => undefined);
        writing.add(settled);
        void settled.then(() => writing.delete(settled));
        return mine;
      }),
    snapshot: (run) =>
      db.transaction(
        (tx) => run(handle({ builders: tx, t: tables, engine: 'postgres', statements: new Map() })),
        { isolationLevel: 'repeatable read', accessMode: 'read only' },
      ),
    inspect: () => inspectPostgres(pool, PG_MIGRATIONS),
    close: () => (closed ??= Promise.all(writing).then(() => pool.end())),
  };
}
