/**
 * What spreadsheets take for the beginning of a formula: what OWASP lists under “CSV Injection”, also in full width, and
 * the pipe of old DDE calls; behind spaces and invisible characters, too.
 */
const FORMULA = /^[\s\p{Cf}\p{Cc}]*[=+\-@|＝＋－＠]|^[\t\r\n]/u;
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
