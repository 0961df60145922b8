import { setImmediate as nextTurn } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { invalid } from '../../errors.ts';
import { beginningOf, type Delimiter } from './delimiter.ts';

/** A row of a file. */
export interface Row {
  /** As a spreadsheet counts: the first is 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** No row that is meant is longer. */
const LONGEST_ROW = 1_000_000;
/** So many characters decide what parts the cells. */
const HEAD = 64 * 1024;

interface Settings {
  /** What parts the cells, where that is said. */
  readonly delimiter?: Delimiter | undefined;
  /** Called once it is known. */
  readonly found?: (delimiter: Delimiter) => void;
}

/**
 * The rows of a CSV text that comes in pieces, a few hundred at a time. Throws `invalid` with the row where the file
 * cannot be read any further.
 */
export async function* rowsOf(
  text: AsyncIterable<string>,
  { delimiter: said, found }: Settings = {},
): AsyncGenerator<readonly Row[]> {
  const { pieces, head } = await withHead(text);
  const { delimiter, skip } = beginningOf(head);
  found?.(said ?? delimiter);
  let row = skip > 0 ? 1 : 0;
  let rows: Row[] = [];
  let broken: unknown;
  const parser = parse({
    delimiter: said ?? delimiter,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: LONGEST_ROW,
  });
  parser.on('data', (cells: string[]) => void rows.push({ row: (row += 1), cells }));
  parser.on('error', (error) => void (broken ??= error));
  const ended = new Promise<void>((resolve) => void parser.once('close', resolve));
  const take = (): readonly Row[] => {
    const taken = rows;
    rows = [];
    return taken;
  };
  try {
    let left = skip;
    for await (const piece of pieces) {
      const bytes = Buffer.from(left === 0 ? piece : piece.slice(left));
      left = Math.max(0, left - piece.length);
      await new Promise<void>((resolve) => void parser.write(bytes, () => resolve()));
      await nextTurn();
      if (rows.length > 0) yield take();
      if (broken !== undefined) break;
    }
    parser.end();
    await ended;
    if (rows.length > 0) yield take();
  } finally {
    parser.destroy();
  }
  if (broken !== undefined) throw sayOf(broken, row + 1);
}

/** The first characters, and all of the text again. */
async function withHead(
  text: AsyncIterable<string>,
): Promise<{ head: string; pieces: AsyncIterable<string> }> {
  const source = text[Symbol.asyncIterator]();
  let head = '';
  let done = false;
  while (!done && head.length < HEAD) {
    const next = await source.next();
    done = next.done === true;
    if (next.done !== true) head += next.value;
  }
  async function* pieces() {
    yield head;
    if (done) return;
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
  }
  return { head, pieces: pieces() };
}

function sayOf(error: unknown, row: number): unknown {
  if (!(error instanceof CsvError)) return error;
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return invalid(
        `Row ${row}: a quote is opened and never closed, so nobody can tell where the row ends. Close it, or write it twice where a quote is meant.`,
      );
    case 'CSV_MAX_RECORD_SIZE':
      return invalid(
        `Row ${row} has more than ${LONGEST_ROW.toLocaleString('en')} characters. Perhaps a quote is opened and never closed.`,
      );
    default:
      return invalid(`Row ${row} cannot be read as CSV.`);
  }
}

/** So many characters are read before others get a turn of the event loop. */
const PIECE = 32 * 1024;

/** A text that is all there, in pieces; no character is torn. */
export async function* inPieces(text: string): AsyncGenerator<string> {
  for (let from = 0; from < text.length;) {
    const end = Math.min(text.length, from + PIECE);
    const torn = end < text.length && isHigh(text.charCodeAt(end - 1));
    yield text.slice(from, torn ? end - 1 : end);
    from = torn ? end - 1 : end;
  }
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
