import { and, eq, getTableColumns, getTableName, sql } from 'drizzle-orm';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Reading } from './metrics.ts';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';

const COLUMNS = [
  'org',
  'id',
  'metric',
  'period',
  'periodStart',
  'value',
  'at',
  'reporter',
  'note',
  'present',
  'supersedes',
] as const satisfies readonly (keyof Reading)[];

/** An insert of so many rows that is compiled once: building it costs several times what running it does. */
function insertOf(count: number): (tx: Db, rows: readonly Reading[], from: number) => Promise<unknown> {
  const names = Array.from({ length: count }, (_, n) => COLUMNS.map((column) => `${column}${n}`));
  const insert = prepared(`insert_${count}_readings`, (db) => {
    const rows = names.map((row) => Object.fromEntries(COLUMNS.map((c, i) => [c, sql.placeholder(row[i]!)])));
    // Guarantee of the cast: every column of a reading has its place.
    return db.insert(db.t.readings).values(rows as unknown as Reading[]);
  });
  return (tx, rows, from) => {
    const values: Record<string, unknown> = {};
    for (let n = 0; n < count; n += 1) {
      const row = rows[from + n]!;
      const place = names[n]!;
      for (let i = 0; i < COLUMNS.length; i += 1) values[place[i]!] = row[COLUMNS[i]!];
    }
    return insert(tx, values);
  };
}

/** With PostgreSQL it is the way there and back that counts. Large first; together they make up any number. */
const SIZES = [100, 10, 1].map((count) => ({ count, insert: insertOf(count) }));

/** So many rows are inserted before others get a turn of the event loop. */
const TURN = 500;

/** Inserts readings, in their order. */
export async function insertReadings(tx: Db, rows: readonly Reading[]): Promise<void> {
  const one = tx.plain?.(insertOne(tx));
  if (one !== undefined) return insertPlain(one, rows);
  let from = 0;
  for (const { count, insert } of SIZES) {
    for (; from + count <= rows.length; from += count) await insert(tx, rows, from);
  }
}

const insertOne = ({ t: { readings } }: Db): string =>
  `insert into ${getTableName(readings)} (${COLUMNS.map((c) => readings[c].name).join(', ')}) values (${COLUMNS.map(() => '?').join(', ')})`;

/**
 * SQLite is fastest with one row at a time: a statement of many rows keeps a journal of its own, to be undone alone.
 */
async function insertPlain(
  insert: (values: readonly (string | number | null)[]) => void,
  rows: readonly Reading[],
): Promise<void> {
  for (const [i, row] of rows.entries()) {
    insert(COLUMNS.map((column) => row[column]));
    if (i % TURN === TURN - 1) await nextTurn();
  }
}

const supersede = prepared('supersede_readings', (db, p: Places<'org' | 'ids'>) => {
  const { readings } = db.t;
  return db
    .update(readings)
    .set({ present: null })
    .where(and(eq(readings.org, p.org), among(db, readings.id, p.ids)));
});

/** These readings do not count any more; they are kept. */
export async function supersedeReadings(tx: Db, org: string, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += TURN) {
    await supersede(tx, { org, ids: list(tx, ids.slice(from, from + TURN)) });
    await nextTurn();
  }
}

const latest = prepared('latest_readings', (db, p: Places<'org' | 'metrics'>) => {
  const { metrics, readings } = db.t;
  // `readings_by_metric` answers it for each metric with one look, however many readings there are.
  const newest = sql`(select r.id from ${readings} as r where r.org = ${metrics.org} and r.metric = ${metrics.id} and r.present is not null order by r.period_start desc limit 1)`;
  return db
    .select(getTableColumns(readings))
    .from(metrics)
    .innerJoin(readings, and(eq(readings.org, metrics.org), eq(readings.id, newest)))
    .where(and(eq(metrics.org, p.org), among(db, metrics.id, p.metrics)));
});

/** Of each metric the reading that counts for its newest period, by metric. */
export async function latestReadings(
  db: Db,
  org: string,
  metrics: readonly string[],
): Promise<Map<string, Reading>> {
  if (metrics.length === 0) return new Map();
  const rows = await latest(db, { org, metrics: list(db, metrics) });
  return new Map(rows.map((row) => [row.metric, row]));
}
