import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { addRows, columnNames, rowsOf, tableNames } from '../../db/portable.ts';
import type { Db, Store } from '../../db/store.ts';
import type { Tables } from '../../db/tables.ts';
import { wall } from '../clock.ts';
import { invalid } from '../errors.ts';
import { VERSION } from '../version.ts';

const PORTABLE = 'coxswain backup';
const FORMAT = 1;

/** Writes all rows, as they are at one moment, as lines of JSON that both engines can be filled from. */
export async function writePortable(store: Store, path: string): Promise<void> {
  await store.snapshot((db) =>
    pipeline(Readable.from(linesOf(db)), createGzip(), createWriteStream(path, { flush: true })),
  );
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** A header, then each table's columns and rows, then how many rows there are: a file that was cut off has no end. */
async function* linesOf(db: Db): AsyncGenerator<string> {
  yield line({
    is: PORTABLE,
    format: FORMAT,
    version: VERSION,
    engine: db.engine,
    at: new Date(wall.now()).toISOString(),
  });
  const counts: Record<string, number> = {};
  for (const table of tableNames(db)) {
    const columns = columnNames(db.t[table]);
    yield line({ table, columns });
    let count = 0;
    for await (const row of rowsOf(db, table)) {
      count += 1;
      yield line(columns.map((column) => row[column] ?? null));
    }
    counts[table] = count;
  }
  yield line({ end: true, counts });
}

export const damaged = (why: string) =>
  invalid(`This is no whole backup of Coxswain: ${why}. Take another one.`, {
    hint: 'coxswain restore coxswain.ndjson.gz',
  });

interface Section {
  readonly table: keyof Tables;
  readonly columns: readonly string[];
}

/** Puts the rows of a portable backup into an empty database, in one transaction; returns how many. */
export async function readPortable(tx: Db, path: string): Promise<number> {
  const counts: Record<string, number> = {};
  let section: Section | undefined;
  let rows: Record<string, unknown>[] = [];
  let total = 0;
  let told: Readonly<Record<string, number>> | undefined;
  let number = 0;
  const flush = async () => {
    if (section !== undefined) await addRows(tx, section.table, rows);
    total += rows.length;
    rows = [];
  };
  for await (const text of linesIn(path)) {
    number += 1;
    const value = parsed(text, number);
    if (number === 1) assertHeader(value);
    else if (Array.isArray(value)) {
      if (section === undefined) throw damaged(`the row in line ${number} stands outside of any table`);
      if (value.length !== section.columns.length)
        throw damaged(`line ${number} has ${value.length} values for ${section.columns.length} columns`);
      rows.push(Object.fromEntries(section.columns.map((column, at) => [column, value[at]])));
      counts[section.table] = (counts[section.table] ?? 0) + 1;
      if (rows.length >= 1000) await flush();
    } else {
      await flush();
      const between = dividerSchema.safeParse(value).data;
      if (between === undefined)
        throw damaged(`line ${number} is neither a row nor the beginning of a table`);
      told = 'counts' in between ? between.counts : undefined;
      section = 'table' in between ? sectionOf(tx, between.table, between.columns) : undefined;
      if (section !== undefined) counts[section.table] = 0;
    }
  }
  if (told === undefined) throw damaged('it was cut off or altered');
  if (JSON.stringify(told) !== JSON.stringify(counts)) throw damaged('rows are missing');
  return total;
}

/** Lines of a file that was compressed; one that was cut off or is something else is a damaged backup. */
async function* linesIn(path: string): AsyncGenerator<string> {
  const unzipped = createGunzip();
  let fault: unknown;
  const fed = pipeline(createReadStream(path), unzipped).catch((error: unknown) => {
    fault = error;
  });
  try {
    yield* createInterface({ input: unzipped, crlfDelay: Infinity });
  } catch (error) {
    fault = error;
  }
  await fed;
  if (fault !== undefined) throw damaged('it was cut off or altered');
}

function parsed(text: string, number: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(`line ${number} is not JSON`);
  }
}

/** What stands between rows: the next table, or at the end how many rows there are. */
const dividerSchema = z.union([
  z.object({ table: z.string(), columns: z.array(z.string()) }),
  z.object({ end: z.literal(true), counts: z.record(z.string(), z.number()) }),
]);

function assertHeader(value: unknown): void {
  const { is, format } = (value ?? {}) as { is?: unknown; format?: unknown };
  if (is !== PORTABLE) throw damaged('it begins with something else');
  if (format !== FORMAT)
    throw invalid('This backup was made by a newer Coxswain. Use that version to restore it.');
}

/** What this version does not know would be lost without a word: then nothing is restored. */
function sectionOf(tx: Db, table: string, columns: readonly string[]): Section {
  const known = tableNames(tx).find((name) => name === table);
  const strange = known === undefined ? table : columns.find((c) => !columnNames(tx.t[known]).includes(c));
  if (known === undefined || strange !== undefined)
    throw invalid(
      `This backup holds ${strange?.slice(0, 40)}, which this version does not know: it was made by a newer Coxswain. Use that version.`,
    );
  return { table: known, columns };
}
