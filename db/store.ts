import { AsyncLocalStorage } from 'node:async_hooks';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { CoxswainError, unavailable } from '../src/errors.ts';
import type { Answers } from './answers.sqlite.ts';
import type { Statements } from './prepared.ts';
import { ALL, type Sight } from './sight.ts';
import type { Tables } from './tables.ts';

type Builders = Pick<
  PgDatabase<PgQueryResultHKT>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'
>;

/** What query functions get: drizzle's builders and the tables of the engine in use. Every builder is awaited. */
export type Db = Builders & {
  readonly t: Tables;
  readonly engine: Store['engine'];
  /** What was built for this connection already: see prepared.ts. Refused, like the builders, after a transaction. */
  readonly statements: Statements;
  /** What its reader may not see: see sight.ts. */
  readonly sight: Sight;
  readonly plain?: Plain | undefined;
  /** Keeps the answers of a query for as long as they are true: see answers.sqlite.ts. */
  readonly answers?: Answers | undefined;
};

/**
 * A statement that is run thousands of times in a row, as SQL with `?` and driver values: what a builder does for each
 * row is a visible part of storing it. SQLite only; with PostgreSQL it is the way there and back that counts.
 */
type Plain = (text: string) => (values: readonly (string | number | null)[]) => void;

export interface WriteOptions {
  /** It may take long: no other write waits for it to be told what became of itself. */
  readonly alone?: boolean;
}

/** What can be told about the database itself. */
export interface StoreFacts {
  readonly engine: Store['engine'];
  /** Migrations that were applied, and those that this version has. */
  readonly applied: number;
  readonly known: number;
  readonly bytes: number;
  readonly walBytes?: number;
  /** Where its file is. */
  readonly freeBytes?: number;
  /** Whether its pages were checked; what is wrong with them stands in `faults`. */
  readonly checked: boolean;
  readonly faults: readonly string[];
  /** By the clock of the database's own machine. */
  readonly now?: number;
}

export interface Store {
  readonly engine: 'sqlite' | 'postgres';
  /** For queries only; SQLite refuses writes on it. */
  readonly read: Db;
  /** One transaction. The handle is dead afterwards; a write inside a write is refused; no network call inside. */
  write<T>(run: (tx: Db) => Promise<T>, how?: WriteOptions): Promise<T>;
  /** Reads everything as it is at one moment, however long that takes and whatever is written meanwhile. */
  snapshot<T>(run: (db: Db) => Promise<T>): Promise<T>;
  /** For the doctor and backups. `deep` reads all of a SQLite file, whatever its size. */
  inspect(deep: boolean): Promise<StoreFacts>;
  /** A consistent copy into a file (SQLite), while everything goes on. */
  backup?(file: string): Promise<void>;
  close(): Promise<void>;
}

/** The same store, read through another handle. */
export const readThrough = (store: Store, read: Db): Store =>
  read === store.read ? store : { ...store, read };

const inside = new AsyncLocalStorage<true>();

/** Refuses nesting: two transactions of one request would wait for each other. */
export function exclusive<T>(run: () => Promise<T>): Promise<T> {
  if (inside.getStore()) return Promise.reject(new Error('a write inside a write: pass the tx on instead'));
  return inside.run(true, run);
}

interface Source {
  readonly builders: Builders;
  readonly t: Tables;
  readonly engine: Store['engine'];
  readonly statements: Statements;
  readonly plain?: Plain;
  readonly answers?: Answers;
}

/** The builders of a source, refused once `live()` says no. */
export function handle(
  { builders: source, t, engine, statements, plain, answers }: Source,
  live: () => boolean = () => true,
): Db {
  const check = () => {
    if (!live()) throw new Error('a transaction handle was used after its transaction ended');
  };
  const guard = <F extends (...args: never[]) => unknown>(build: F): F =>
    ((...args: Parameters<F>) => {
      check();
      return build.apply(source, args);
    }) as F;
  return {
    t,
    engine,
    sight: ALL,
    get statements() {
      check();
      return statements;
    },
    plain: plain && guard(plain),
    answers,
    select: guard(source.select),
    selectDistinct: guard(source.selectDistinct),
    insert: guard(source.insert),
    update: guard(source.update),
    delete: guard(source.delete),
  };
}

function codeOf(error: unknown): string {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    const { code } = e as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return '';
}

/** True for a violated unique index or primary key, on both engines. */
export const isUniqueViolation = (error: unknown): boolean =>
  ['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(codeOf(error));

export const isBusy = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_BUSY');

/** PostgreSQL gave up one of two transactions that crossed: running it again is right. */
export const isCrossed = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error));

const OUT_OF_REACH =
  /^(?:SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN|CORRUPT|BUSY)|53|55P03|57|25P03|08|ECONN|ENOTFOUND|ETIMEDOUT)/;

const WHY: Readonly<Record<string, string>> = {
  '53100': 'its disk is full',
  '55P03': 'somebody else is changing the same for too long',
  '57014': 'it took too long',
  '25P03': 'it took too long',
};

/** What pg says without a code: nobody answered its pool in time, or a connection ended under a transaction. */
const NO_CODE =
  /^(?:timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;

function isUnreached(error: unknown): boolean {
  for (let e: unknown = error; e instanceof Error; e = e.cause) if (NO_CODE.test(e.message)) return true;
  return false;
}

/** Faults of the database itself become one sentence for people; everything else stays as it is. */
export function explain(error: unknown): unknown {
  if (error instanceof CoxswainError) return error;
  const code = codeOf(error) || (isUnreached(error) ? 'ETIMEDOUT' : '');
  if (!OUT_OF_REACH.test(code)) return error;
  const why = WHY[code] ?? (code.startsWith('SQLITE_FULL') ? 'its disk is full' : `it answers ${code}`);
  return unavailable(`The database cannot take this now (${why}). Nothing was changed; please try again.`, {
    cause: error,
  });
}
