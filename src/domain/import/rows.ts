import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CarefulReader, carefulReader } from './careful-rows.ts';
import { beginningOf, type Delimiter } from './delimiter.ts';
import { quickRows } from './quick-rows.ts';

/** A row of a file. */
export interface Row {
  /** As a spreadsheet counts: the first is 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

type Cells = readonly (readonly string[])[];

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
  const numbered = (all: Cells): Row[] => all.map((cells) => ({ row: (row += 1), cells }));
  const reader = rowReader(said ?? delimiter);
  let left = skip;
  try {
    for await (const piece of pieces) {
      const rows = await reader.read(left === 0 ? piece : piece.slice(left));
      left = Math.max(0, left - piece.length);
      await nextTurn();
      if (rows.length > 0) yield numbered(rows);
      if (reader.fault(row) !== undefined) break;
    }
    const last = await reader.end();
    if (last.length > 0) yield numbered(last);
    const fault = reader.fault(row + 1);
    if (fault !== undefined) throw fault;
  } finally {
    reader.stop();
  }
}

/** A longer row may be one whose quote is never closed. */
const LONGEST_QUICK = 256 * 1024;

/** Quick as long as the file is as RFC 4180 says, careful from the first row on that is not. */
function rowReader(delimiter: Delimiter): CarefulReader {
  let rest = '';
  let careful: CarefulReader | undefined;
  const carefully = (): CarefulReader => (careful ??= carefulReader(delimiter));
  return {
    async read(piece) {
      const more = piece.toWellFormed();
      if (careful !== undefined) return careful.read(more);
      const text = rest + more;
      const { rows, rest: at, odd } = quickRows(text, delimiter);
      rest = text.slice(at);
      return odd || rest.length > LONGEST_QUICK ? [...rows, ...(await carefully().read(rest))] : rows;
    },
    async end() {
      const before = careful === undefined ? await carefully().read(rest) : [];
      return [...before, ...(await carefully().end())];
    },
    fault: (row) => careful?.fault(row),
    stop: () => careful?.stop(),
  };
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
