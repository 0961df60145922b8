import type { Wall } from '../src/clock.ts';
import type { Log } from '../src/log.ts';
import type { TimeLimits } from './limits.ts';
import type { Store } from './store.ts';

export interface OpenOptions {
  readonly wall: Wall;
  readonly log: Log;
  /** Refuse to write, and do not migrate: for checks beside a running Coxswain. */
  readonly readOnly?: boolean;
  /** Write, but do not migrate; refuse a database of another version: for commands beside a running Coxswain. */
  readonly asItIs?: boolean;
  /** How long PostgreSQL may take; what people who wait for an answer can bear, when left out. */
  readonly limits?: TimeLimits;
  /** What is kept is thrown away when the process ends: no commit waits for the disk. SQLite only; for the sandbox. */
  readonly passing?: boolean;
}

/** Opens `file:…` (SQLite) or `postgres://…`, migrated to this version's schema. Loads only the driver it needs. */
export async function openStore(url: string, options: OpenOptions): Promise<Store> {
  if (url.startsWith('file:')) {
    const { openSqlite } = await import('./open.sqlite.ts');
    return openSqlite(url.slice('file:'.length), options);
  }
  const { openPostgres } = await import('./open.pg.ts');
  return openPostgres(url, options);
}
