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
  const renamed: Renamed[] = [];
  const given = new Set(cells.map(alike));
  const titles = cells.slice(0, last + 1).map((cell, i) => {
    const typed = folded(cell).toWellFormed();
    const wanted = typed === '' || typed === UNUSABLE ? `Column ${i + 1}` : typed;
    let title = wanted;
    for (let n = 2; taken.has(alike(title)) || (title !== typed && given.has(alike(title))); n += 1)
      title = `${wanted} (${n})`;
    taken.add(alike(title));
    if (title !== typed) renamed.push({ column: i + 1, typed, title, tail: title.slice(wanted.length) });
    return title;
  });
  return { titles, notes: [...Map.groupBy(renamed, ({ typed }) => typed).values()].map(renamedSaid) };
}

/** No object keeps anything under this name as under others. */
const UNUSABLE = '__proto__';

interface Renamed {
  readonly column: number;
  readonly typed: string;
  readonly title: string;
  /** What was put behind the title. */
  readonly tail: string;
}

/** One sentence for all columns that had the same title. */
function renamedSaid(columns: readonly Renamed[]): string {
  const [first, last] = [columns[0]!, columns.at(-1)!];
  const one = columns.length === 1;
  const which = one
    ? `Column ${first.column}`
    : `Columns ${columns
        .slice(0, -1)
        .map(({ column }) => column)
        .join(', ')} and ${last.column}`;
  const name = ({ title, tail }: Renamed) => `“${clipped(title, tail)}”`;
  const here = one
    ? `is called ${name(first)} here`
    : `are called ${name(first)} to ${last.tail === '' ? name(last) : `“…${last.tail}”`} here`;
  if (first.typed === '') return `${which} ${one ? 'has' : 'have'} no title, and ${here}.`;
  if (first.typed === UNUSABLE) return `${which} cannot keep the name “${UNUSABLE}”, and ${here}.`;
  return one
    ? `${which} is the next one called “${clipped(first.typed)}”, and ${here}.`
    : `${which} are called “${clipped(first.typed)}” like one before, and ${here}.`;
}

/** Titles can be questions of a hundred words. */
export const clipped = (title: string, tail = ''): string =>
  title.length <= 60 ? title : `${title.slice(0, 50).trimEnd()}…${tail}`;
