import { setImmediate as nextTurn } from 'node:timers/promises';
import { invalid } from '../errors.ts';
import { type Decimal, decimalOf, numberIn } from './csv-number.ts';
import { cellsOf } from './csv-cells.ts';
import { type Header, readHeader } from './csv-header.ts';

/** As many rows as a file may hold, and as many characters. */
export const MOST_ROWS = 10_000;
/** Of a wide file, in which most cells may be empty. */
const MOST_CELLS = 200_000;
const MOST_TEXT = 2_000_000;
const LONGEST_NOTE = 1000;
/** No key, name or period is longer. */
const LONGEST_WORD = 200;
const LONGEST_PERIOD = 40;

/** So many rows are read before others get a turn of the event loop. */
const TURN = 500;

/** One reading of a file. */
export interface CsvReading {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly seat: string;
  readonly metric: string;
  /** As typed; absent where the file says nothing. */
  readonly period?: string;
  readonly value: number;
  readonly note?: string;
}

/** A cell that cannot be taken, and why. */
export interface CsvFault {
  readonly row: number;
  readonly column: string;
  readonly say: string;
}

export interface CsvFile {
  /** `long`: one reading a row. `wide`: one period a row, one column for each metric. */
  readonly layout: Header['layout'];
  readonly delimiter: string;
  readonly readings: readonly CsvReading[];
  readonly faults: readonly CsvFault[];
  /** Titles of columns that say nothing about readings. */
  readonly ignored: readonly string[];
}

/** What is known without the file. */
export interface CsvAbout {
  /** Seat of every row that names none. */
  readonly seat?: string | undefined;
  readonly metric?: string | undefined;
}

/**
 * The readings of a CSV file: separated by comma, semicolon or tab, with or without a byte order mark, quotes and
 * decimal commas. What is wrong with a cell is told with its row and column, and the other rows are read. Throws
 * `invalid` when the file as a whole cannot be understood.
 */
export async function readReadingsCsv(text: string, about: CsvAbout = {}): Promise<CsvFile> {
  if (text.length > MOST_TEXT) throw invalid('This file is too long. Split it into files of 10,000 rows.');
  const { body: csv, delimiter, skipped } = delimited(text);
  const rows = await cellsOf(csv, delimiter, MOST_ROWS + 3);
  const first = rows.findIndex((cells) => !isBlank(cells));
  if (first === -1)
    throw invalid('There is nothing in this file.', { hint: 'seat,metric,period,value,note' });
  const header = readHeader(rows[first]!, about);
  const body = rows.slice(first + 1);
  if (rows.length > MOST_ROWS + 2 || body.filter((cells) => !isBlank(cells)).length > MOST_ROWS)
    throw invalid('This file has more than 10,000 rows. Split it into several files.');
  if (body.length * header.values.length > MOST_CELLS)
    throw invalid('This file has more than 200,000 cells. Split it into several files.');
  const decimal = decimalOf(
    body.flatMap((cells) => header.values.map(({ index }) => cells[index] ?? '')),
    delimiter,
  );
  const found: { readings: CsvReading[]; faults: CsvFault[] } = { readings: [], faults: [] };
  for (const [i, cells] of body.entries()) {
    if (!isBlank(cells)) readRow(cells, first + i + 2 + skipped, { header, about, decimal }, found);
    if (found.readings.length + found.faults.length > MOST_ROWS)
      throw invalid('This file has more than 10,000 values. Split it into several files.');
    if (i % TURN === TURN - 1) await nextTurn();
  }
  return { layout: header.layout, delimiter, ...found, ignored: header.ignored };
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

const DELIMITERS = [',', ';', '\t'] as const;

/** The delimiter that stands most often in the first line, outside of quotes; `sep=;` of a spreadsheet says it. */
function delimited(text: string): { body: string; delimiter: string; skipped: number } {
  const body = text.replace(/^\uFEFF/, '');
  const said = /^sep=(.)\r?\n/i.exec(body);
  if (said !== null && DELIMITERS.some((d) => d === said[1]))
    return { body: body.slice(said[0].length), delimiter: said[1]!, skipped: 1 };
  const line = /^\s*([^\r\n]*)/.exec(body)?.[1]?.replaceAll(/"[^"]*"/g, '') ?? '';
  const counts = DELIMITERS.map((d) => line.split(d).length);
  return { body, delimiter: DELIMITERS[counts.indexOf(Math.max(...counts))]!, skipped: 0 };
}

interface Reading {
  readonly header: Header;
  readonly about: CsvAbout;
  readonly decimal: Decimal;
}

function readRow(
  cells: readonly string[],
  row: number,
  { header, about, decimal }: Reading,
  found: { readings: CsvReading[]; faults: CsvFault[] },
): void {
  const fault = (column: string, say: string) => void found.faults.push({ row, column, say });
  const spoilt = cells.findIndex((cell) => cell.includes('\0'));
  if (spoilt !== -1)
    return fault(header.titles[spoilt] ?? '', 'It holds a NUL character. Save the file as CSV in UTF-8.');
  if (
    cells.length > header.titles.length &&
    cells.slice(header.titles.length).some((cell) => cell.trim() !== '')
  )
    return fault(
      '',
      `It has ${cells.length} cells, and the header has ${header.titles.length}. Put texts that hold the separator into quotes.`,
    );
  const cell = (index: number | undefined) => (index === undefined ? '' : (cells[index] ?? '').trim());
  const seat = cell(header.seat) || (about.seat ?? '');
  if (seat === '') return fault(header.titles[header.seat ?? -1] ?? 'seat', 'It names no seat.');
  const period = cell(header.period);
  if (header.layout === 'wide' && period === '')
    return fault(header.titles[header.period ?? -1] ?? 'period', 'It names no period.');
  const note = cell(header.note);
  if (note.length > LONGEST_NOTE)
    return fault(
      header.titles[header.note ?? -1] ?? 'note',
      `The note is longer than ${LONGEST_NOTE} characters.`,
    );
  for (const { index, title } of header.values) {
    const typed = cell(index);
    // In a wide file an empty cell is a number that was not measured.
    if (typed === '' && header.layout === 'wide') continue;
    const metric = header.layout === 'wide' ? title : cell(header.metric) || (about.metric ?? '');
    if (metric === '') {
      fault(header.titles[header.metric ?? -1] ?? 'metric', 'It names no number.');
      continue;
    }
    if (metric.length > LONGEST_WORD || seat.length > LONGEST_WORD || period.length > LONGEST_PERIOD) {
      fault(title, 'Its seat, number or period is too long to be one.');
      continue;
    }
    const value = numberIn(typed, decimal);
    if (typeof value === 'string') {
      fault(title, value);
      continue;
    }
    found.readings.push({
      row,
      seat,
      metric,
      value,
      ...(period === '' ? {} : { period }),
      ...(note === '' ? {} : { note }),
    });
  }
  return undefined;
}
