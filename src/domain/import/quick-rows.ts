import type { Delimiter } from './delimiter.ts';

/** The rows at the beginning of a text. */
interface QuickRows {
  readonly rows: readonly (readonly string[])[];
  /** Where the first row begins that is not among them: the text ends in it, or it is odd. */
  readonly rest: number;
  /** Something else than a separator or a line's end stands behind a closing quote. */
  readonly odd: boolean;
}

const [QUOTE, LF, CR] = [0x22, 0x0a, 0x0d];

/**
 * The whole rows at the beginning of a text that are written as RFC 4180 says, with line ends of any kind. They are the
 * same as csv-parse reads, eight times as fast: it looks at every byte, and this only at those that part something.
 */
export function quickRows(text: string, delimiter: Delimiter): QuickRows {
  const sign = delimiter.charCodeAt(0);
  const rows: string[][] = [];
  const next = nextOf(text, delimiter);
  let cells: string[] = [];
  let [rest, at] = [0, 0];
  for (;;) {
    if (text.charCodeAt(at) === QUOTE) {
      const end = closing(text, at);
      if (end === -1 || end + 1 === text.length) return { rows, rest, odd: false };
      const cell = text.slice(at + 1, end);
      cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell);
      at = end + 1;
    } else {
      const end = next(at);
      if (end === text.length) return { rows, rest, odd: false };
      cells.push(text.slice(at, end));
      at = end;
    }
    const code = text.charCodeAt(at);
    if (code === sign) {
      at += 1;
      continue;
    }
    if (code !== LF && code !== CR) return { rows, rest, odd: true };
    // Only what comes next tells whether the line ends here or one sign later.
    if (code === CR && at + 1 === text.length) return { rows, rest, odd: false };
    at += code === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
    rows.push(cells);
    cells = [];
    rest = at;
  }
}

/** The quote that closes the one at `open`; -1 where none does. */
function closing(text: string, open: number): number {
  let end = text.indexOf('"', open + 1);
  while (end !== -1 && text.charCodeAt(end + 1) === QUOTE) end = text.indexOf('"', end + 2);
  return end;
}

/** Where the next separator or line's end stands, from places that only go forward; the length where there is none. */
function nextOf(text: string, delimiter: Delimiter): (from: number) => number {
  const signs = [delimiter, '\n', '\r'];
  const places = [-1, -1, -1];
  return (from) => {
    let first = text.length;
    for (let i = 0; i < signs.length; i += 1) {
      if (places[i]! < from) {
        const found = text.indexOf(signs[i]!, from);
        places[i] = found === -1 ? text.length : found;
      }
      if (places[i]! < first) first = places[i]!;
    }
    return first;
  };
}
