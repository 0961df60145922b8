import { type Column, asc, getTableColumns, sql } from 'drizzle-orm';
import { type PgTable, getTableConfig as pgConfig } from 'drizzle-orm/pg-core';
import { type SQLiteTable, getTableConfig as sqliteConfig } from 'drizzle-orm/sqlite-core';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

type Name = keyof Tables;
type Table = Tables[Name];

/** Rows read at once, and written by one statement: both engines take a limited number of values. */
const PAGE = 200;

export const tableNames = (db: Db): Name[] => Object.keys(db.t) as Name[];
export const columnNames = (table: Table): string[] => Object.keys(getTableColumns(table));

/** The columns of the primary key. Guarantee of the casts: a table of `db.t` is one of the engine in use. */
function keyOf(db: Db, table: Table): Column[] {
  const { columns, primaryKeys } =
    db.engine === 'sqlite' ? sqliteConfig(table as unknown as SQLiteTable) : pgConfig(table as PgTable);
  const [composite] = primaryKeys;
  return composite === undefined ? columns.filter((column) => column.primary) : [...composite.columns];
}

type Row = Readonly<Record<string, unknown>>;

/** Every row of a table, in the order of its key, page by page. */
export async function* rowsOf(db: Db, name: Name): AsyncGenerator<Row> {
  const table: Table = db.t[name];
  const key = keyOf(db, table);
  const properties = Object.entries(getTableColumns(table));
  const place = (column: Column) => properties.find(([, own]) => own === column)?.[0] ?? column.name;
  let last: Row | undefined;
  for (;;) {
    const after = last;
    const beyond =
      after === undefined
        ? undefined
        : sql`(${sql.join(key, sql`, `)}) > (${sql.join(
            key.map((column) => sql.param(after[place(column)], column)),
            sql`, `,
          )})`;
    const rows: Row[] = await db
      .select()
      .from(table)
      .where(beyond)
      .orderBy(...key.map((column) => asc(column)))
      .limit(PAGE);
    yield* rows;
    last = rows.at(-1);
    if (rows.length < PAGE) return;
  }
}

/** Adds rows of a table; those of `rows` may lack columns that have a default. */
export async function addRows(tx: Db, name: Name, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += PAGE) {
    await tx.insert(tx.t[name]).values(rows.slice(from, from + PAGE));
  }
}
