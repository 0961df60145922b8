import { Column, Param, Placeholder, SQL, getTableName, is } from 'drizzle-orm';

type Row = readonly unknown[];
type Values = Readonly<Record<string, unknown>>;

interface Decoder {
  mapFromDriverValue(value: unknown): unknown;
}

interface Field {
  readonly path: readonly string[];
  readonly field: unknown;
}

/** What a prepared query of drizzle's better-sqlite3 driver is made of; test/quick.test.ts holds it to that. */
interface Insides {
  readonly stmt: {
    raw(): { all(...params: unknown[]): Row[] };
    run(...params: unknown[]): unknown;
  };
  readonly query: { readonly params: readonly unknown[] };
  readonly fields: readonly Field[] | undefined;
  readonly joinsNotNullableMap: Readonly<Record<string, boolean>> | undefined;
}

/**
 * Runs a prepared query of drizzle's as drizzle does, with everything that does not depend on the values worked out
 * once: which values go where, and how each column is read. Drizzle finds that out anew for each value of each row,
 * which takes longer than SQLite needs for the query.
 */
export function quick(prepared: unknown): (values: Values) => unknown {
  // Guarantee of the cast: see Insides.
  const { stmt, query, fields, joinsNotNullableMap } = prepared as Insides;
  const fill = filler(query.params);
  if (fields === undefined) return (values) => stmt.run(...fill(values));
  const read = reader(fields, joinsNotNullableMap);
  return (values) =>
    stmt
      .raw()
      .all(...fill(values))
      .map(read);
}

function filler(params: readonly unknown[]): (values: Values) => unknown[] {
  const places = params.map((param): ((values: Values) => unknown) => {
    if (is(param, Placeholder)) return (values) => valueOf(values, param.name);
    if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
    const { encoder } = param;
    const { name } = param.value;
    return (values) => encoder.mapToDriverValue(valueOf(values, name));
  });
  return (values) => places.map((place) => place(values));
}

function valueOf(values: Values, name: string): unknown {
  const value = values[name];
  if (value === undefined) throw new Error(`no value for ${name}`);
  return value;
}

/** Undefined where a value is what the driver gives. */
function decoderOf(field: unknown): Decoder | undefined {
  if (is(field, Column))
    return field.mapFromDriverValue === Column.prototype.mapFromDriverValue ? undefined : field;
  // Guarantee of the casts: whatever is selected is a column, an expression, or one with another name.
  if (is(field, SQL)) return (field as unknown as { decoder: Decoder }).decoder;
  return (field as { sql: { decoder: Decoder } }).sql.decoder;
}

/** A joined table whose columns are all null has no row there: it is null as a whole. */
interface Joined {
  readonly name: string;
  readonly columns: readonly number[];
}

function reader(
  fields: readonly Field[],
  notNullable: Insides['joinsNotNullableMap'],
): (row: Row) => unknown {
  const columns = fields.map(({ path, field }) => ({
    table: path.length === 2 ? path[0]! : undefined,
    name: path.at(-1)!,
    decoder: decoderOf(field),
  }));
  if (fields.some(({ path }) => path.length > 2)) throw new Error('a selection is nested too deeply');
  const absent = notNullable === undefined ? [] : absentTables(fields, notNullable);
  return (row) => {
    const read: Record<string, unknown> = {};
    for (let i = 0; i < columns.length; i += 1) {
      const { table, name, decoder } = columns[i]!;
      const given = row[i];
      const value = given === null || decoder === undefined ? given : decoder.mapFromDriverValue(given);
      if (table === undefined) read[name] = value;
      else ((read[table] ??= {}) as Record<string, unknown>)[name] = value;
    }
    for (const { name, columns } of absent) if (columns.every((i) => row[i] === null)) read[name] = null;
    return read;
  };
}

/** Those of the tables in a selection that may be absent. */
function absentTables(
  fields: readonly Field[],
  notNullable: Readonly<Record<string, boolean>>,
): readonly Joined[] {
  const joined = new Map<string, { tables: Set<string>; columns: number[] }>();
  for (const [i, { path, field }] of fields.entries()) {
    if (path.length !== 2 || !is(field, Column)) continue;
    const group = joined.get(path[0]!) ?? { tables: new Set(), columns: [] };
    group.tables.add(getTableName(field.table));
    group.columns.push(i);
    joined.set(path[0]!, group);
  }
  return [...joined].flatMap(([name, { tables, columns }]) => {
    const [table, ...others] = tables;
    return others.length === 0 && notNullable[table!] !== true ? [{ name, columns }] : [];
  });
}
