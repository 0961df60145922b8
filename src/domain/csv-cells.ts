import { setImmediate as nextTurn } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { invalid } from '../errors.ts';

/** So many bytes are read before others get a turn of the event loop. */
const TURN = 16 * 1024;
/** No row that is meant is longer. */
const LONGEST_ROW = 100_000;

/**
 * The cells of the first `most` rows of a text. Throws `invalid` with a sentence about a text that is no CSV.
 * A NUL character is left where it is, for the sentence about its cell.
 */
export async function cellsOf(text: string, delimiter: string, most: number): Promise<string[][]> {
  const rows: string[][] = [];
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: LONGEST_ROW,
    to: most,
  });
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  // A fault is thrown at the next turn below, or at the end.
  ended.catch(() => {});
  parser.on('data', (row: string[]) => rows.push(row));
  parser.on('end', resolve);
  parser.on('error', reject);
  try {
    const bytes = Buffer.from(text);
    for (let from = 0; from < bytes.length && rows.length < most && !parser.errored; from += TURN) {
      parser.write(bytes.subarray(from, from + TURN));
      await nextTurn();
    }
    parser.end();
    await ended;
  } catch (error) {
    throw sayOf(error);
  } finally {
    parser.destroy();
  }
  return rows;
}

function sayOf(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const line = typeof error['lines'] === 'number' ? ` It begins near line ${error['lines']}.` : '';
  const hint = { hint: 'seat,metric,period,value,note' };
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return invalid(
        `A quote is opened and never closed, so the end of a cell cannot be found.${line}`,
        hint,
      );
    case 'CSV_MAX_RECORD_SIZE':
      return invalid(
        'A row has more than 100,000 characters. Perhaps a quote is opened and never closed; or save one reading a row.',
        hint,
      );
    default:
      return invalid(`This is not a CSV file that can be read.${line}`, hint);
  }
}
