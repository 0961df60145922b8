<<<<<<< HEAD
/** What spreadsheets take for the beginning of a formula, also in full width, and behind spaces. */
const FORMULA = /^[\s\u200B\uFEFF]*[=+\-@＝＋－＠]|^[\t\r\n]/;
/** `-4.2` and `+3` are numbers, and stay numbers. */
const NUMBER = /^[+-]?\d+(?:[.,]\d+)*%?$/;

/**
 * A cell of a CSV file. What a spreadsheet would run as a formula gets an apostrophe in front, which shows it as text;
 * what holds a separator, a quote or a line break is quoted.
 */
function csvCell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '';
  const text = String(value).replaceAll('\0', '').toWellFormed();
  const safe = typeof value === 'string' && FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One row, with its line break. */
export const csvLine = (cells: readonly (string | number | boolean | null | undefined)[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`;

/** Spreadsheets read a file as UTF-8 when it begins with this. */
export const CSV_MARK = '\uFEFF';

/** A whole file: comma, UTF-8 with its mark, no formulas. */
export const csvText = (
  rows: Iterable<readonly (string | number | boolean | null | undefined)[]>,
): string => {
  let text = CSV_MARK;
  for (const row of rows) text += csvLine(row);
  return text;
};
=======
/** What a cell may hold. Numbers and truths are written as they are, `null` as an empty cell. */
export type CsvCell = string | number | boolean | null;

/**
 * What makes a spreadsheet run the text that follows: the characters that OWASP lists under “CSV Injection”, their
 * full-width forms, and the pipe of old DDE calls, also behind spaces and invisible characters, which some programs
 * skip. Apostrophes before it count as well, so that what was guarded can be told from what was typed so.
 */
const RUNS = /^'*(?:[\t\r\n]|[\s\p{Cf}\p{Cc}]*[=+\-@|＝＋－＠])/u;

/** With an apostrophe before it where a spreadsheet would take the text for a formula. */
export const guarded = (text: string): string => (RUNS.test(text) ? `'${text}` : text);

/** The text that `guarded` was given: what reads our own files again. */
export const unguarded = (text: string): string =>
  text.startsWith("'") && RUNS.test(text.slice(1)) ? text.slice(1) : text;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function cell(value: CsvCell): string {
  if (value === null || value === '') return '';
  if (typeof value !== 'string') return String(value);
  return quoted(guarded(value.replaceAll('\0', '').toWellFormed()));
}

const BOM = '\uFEFF';

/**
 * A CSV file: commas, every text in quotes, CRLF (RFC 4180), and a byte order mark, without which Excel reads UTF-8 as
 * something else. No cell of it runs as a formula.
 */
export const writeCsv = (header: readonly string[], rows: Iterable<readonly CsvCell[]>): string =>
  `${BOM}${[header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
>>>>>>> f9b738f (Seats: records edited and kept, vendors, search with filters and pages, and export)
