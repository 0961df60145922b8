import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Table, getTableColumns, getTableName } from 'drizzle-orm';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

/** So many rows, or characters of them, are inserted before others get a turn of the event loop. */
const TURN = { rows: 100, characters: 256 * 1024 };
/** Rows of one statement of PostgreSQL. */
const TOGETHER = 250;

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
  if (one === undefined) {
    for (let from = 0; from < rows.length; from += TOGETHER) {
      await tx.insert(table).values(rows.slice(from, from + TOGETHER));
      if (from + TOGETHER < rows.length) await nextTurn();
    }
    return;
  }
  let [inserted, characters] = [0, 0];
  for (const row of rows) {
    const values = valuesOf(row);
    one(values);
    inserted += 1;
    for (const value of values) if (typeof value === 'string') characters += value.length;
    if (inserted < TURN.rows && characters < TURN.characters) continue;
    await nextTurn();
    [inserted, characters] = [0, 0];
  }

  function valuesOf(row: Readonly<Record<string, unknown>>): (string | number | null)[] {
    const values: (string | number | null)[] = [];
    for (const { key, column } of columns) {
      const value = row[key];
      // Guarantee of the cast: the column's own encoding is what the driver takes.
      values.push(value === null ? null : (column.mapToDriverValue(value) as string | number));
    }
    return values;
  }
}
