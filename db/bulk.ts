import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Table, getTableColumns, getTableName } from 'drizzle-orm';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

/** So many rows are inserted before others get a turn of the event loop. */
const TURN = 250;

/**
 * Inserts whole rows into the table of that name, in their order, whatever their number. SQLite takes one row at a time
 * with a statement that is compiled once; with PostgreSQL it is the way there and back that counts.
 */
export async function insertRows<N extends keyof Tables>(
  tx: Db,
  name: N,
  rows: readonly Tables[N]['$inferSelect'][],
): Promise<void> {
  const table: Table = tx.t[name];
  const columns = Object.entries(getTableColumns(table)).map(([key, column]) => ({ key, column }));
  const sqlNames = columns.map(({ column }) => `"${column.name}"`);
  const one = tx.plain?.(
    `insert into "${getTableName(table)}" (${sqlNames.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  );
  for (let from = 0; from < rows.length; from += TURN) {
    const some = rows.slice(from, from + TURN);
    if (one === undefined) await tx.insert(table).values(some);
    else for (const row of some) one(valuesOf(row));
    if (from + TURN < rows.length) await nextTurn();
  }

  function valuesOf(row: Readonly<Record<string, unknown>>): (string | number | null)[] {
    const values = new Array<string | number | null>(columns.length);
    for (let i = 0; i < columns.length; i += 1) {
      const { key, column } = columns[i]!;
      const value = row[key];
      // Guarantee of the cast: the column's own encoding is what the driver takes.
      values[i] = value === null ? null : (column.mapToDriverValue(value) as string | number);
    }
    return values;
  }
}
