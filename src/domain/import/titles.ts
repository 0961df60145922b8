import { invalid } from '../../errors.ts';

/** The columns of a file. */
export interface Titles {
  /** A name for each column, none of them twice. */
  readonly titles: readonly string[];
  /** What had to be named anew, as sentences. */
  readonly notes: readonly string[];
}

const MOST_COLUMNS = 1000;

/** Without line breaks and double spaces. */
export const folded = (text: string): string => {
  const trimmed = text.trim();
  return GAP.test(trimmed) ? trimmed.replaceAll(/\s+/g, ' ') : trimmed;
};

/** What is not a single space; most texts have none. */
const GAP = /[^\S ]| {2}/;

/** What two texts have in common that differ in case and spaces only. */
export const alike = (text: string): string => folded(text).toLowerCase();

/**
 * Names for all columns: a title that stands there again gets a number, an empty one the number of its column. `row` is
 * where the titles stand.
 */
export function titlesOf(cells: readonly string[], row: number): Titles {
  const spoilt = cells.findIndex((title) => title.includes('\0'));
  if (spoilt !== -1)
    throw invalid(
      `Row ${row}: the title of column ${spoilt + 1} holds a NUL character. Save the file as CSV.`,
    );
  const last = cells.findLastIndex((title) => title.trim() !== '');
  if (last === -1) throw invalid(`Row ${row} has to name the columns, and it is empty.`);
  if (last >= MOST_COLUMNS)
    throw invalid(`Row ${row} names ${last + 1} columns, and at most ${MOST_COLUMNS} are taken.`);
  const taken = new Set<string>();
  const notes: string[] = [];
  const given = new Set(cells.map(alike));
  const titles = cells.slice(0, last + 1).map((cell, i) => {
    const typed = folded(cell).toWellFormed();
    const wanted = typed === '' ? `Column ${i + 1}` : typed;
    let title = wanted;
    for (let n = 2; taken.has(alike(title)) || (title !== typed && given.has(alike(title))); n += 1)
      title = `${wanted} (${n})`;
    taken.add(alike(title));
    if (title !== typed)
      notes.push(
        typed === ''
          ? `Column ${i + 1} has no title, and is called “${title}” here.`
          : `Column ${i + 1} is the next one called “${clipped(typed)}”, and is called “${clipped(title, title.slice(wanted.length))}” here.`,
      );
    return title;
  });
  return { titles, notes };
}

/** Titles can be questions of a hundred words. */
const clipped = (title: string, tail = ''): string =>
  title.length <= 60 ? title : `${title.slice(0, 50).trimEnd()}…${tail}`;
