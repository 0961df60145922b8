import { CsvError, parse } from 'csv-parse';
import { invalid } from '../../errors.ts';
import type { Delimiter } from './delimiter.ts';

/** No row that is meant is longer. */
const LONGEST_ROW = 1_000_000;

type Cells = readonly (readonly string[])[];

/** Reads rows however oddly their quotes stand. */
export interface CarefulReader {
  /** The rows that end in this text. */
  read(text: string): Promise<Cells>;
  /** The last ones. */
  end(): Promise<Cells>;
  /** Why it cannot be read any further; `row` is the number of the row after those that were read. */
  fault(row: number): unknown;
  stop(): void;
}

export function carefulReader(delimiter: Delimiter): CarefulReader {
  let rows: string[][] = [];
  let broken: unknown;
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: LONGEST_ROW,
  });
  parser.on('data', (cells: string[]) => void rows.push(cells));
  parser.on('error', (error) => void (broken ??= error));
  const ended = new Promise<void>((resolve) => void parser.once('close', resolve));
  const take = (): Cells => {
    const taken = rows;
    rows = [];
    return taken;
  };
  return {
    async read(text) {
      if (broken === undefined)
        await new Promise<void>((resolve) => void parser.write(Buffer.from(text), () => resolve()));
      return take();
    },
    async end() {
      parser.end();
      await ended;
      return take();
    },
    fault: (row) => (broken === undefined ? undefined : sayOf(broken, row)),
    stop: () => void parser.destroy(),
  };
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
