import { type AnyColumn, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { quick } from './quick.sqlite.ts';
import { forEverySight, sightValues } from './sight.ts';
import type { Db } from './store.ts';

/** Where the values of a statement come in when it runs: expressions, wherever a value or a limit is wanted. */
export type Places<N extends string> = { readonly [K in N]: Placeholder };

/** A query that knows its SQL already. */
interface Statement<R> {
  execute(values: Readonly<Record<string, unknown>>): PromiseLike<R> | R;
}

interface Preparable<R> {
  prepare(name: string): Statement<R>;
}

/** Statements of one connection (SQLite) or pool (PostgreSQL), by name. */
export type Statements = Map<string, Statement<unknown>>;

const names = new Set<string>();

/**
 * SQLite plans a statement anew whenever a value is bound that its plan has looked at (in joins, sorted or limited
 * queries), which takes ten times as long as running it; behind a `select` it does not look. Guarantee of the cast:
 * drizzle puts either into the statement as an expression.
 */
const placeIn = (engine: Db['engine'], name: string): Placeholder =>
  engine === 'sqlite'
    ? (sql`(select ${sql.placeholder(name)})` as unknown as Placeholder)
    : sql.placeholder(name);

/** Every name that is read is a place. Guarantee of the cast: only names of N can be read. */
const placesOf = <N extends string>(engine: Db['engine']): Places<N> =>
  new Proxy({}, { get: (_, name) => placeIn(engine, String(name)) }) as Places<N>;

/**
 * A query that is built and compiled once for each connection instead of at every call: building costs several
 * times what running does. `name` is PostgreSQL's name of the statement, so it has to be unique. Values are driver
 * values: text and numbers as they are, instants through `at`, lists through `among`. A constant is written into the
 * SQL (`sql`true``), since SQLite looks at bound ones: see `placeIn`.
 */
export function prepared<N extends string, R>(
  name: string,
  build: (db: Db, places: Places<N>) => Preparable<R>,
): (db: Db, values: Readonly<Record<N, unknown>>) => Promise<R> {
  if (names.has(name)) throw new Error(`two statements are called ${name}`);
  names.add(name);
  return async (db, values) => {
    let statement = db.statements.get(name);
    if (statement === undefined) {
      const seen = forEverySight(db, (value) => placeIn(db.engine, value));
      // PostgreSQL knows it by this name, and a sighted one is another statement.
      const called = seen === db ? name : `${name}_sighted`;
      const built = build(seen, placesOf<N>(db.engine)).prepare(called);
      const run = db.engine === 'sqlite' ? quick(built) : undefined;
      statement = run === undefined ? built : { execute: db.answers?.(run) ?? run };
      db.statements.set(name, statement);
    }
    const sight = sightValues(db);
    // Guarantee: the statement under this name was made by `build`, since names are unique.
    return (statement as Statement<R>).execute(sight === undefined ? values : { ...values, ...sight });
  };
}

/** A place for an instant, encoded as its column is: SQLite keeps it as the number that it is. */
export const at = (db: Db, place: Placeholder, column: AnyColumn): SQL =>
  db.engine === 'sqlite' ? sql`${place}` : sql`${sql.param(place, column)}`;

/** `column in (…)` with a list of texts of any length as one value: see `list`. */
export const among = (db: Db, column: AnyColumn, place: Placeholder): SQL =>
  db.engine === 'sqlite'
    ? sql`${column} in (select value from json_each(${place}))`
    : sql`${column} = any(${place})`;

/** The value for `among`. */
export const list = (db: Db, texts: Iterable<string>): unknown => {
  const unique = [...new Set(texts)];
  return db.engine === 'sqlite' ? JSON.stringify(unique) : unique;
};

/** A place for the value of each column, encoded as the column is: for an insert of one row. */
export const row = <C extends string>(columns: readonly C[]): Readonly<Record<C, Placeholder>> =>
  // Guarantee of the cast: the names are those of C.
  Object.fromEntries(columns.map((column) => [column, sql.placeholder(column)])) as unknown as Record<
    C,
    Placeholder
  >;
