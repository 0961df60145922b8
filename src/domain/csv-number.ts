import { parseNumber } from './metric.ts';

/** Which sign a file writes before decimals; `unknown` when none of its numbers tells. */
export type Decimal = 'point' | 'comma' | 'unknown';

/** Only decimals can be so written: `91,5`, `0,125`, `1.234,5`. */
const tells = (sign: ',' | '.'): RegExp => {
  const [decimal, group] = sign === ',' ? [',', '\\.'] : ['\\.', ','];
  return new RegExp(
    `^[+-]?(?:\\d+${decimal}(?:\\d{1,2}|\\d{4,})|0${decimal}\\d+|\\d+(?:${group}\\d{3})+${decimal}\\d+)%?$`,
  );
};
const COMMA = tells(',');
const POINT = tells('.');

/** The decimal sign of a file, from all of its numbers. Spreadsheets write `;` where the comma is the decimal sign. */
export function decimalOf(cells: readonly string[], delimiter: string): Decimal {
  let [commas, points] = [0, 0];
  for (const cell of cells) {
    const typed = cell.trim();
    if (COMMA.test(typed)) commas += 1;
    else if (POINT.test(typed)) points += 1;
  }
  if (commas > 0 && points > 0) return 'unknown';
  if (commas > 0) return 'comma';
  if (points > 0) return 'point';
  return delimiter === ';' ? 'comma' : 'unknown';
}

/** `1,234`, which is 1234 to some and 1.234 to others. */
const OPEN = /^[+-]?[1-9]\d{0,2}[.,]\d{3}%?$/;

/** The number that a cell of a file holds, or a sentence about why it holds none. */
export function numberIn(cell: string, decimal: Decimal): number | string {
  const typed = cell.trim();
  const shown = typed.slice(0, 40).toWellFormed();
  if (typed === '') return 'It is empty.';
  if (/^[=@]|^[+-](?![\d.,])/.test(typed))
    return `“${shown}” is a formula, not a number. Save the file with values.`;
  if (OPEN.test(typed) && typed.includes(',')) {
    if (decimal === 'unknown')
      return `“${shown}” can be read as ${typed.replace(',', '.')} or ${typed.replace(',', '')}. Write it without the comma, or with a point.`;
    return Number(typed.replace('%', '').replace(',', decimal === 'comma' ? '.' : ''));
  }
  if (OPEN.test(typed) && decimal === 'comma') return Number(typed.replace('%', '').replace('.', ''));
  return parseNumber(typed) ?? `“${shown}” is not a number.`;
}
