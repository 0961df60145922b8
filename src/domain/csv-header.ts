import { invalid } from '../errors.ts';

/** What the columns of a file mean; indexes count from 0. */
export interface Header {
  readonly layout: 'long' | 'wide';
  /** As typed. */
  readonly titles: readonly string[];
  readonly seat: number | undefined;
  readonly metric: number | undefined;
  readonly period: number | undefined;
  readonly note: number | undefined;
  /** The column `value`, or in a wide file a column for each metric. */
  readonly values: readonly { readonly index: number; readonly title: string }[];
  readonly ignored: readonly string[];
}

type Field = 'seat' | 'metric' | 'period' | 'value' | 'note';

/** Titles that people give their columns, in letters only. */
const MEANS: Readonly<Record<string, Field>> = {
  seat: 'seat',
  seatkey: 'seat',
  agent: 'seat',
  metric: 'metric',
  metrickey: 'metric',
  number: 'metric',
  kpi: 'metric',
  measure: 'metric',
  period: 'period',
  date: 'period',
  day: 'period',
  week: 'period',
  isoweek: 'period',
  month: 'period',
  value: 'value',
  reading: 'value',
  result: 'value',
  note: 'note',
  notes: 'note',
  comment: 'note',
  remark: 'note',
};

const EXAMPLE = 'seat,metric,period,value,note';

const lettersOf = (title: string): string => title.toLowerCase().replaceAll(/[^\p{L}]/gu, '');

/** Throws `invalid` when the columns do not say which readings these are. `about` is what is known without the file. */
export function readHeader(
  cells: readonly string[],
  about: { readonly seat?: string | undefined; readonly metric?: string | undefined },
): Header {
  const titles = cells.map((title) => title.trim());
  const spoilt = titles.findIndex((title) => title.includes('\0'));
  if (spoilt !== -1)
    throw invalid(`The title of column ${spoilt + 1} holds a NUL character. Save the file as CSV in UTF-8.`);
  assertUnique(titles);
  const at = new Map<Field, number>();
  for (const [index, title] of titles.entries()) {
    const field = MEANS[lettersOf(title)];
    if (field === undefined) continue;
    const other = at.get(field);
    if (other !== undefined)
      throw invalid(
        `The columns “${titles[other]}” and “${title}” both mean the ${field}. Keep one of them.`,
      );
    at.set(field, index);
  }
  const rest = titles.flatMap((title, index) =>
    title === '' || [...at.values()].includes(index) ? [] : [{ index, title }],
  );
  const wide = !at.has('value') && !at.has('metric');
  if (wide) assertWide(at, rest.length, titles);
  else if (!at.has('value')) throw invalid('This file has no column “value”.', { hint: EXAMPLE });
  else if (!at.has('metric') && about.metric === undefined)
    throw invalid('This file has no column “metric”, so nobody can tell which number these values are of.', {
      hint: EXAMPLE,
    });
  if (!at.has('seat') && about.seat === undefined)
    throw invalid('This file has no column “seat”. Add one, or choose the seat in the form.', {
      hint: EXAMPLE,
    });
  const value = at.get('value');
  return {
    layout: wide ? 'wide' : 'long',
    titles,
    seat: at.get('seat'),
    metric: at.get('metric'),
    period: at.get('period'),
    note: at.get('note'),
    values: value === undefined ? rest : [{ index: value, title: titles[value]! }],
    ignored: wide ? [] : rest.map(({ title }) => title),
  };
}

function assertUnique(titles: readonly string[]): void {
  const seen = new Set<string>();
  for (const title of titles) {
    const name = title.toLowerCase();
    if (name !== '' && seen.has(name)) {
      throw invalid(
        `Two columns are called “${title.slice(0, 40)}”, so it is open which of them counts. Rename or remove one.`,
      );
    }
    seen.add(name);
  }
}

function assertWide(at: ReadonlyMap<Field, number>, metrics: number, titles: readonly string[]): void {
  if (at.has('period') && metrics > 0) return;
  const seen = titles
    .filter((title) => title !== '')
    .slice(0, 6)
    .join(', ')
    .slice(0, 120);
  throw invalid(
    `The first row has to name the columns: seat, metric, period, value, note; or a period and one column for each number. It says: ${seen}.`,
    { hint: EXAMPLE },
  );
}
