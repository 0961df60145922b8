import { setImmediate as nextTurn } from 'node:timers/promises';
import { nearestTitle } from './nearest-title.ts';
import { type FieldKind, type ImportField, NEEDED_FIELDS, kindOf } from './fields.ts';
import type { FieldRule, MappedRow, Mapping, MappingFault, SkippedRow } from './mapping.ts';
import type { Row } from './rows.ts';
import { alike, folded } from './titles.ts';
import { valueOf } from './values.ts';

/** A mapping that knows the columns of one file. */
export interface Mapper {
  /** Rows are to come in their order: the ids that were there before are known. */
  map(row: Row): MappedRow | SkippedRow;
  /** Titles of columns that are left out, as the mapping says. */
  readonly ignored: readonly string[];
  /** Titles of columns that are kept in extra. */
  readonly kept: readonly string[];
  /** In so many of the rows until now the text is longer than the field. */
  readonly shortened: ReadonlyMap<ImportField, number>;
}

interface Reader {
  /** Undefined where nothing stands. */
  readonly read: (cells: readonly string[]) => string | undefined;
  readonly uses: readonly number[];
}

interface FieldReader extends Reader {
  readonly field: ImportField;
  readonly rule: FieldRule;
  readonly kind: FieldKind;
  readonly meanings: ReadonlyMap<string, string> | undefined;
}

/** `extra` may hold so much of one row. */
export interface ExtraLimits {
  readonly most: number;
  readonly name: number;
  readonly text: number;
  readonly together: number;
}

/**
 * Binds a mapping to the titles of a file. What the mapping names and the file does not have is told with the nearest
 * title. `foreign`: it has none of the columns, nor any that are called nearly so.
 */
export function mapperOf(
  mapping: Mapping,
  titles: readonly string[],
  limits: ExtraLimits,
): { readonly mapper: Mapper } | { readonly faults: readonly MappingFault[]; readonly foreign: boolean } {
  const faults: MappingFault[] = [];
  let foreign = true;
  const places = new Map(titles.map((title, i) => [alike(title), i]));
  const place = (title: string, path: readonly (string | number)[]): number => {
    const at = places.get(alike(title));
    if (at !== undefined) {
      foreign = false;
      return at;
    }
    const near = nearestTitle(title, titles);
    if (near !== undefined) foreign = false;
    const help = near === undefined ? '' : ` The nearest one is “${near}”.`;
    faults.push({ path, say: `the file has no column “${short(title)}”.${help}` });
    return -1;
  };
  const blank = new Set(['', ...mapping.blank.map(alike)]);
  const longest = 2 * Math.max(...[...blank].map((text) => text.length)) + 20;
  const cellOf = (cells: readonly string[], at: number): string => {
    const cell = cells[at] ?? '';
    // Most cells are longer than anything that says nothing, and folding each of them costs time.
    if (cell === '' || cell.length > longest) return cell;
    return blank.has(alike(cell)) ? '' : cell;
  };
  const reader = (rule: FieldRule, path: readonly string[]): Reader => {
    if (rule.column !== undefined) {
      const at = place(rule.column, [...path, 'column']);
      return { uses: [at], read: (cells) => cellOf(cells, at) || undefined };
    }
    if (rule.columns !== undefined) {
      const uses = rule.columns.map((title, i) => place(title, [...path, 'columns', i]));
      const join = rule.join ?? '\n';
      const read = (cells: readonly string[]) =>
        uses
          .map((at) => cellOf(cells, at).trim())
          .filter((cell) => cell !== '')
          .join(join) || undefined;
      return { uses, read };
    }
    if (rule.template !== undefined) return template(rule.template, [...path, 'template']);
    return { uses: [], read: () => rule.value };
  };
  function template(text: string, path: readonly string[]): Reader {
    const parts = text.split(/\{([^{}]*)\}/);
    const uses = parts.map((part, i) => (i % 2 === 1 ? place(part, path) : -1));
    return {
      uses: uses.filter((_, i) => i % 2 === 1),
      read(cells) {
        let said = uses.length === 1;
        const words = parts.map((part, i) => {
          if (i % 2 === 0) return part;
          const cell = cellOf(cells, uses[i]!).trim();
          said ||= cell !== '';
          return cell;
        });
        return said ? words.join('') : undefined;
      },
    };
  }

  const readers: FieldReader[] = [];
  for (const [name, rule] of Object.entries(mapping.fields)) {
    if (rule === undefined) continue;
    // Guarantee of the cast: the schema of the mapping knows these names only.
    const field = name as ImportField;
    const { values } = rule;
    readers.push({
      field,
      rule,
      kind: kindOf(field),
      meanings: values && new Map(Object.entries(values).map(([from, to]) => [alike(from), to])),
      ...reader(rule, ['fields', field]),
    });
  }
  for (const field of NEEDED_FIELDS)
    if (mapping.fields[field] === undefined)
      faults.push({ path: ['fields'], say: `a seat needs “${field}”, and no column is named for it.` });
  if (mapping.id === undefined && mapping.fields.key === undefined)
    faults.push({
      path: ['fields'],
      say: 'rows need an “id” of their own, or “key” among the fields, to find the same seat the next time.',
    });
  const id = mapping.id === undefined ? undefined : reader(mapping.id, ['id']);
  const skips = mapping.skip.map(({ column, is }, i) => ({
    at: place(column, ['skip', i, 'column']),
    is: new Set(is.map(alike)),
    title: column,
  }));
  const used = new Set(readers.flatMap(({ uses }) => uses));
  // What an id is made of says more than the id; an id that is a column says it all.
  if (mapping.id?.column !== undefined) for (const at of id!.uses) used.add(at);
  const ignored = new Set(mapping.ignore.map((title, i) => place(title, ['ignore', i])));
  const listed =
    typeof mapping.extra === 'string'
      ? undefined
      : new Set(mapping.extra.map((title, i) => place(title, ['extra', i])));
  const keeps = (at: number): boolean =>
    !ignored.has(at) && (listed?.has(at) ?? (mapping.extra === 'keep' && !used.has(at)));
  if (faults.length > 0) return { faults, foreign: foreign && faults.some(({ path }) => path.length > 1) };

  const extras = titles.flatMap((title, at) => (keeps(at) ? [{ title: nameIn(title, at), at }] : []));
  function nameIn(title: string, at: number): string {
    return title.length <= limits.name
      ? title
      : `${title.slice(0, limits.name - 20).trimEnd()}… (column ${at + 1})`;
  }
  const seen = new Map<string, { row: number; times: number }>();
  const shortened = new Map<ImportField, number>();
  return {
    mapper: {
      shortened,
      ignored: titles.filter((_, at) => !keeps(at) && !used.has(at)),
      kept: extras.map(({ title }) => title),
      map,
    },
  };

  function map({ row, cells }: Row): MappedRow | SkippedRow {
    const skipped = (why: string, meant = false): SkippedRow => ({ row, why, meant });
    const fault = faultOf(cells, titles);
    if (fault !== undefined) return skipped(fault, fault === BLANK);
    for (const { at, is, title } of skips)
      if (is.has(alike(cells[at] ?? '')))
        return skipped(`“${short(title)}” is “${short(folded(cells[at] ?? ''))}”, which is left out.`, true);
    const notes: string[] = [];
    const cut: { readonly field: ImportField; readonly say: string }[] = [];
    if (cells.length < titles.length)
      notes.push(`It has ${cells.length} of ${titles.length} cells; the others count as empty.`);
    if (cells.some((cell) => cell.includes('\uFFFD')))
      notes.push('Some of its characters cannot be read in this encoding, and stand as “�”.');
    const values: Record<string, string | number | readonly string[]> = {};
    const extra: Record<string, string> = {};
    for (const one of readers) {
      const taken = valueOf(one, one.read(cells));
      if ('fault' in taken) return skipped(`${one.field}: ${taken.fault}`);
      if (taken.note !== undefined) cut.push({ field: one.field, say: `${one.field}: ${taken.note}` });
      if (taken.whole !== undefined) extra[wholeName(one, titles)] = taken.whole;
      if (taken.value !== undefined) values[one.field] = taken.value;
    }
    for (const needed of NEEDED_FIELDS)
      if (values[needed] === undefined)
        return skipped(`${needed}: nothing stands there, and a seat needs it.`);
    const key = values['key'];
    const own = folded((id === undefined ? key?.toString() : id.read(cells)) ?? '').toWellFormed();
    if (own === '') return skipped('It has no id, so it could not be found again.');
    if (own.length > MOST_ID)
      return skipped(
        `Its id has ${own.length} characters, and at most ${MOST_ID} fit. Make it of columns that say less.`,
      );
    const before = seen.get(own);
    if (before !== undefined && mapping.repeated === 'skip')
      return skipped(`It has the same id as row ${before.row}: “${short(own)}”.`);
    seen.set(own, { row: before?.row ?? row, times: (before?.times ?? 0) + 1 });
    for (const { title, at } of extras) {
      const cell = cellOf(cells, at).trim();
      if (cell !== '') extra[title] = cell.toWellFormed();
    }
    const much = tooMuch(extra, limits);
    if (much !== undefined) return skipped(much);
    for (const { field } of cut) shortened.set(field, (shortened.get(field) ?? 0) + 1);
    const name = before === undefined ? own : `${own} #${before.times + 1}`;
    const mapped = { row, id: name, values, extra, notes };
    return cut.length === 0 ? mapped : { ...mapped, shortened: cut.map(({ say }) => say) };
  }
}

/** Longer ones do not fit into the index of a database. */
const MOST_ID = 800;
const BLANK = 'Nothing stands in it.';

/** Why nothing of a row can be taken. */
function faultOf(cells: readonly string[], titles: readonly string[]): string | undefined {
  if (cells.every((cell) => cell.trim() === '')) return BLANK;
  const spoilt = cells.findIndex((cell) => cell.includes('\0'));
  if (spoilt !== -1)
    return `“${short(titles[spoilt] ?? `Column ${spoilt + 1}`)}” holds a NUL character. Save the file as CSV again.`;
  if (cells.length > titles.length && cells.slice(titles.length).some((cell) => cell.trim() !== ''))
    return `It has ${cells.length} cells, and the header ${titles.length}. Put texts that hold the separator into quotes.`;
  return undefined;
}

/** Under which name a text is kept whole that is too long for its field. */
function wholeName({ field, rule, uses }: FieldReader, titles: readonly string[]): string {
  return rule.column !== undefined && rule.values === undefined ? titles[uses[0]!]! : `${field}, whole`;
}

function tooMuch(extra: Readonly<Record<string, string>>, limits: ExtraLimits): string | undefined {
  const texts = Object.entries(extra);
  const long = texts.find(([, text]) => text.length > limits.text);
  if (long !== undefined)
    return `“${short(long[0])}” has ${long[1].length} characters, and at most ${limits.text} are kept. Shorten it, or leave the column out with “ignore”.`;
  const together = texts.reduce((sum, [name, text]) => sum + name.length + text.length, 0);
  if (texts.length > limits.most || together > limits.together)
    return `It has ${texts.length} texts of ${together} characters beside the fields, and at most ${limits.most} of ${limits.together} are kept. Leave columns out with “ignore”.`;
  return undefined;
}

const short = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 59).toWellFormed()}…`);

/** So many rows are mapped before others get a turn of the event loop. */
const TURN = 100;

/** Rows in their order, mapped. */
export async function mapRows(
  mapper: Mapper,
  rows: readonly Row[],
): Promise<readonly (MappedRow | SkippedRow)[]> {
  const mapped: (MappedRow | SkippedRow)[] = [];
  for (const row of rows) {
    mapped.push(mapper.map(row));
    if (mapped.length % TURN === 0) await nextTurn();
  }
  return mapped;
}
