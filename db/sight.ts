import {
  type AnyColumn,
  Column,
  type SQL,
  Table,
  and,
  eq,
  getTableColumns,
  is,
  isNull,
  or,
  sql,
} from 'drizzle-orm';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

/** What the reader of a handle may not see. Empty for most, and for Coxswain itself. */
export interface Sight {
  /** Ids of seats. Nothing about them comes out of a sighted handle. */
  readonly hidden: readonly string[];
}

/** Sees all there is. */
export const ALL: Sight = { hidden: [] };

type Name = keyof Tables;

/** By which column a row of a table belongs to a seat, or to something that does. */
type Bond = { readonly by: string; readonly via?: Name };

/** Tables whose rows are about a seat: a sighted handle reads none that are about a hidden one. */
export const SEAT_BOUND = {
  seats: { by: 'id' },
  owners: { by: 'seat' },
  metrics: { by: 'seat' },
  stageChanges: { by: 'seat' },
  priorities: { by: 'seat' },
  issues: { by: 'seat' },
  policies: { by: 'seat' },
  scores: { by: 'seat' },
  scoreRequests: { by: 'seat' },
  inventory: { by: 'seat' },
  seatVendors: { by: 'seat' },
  seatChanges: { by: 'seat' },
  tokens: { by: 'seat' },
  targetChanges: { by: 'metric', via: 'metrics' },
  baselines: { by: 'metric', via: 'metrics' },
  readings: { by: 'metric', via: 'metrics' },
  tracks: { by: 'priority', via: 'priorities' },
  signals: { by: 'issue', via: 'issues' },
  escalations: { by: 'issue', via: 'issues' },
  pings: { by: 'issue', via: 'issues' },
  comments: { by: 'issue', via: 'issues' },
  alerts: { by: 'issue', via: 'issues' },
} as const satisfies Partial<Record<Name, Bond>>;

/** Every other table, and why nothing about a hidden seat can be read from it. */
export const NOT_SEAT_BOUND = {
  orgs: 'about the organisation',
  people: 'about people',
  identities: 'about people',
  installations: 'about workspaces',
  channels: 'about conversations: that one exists, the platform itself says to who is in it',
  installStates: 'attempts at installing',
  vendors: 'about companies; which seats they stand behind is read from `seatVendors`',
  vendorChanges: 'about companies',
  rules: 'a rule is written by governors for every seat; the issue that taught it is read from `issues`',
  rubrics: 'the same for all seats',
  rubricApprovals: 'the same for all seats',
  drafts: 'what a person typed, read by that person only',
  messages: 'ids; the card is drawn with the sight of where it stands',
  deliveries: 'attempts at messages',
  digests: 'about channels',
  executiveDigests: 'about people and channels',
  slots: 'times',
  followUps: 'work of Coxswain itself',
  results: 'read by who made the call, with the same input',
  imports: 'files with an inventory, for who brought them in',
  importParts: 'files with an inventory, for who brought them in',
  auditHeads: 'hashes',
  auditExports: 'hashes',
  auditEntries: 'read whole to check the chain, by subject only through entriesAbout',
  auditTexts: 'read whole to check the chain',
} as const satisfies Record<Exclude<Name, keyof typeof SEAT_BOUND>, string>;

/** Where the values of a sight stand in the statements of a handle. */
interface Marks {
  readonly org: unknown;
  readonly hidden: unknown;
}

/** `column` is about none of the hidden ones. SQLite takes a list as JSON, see `among`. */
const noneOf = (db: Db, column: SQL | AnyColumn, hidden: unknown): SQL =>
  db.engine === 'sqlite'
    ? sql`${column} not in (select value from json_each(${hidden}))`
    : sql`${column} <> all(${hidden})`;

const oneOf = (db: Db, column: SQL | AnyColumn, hidden: unknown): SQL =>
  db.engine === 'sqlite'
    ? sql`${column} in (select value from json_each(${hidden}))`
    : sql`${column} = any(${hidden})`;

/** Names of tables in SQL by their names here, made once. */
const namesOf = new WeakMap<Tables, ReadonlyMap<string, Name>>();
function nameOf(t: Tables, table: Table): Name | undefined {
  let names = namesOf.get(t);
  if (names === undefined) {
    // Guarantee of the cast: `t` has these keys and no others.
    names = new Map((Object.keys(t) as Name[]).map((name) => [sqlNameOf(t[name] as Table), name]));
    namesOf.set(t, names);
  }
  return names.get(sqlNameOf(table));
}

/** The table's own name, also when it is read under another one. */
const sqlNameOf = (table: Table): string => {
  // Guarantee of the cast: drizzle keeps the name of every table under this symbol.
  const { OriginalName } = (Table as unknown as { Symbol: { OriginalName: symbol } }).Symbol;
  return String((table as unknown as Record<symbol, unknown>)[OriginalName]);
};

const columnOf = (table: Table, name: string): AnyColumn => {
  const column = getTableColumns(table)[name];
  if (!is(column, Column)) throw new Error(`a table has no column ${name}`);
  return column;
};

/** What a row of `source` has to fulfil; undefined for what is about no seat. */
function seen(db: Db, marks: Marks, source: unknown): SQL | undefined {
  if (!is(source, Table)) return undefined;
  const name = nameOf(db.t, source);
  const bond: Bond | undefined =
    name !== undefined && name in SEAT_BOUND ? SEAT_BOUND[name as keyof typeof SEAT_BOUND] : undefined;
  if (bond === undefined) return undefined;
  const column = columnOf(source, bond.by);
  const visible =
    bond.via === undefined ? noneOf(db, column, marks.hidden) : notVia(db, marks, column, bond.via);
  return column.notNull ? visible : or(isNull(column), visible);
}

function notVia(db: Db, marks: Marks, column: AnyColumn, via: Name): SQL {
  const table = db.t[via] as Table;
  const [id, org, seat] = ['id', 'org', 'seat'].map((name) => columnOf(table, name));
  const about = oneOf(db, seat!, marks.hidden);
  return sql`${column} not in (select ${id} from ${table} where ${and(eq(org!, marks.org), about)})`;
}

/** What is used of drizzle's queries. Guarantee of the casts to it: they have these methods on both engines. */
interface Query {
  where(condition: SQL | undefined): unknown;
  innerJoin(table: unknown, on: SQL | undefined): unknown;
  leftJoin(table: unknown, on: SQL | undefined): unknown;
}

const UNUSED = ['rightJoin', 'fullJoin', 'crossJoin'] as const;

/** A query of which every table is seen through the sight: what is joined in its condition, the rest in `where`. */
function through(db: Db, marks: Marks, query: Query, source: unknown): unknown {
  const where = query.where.bind(query);
  const visible = seen(db, marks, source);
  query.where = (condition) => where(and(condition, visible));
  for (const join of ['innerJoin', 'leftJoin'] as const) {
    const joined = query[join].bind(query);
    query[join] = (table, on) => joined(table, and(on, seen(db, marks, table)));
  }
  const refused = Object.fromEntries(
    UNUSED.map((join) => [
      join,
      () => {
        throw new Error(`${join} shows rows that its condition does not hold back: use another join`);
      },
    ]),
  );
  Object.assign(query, refused);
  return visible === undefined ? query : where(visible);
}

interface Builder {
  from(source: unknown): Query;
}

const looking = <F extends (...args: never[]) => unknown>(db: Db, marks: Marks, select: F): F =>
  ((...args: Parameters<F>) => {
    const builder = select(...args) as Builder;
    const from = builder.from.bind(builder);
    return Object.assign(builder, {
      from: (source: unknown) => through(db, marks, from(source), source),
    });
  }) as F;

const statementsOf = new WeakMap<Db['statements'], Db['statements']>();

/** Those of sighted handles have other SQL, the same for every sight. */
function ofSighted(statements: Db['statements']): Db['statements'] {
  let found = statementsOf.get(statements);
  if (found === undefined) statementsOf.set(statements, (found = new Map()));
  return found;
}

interface Behind {
  readonly whole: Db;
  readonly values: Marks;
}

const behind = new WeakMap<Db, Behind>();

const withMarks = (whole: Db, sight: Sight, marks: Marks): Db => ({
  t: whole.t,
  engine: whole.engine,
  sight,
  plain: whole.plain,
  answers: whole.answers,
  get statements() {
    return ofSighted(whole.statements);
  },
  select: looking(whole, marks, whole.select),
  selectDistinct: looking(whole, marks, whole.selectDistinct),
  insert: whole.insert,
  update: whole.update,
  delete: whole.delete,
});

/**
 * The handle for a reader who may not see some seats of this organisation: no row about them comes out of any query
 * that is built with it. With nothing hidden it is the same handle, at no cost. What is written is not held back:
 * it was found by reading.
 */
export function sighted(db: Db, org: string, hidden: readonly string[]): Db {
  if (hidden.length === 0) return db;
  const whole = behind.get(db)?.whole ?? db;
  const all = [...new Set([...hidden, ...db.sight.hidden])];
  const values = { org, hidden: db.engine === 'sqlite' ? JSON.stringify(all) : all };
  const marks = { org, hidden: db.engine === 'sqlite' ? values.hidden : sql.param(values.hidden) };
  const made = withMarks(whole, { hidden: all }, marks);
  behind.set(made, { whole, values });
  return made;
}

/**
 * The handle that sees all, for what has to hold for hidden seats too. `why` tells the reader of the code; what is
 * read with it must not reach the person.
 */
export const seesAll = (db: Db, _why: string): Db => behind.get(db)?.whole ?? db;

const PLACES = { org: 'sight_org', hidden: 'sight_hidden' } as const;

/** The handle with which a statement is built once for every sight; the sight's values come when it runs. */
export function forEverySight(db: Db, place: (name: string) => unknown): Db {
  const found = behind.get(db);
  if (found === undefined) return db;
  return withMarks(found.whole, db.sight, { org: place(PLACES.org), hidden: place(PLACES.hidden) });
}

/** The sight's values for a statement that was built with `forEverySight`. */
export function sightValues(db: Db): Readonly<Record<string, unknown>> | undefined {
  const values = behind.get(db)?.values;
  return values === undefined ? undefined : { [PLACES.org]: values.org, [PLACES.hidden]: values.hidden };
}
