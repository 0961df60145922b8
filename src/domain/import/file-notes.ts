import { DELIMITER_NAMES, type Delimiter } from './delimiter.ts';
import { type Encoding, encodingSaid } from './encoding.ts';
import type { ImportField } from './fields.ts';
import { clipped } from './titles.ts';

/** `Read as Windows-1252, since it is not valid UTF-8, with a semicolon between the cells.` */
export const readAs = (encoding: Encoding, delimiter: Delimiter): string =>
  `Read as ${encodingSaid(encoding)}, with a ${DELIMITER_NAMES[delimiter]} between the cells.`;

const MOST_NAMED = 10;

/** Columns that nothing becomes of, as the mapping says. */
export function leftOut(titles: readonly string[]): readonly string[] {
  return titles.length === 0 ? [] : [`Left out: ${titlesSaid(titles)}.`];
}

/** Titles in a sentence: the first ones, and how many more there are. */
export function titlesSaid(titles: readonly string[]): string {
  const more = titles.length - MOST_NAMED;
  const named = titles.slice(0, MOST_NAMED).map((title) => clipped(title));
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** Once for the file: in a long one it holds for hundreds of rows. */
export function shortenedSaid(shortened: ReadonlyMap<ImportField, number>): readonly string[] {
  if (shortened.size === 0) return [];
  const fields = [...shortened]
    .toSorted(([, a], [, b]) => b - a)
    .map(([field, rows], i) => {
      const unit = i > 0 ? '' : rows === 1 ? ' row' : ' rows';
      return `${field} in ${rows.toLocaleString('en')}${unit}`;
    });
  return [
    `Longer than the field: ${fields.join(', ')}. The beginning is taken, and all of it is kept in the seat’s extra texts; the report names the rows.`,
  ];
}
