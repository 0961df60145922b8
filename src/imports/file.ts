import { createHash } from 'node:crypto';
import { type Encoding, encodingProbe } from '../domain/import/encoding.ts';
import type { Delimiter } from '../domain/import/delimiter.ts';
import { leftOut, readAs, shortenedSaid } from '../domain/import/file-notes.ts';
import { fileKind } from '../domain/import/file-kind.ts';
import { type Mapper, mapRows } from '../domain/import/map-rows.ts';
import type { MappedRow, SkippedRow } from '../domain/import/mapping.ts';
import { type Row, rowsOf } from '../domain/import/rows.ts';
import { titlesOf } from '../domain/import/titles.ts';
import { slug } from '../domain/seat.ts';
import { invalid } from '../errors.ts';
import { sha256 } from '../ids.ts';
import { readMapping } from './read.ts';

/** A file whose bytes can be read again and again. */
export interface FileSource {
  readonly name: string;
  /** A text that was pasted: whoever sent it had decoded it, so its bytes are UTF-8 whatever a mapping says. */
  readonly pasted?: true;
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

type AnyRow = MappedRow | SkippedRow;

/** A file that was read once, bound to its mapping. */
export interface InventoryFile {
  readonly name: string;
  readonly source: string;
  readonly fileHash: string;
  readonly mappingHash: string;
  /** Rows are found again by their key: the mapping has no other id. */
  readonly byKey: boolean;
  /** Rows below the titles, empty ones included. */
  readonly total: number;
  /** So many rows name a seat above them. */
  readonly withParent: number;
  /** How it was read, and what had to be named anew. */
  readonly notes: readonly string[];
  /** All rows in their order. */
  readonly rows: () => AsyncIterable<readonly AnyRow[]>;
  /** The rows that name a seat above them, when all seats are there. */
  readonly rowsWithParent: () => AsyncIterable<readonly AnyRow[]>;
}

/** What is not larger is kept while it is worked with, instead of being read again. */
const KEPT_BYTES = 24 * 1024 * 1024;

const nothingIn = ({ name }: FileSource) =>
  invalid(`There is nothing in ${name}. Save the table as CSV again, and give that.`);

/** The titles of a file, and the rows below them. */
interface Table {
  readonly hash: string;
  readonly bytes: number;
  readonly encoding: Encoding;
  readonly rows: (found?: (delimiter: Delimiter) => void) => AsyncGenerator<readonly Row[]>;
}

async function openTable(
  source: FileSource,
  said: { readonly encoding?: string | undefined; readonly delimiter?: Delimiter | undefined },
): Promise<Table> {
  const hash = createHash('sha256');
  const probe = encodingProbe();
  let bytes = 0;
  for await (const piece of source.bytes()) {
    const kind = bytes === 0 ? fileKind(piece) : undefined;
    if (kind !== undefined)
      throw invalid(`${source.name} is ${kind}, not a CSV file. Save the table as CSV, and give that.`);
    hash.update(piece);
    probe.feed(piece);
    bytes += piece.length;
  }
  if (bytes === 0) throw nothingIn(source);
  const encoding = encodingFor(source, said.encoding, () => probe.decide());
  async function* text() {
    const decoder = new TextDecoder(encoding.label);
    for await (const piece of source.bytes()) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  }
  return {
    hash: hash.digest('hex'),
    bytes,
    encoding,
    rows: (found) =>
      rowsOf(text(), {
        delimiter: said.delimiter,
        ...(found === undefined ? {} : { found }),
      }),
  };
}

function encodingFor({ pasted }: FileSource, said: string | undefined, found: () => Encoding): Encoding {
  if (pasted === true) return { label: 'utf-8', by: 'pasted' };
  return said === undefined ? found() : { label: said, by: 'said' };
}

const isBlank = ({ cells }: Row): boolean => cells.every((cell) => cell.trim() === '');

/** The first row that says something has the titles. */
export async function titlesIn(source: FileSource): Promise<readonly string[]> {
  const table = await openTable(source, {});
  for await (const rows of table.rows()) {
    const first = rows.find((row) => !isBlank(row));
    if (first !== undefined) return titlesOf(first.cells, first.row).titles;
  }
  throw nothingIn(source);
}

/**
 * Reads a file as its mapping says, to its end: what cannot be read as a whole is told before anything is imported.
 * Throws invalid.
 */
export async function openInventory(source: FileSource, mappingText: string): Promise<InventoryFile> {
  const { mapping, mapperFor } = readMapping(mappingText);
  const table = await openTable(source, mapping);
  const kept: AnyRow[][] | undefined = table.bytes <= KEPT_BYTES ? [] : undefined;
  const named = new Set<string>();
  let [total, withParent] = [0, 0];
  let read: Bound | undefined;
  for await (const part of mapped((bound) => void (read = bound))) {
    total += part.length;
    kept?.push([...part]);
    if (mapping.fields.parent === undefined) continue;
    for (const row of part) {
      if (!('values' in row)) continue;
      if (row.values.parent !== undefined) withParent += 1;
      named.add(row.id);
      named.add(slug(String(row.values.key ?? row.values.name)));
    }
  }
  if (read === undefined) throw nothingIn(source);
  const { notes, delimiter, mapper: bound } = read;

  async function* mapped(found: (bound: Bound) => void): AsyncGenerator<readonly AnyRow[]> {
    let mapper: ReturnType<typeof mapperFor> | undefined;
    let parted: Delimiter = ',';
    for await (let rows of table.rows((sign) => void (parted = sign))) {
      if (mapper === undefined) {
        const first = rows.findIndex((row) => !isBlank(row));
        if (first === -1) continue;
        const { titles, notes: renamed } = titlesOf(rows[first]!.cells, rows[first]!.row);
        mapper = mapperFor(titles);
        found({ mapper, delimiter: parted, notes: [...renamed, ...leftOut(mapper.ignored)] });
        rows = rows.slice(first + 1);
      }
      if (rows.length > 0) yield await mapRows(mapper, rows);
    }
  }

  const again = (): AsyncIterable<readonly AnyRow[]> =>
    kept === undefined ? mapped(() => undefined) : inOrder(kept);
  async function* rows() {
    for await (const part of again()) yield named.size === 0 ? part : part.map((row) => knowing(row, named));
  }
  async function* rowsWithParent() {
    for await (const part of again())
      yield part.filter((row) => 'values' in row && row.values.parent !== undefined);
  }
  return {
    name: source.name,
    source: mapping.source,
    byKey: mapping.id === undefined,
    total,
    withParent,
    fileHash: table.hash,
    mappingHash: sha256(mappingText),
    notes: [readAs(table.encoding, delimiter), ...shortenedSaid(bound.shortened), ...notes],
    rows,
    rowsWithParent,
  };
}

/** A file's titles and its mapping, together. */
interface Bound {
  readonly mapper: Mapper;
  readonly delimiter: Delimiter;
  /** What had to be named anew, and what is left out. */
  readonly notes: readonly string[];
}

/** A seat above that stands in the same file need not be there yet. */
const knowing = (row: AnyRow, named: ReadonlySet<string>): AnyRow => {
  if (!('values' in row) || row.values.parent === undefined) return row;
  const parent = String(row.values.parent);
  return named.has(parent) || named.has(slug(parent)) ? { ...row, parentFollows: true } : row;
};

async function* inOrder<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** Parts of exactly `size` rows, but for the last one, beginning after the first `skip`. */
export async function* inBatches(
  parts: AsyncIterable<readonly AnyRow[]>,
  size: number,
  skip = 0,
): AsyncGenerator<readonly AnyRow[]> {
  let left = skip;
  let batch: AnyRow[] = [];
  for await (const part of parts) {
    for (const row of part) {
      if (left > 0) left -= 1;
      else if (batch.push(row) === size) {
        yield batch;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch;
}
