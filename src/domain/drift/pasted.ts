import type { Instant } from '../../clock.ts';
import { CoxswainError } from '../../errors.ts';
import { cadenceOfKey, periodOfKey } from '../awaited.ts';
import { type Decimal, decimalOf, numberIn } from '../csv-number.ts';
import type { Cadence } from '../dates.ts';
import type { Target } from '../metric.ts';
import { type Period, lastPeriods, nextPeriod, periodFromKey, periodOf } from '../period.ts';
import type { Watched } from './watch.ts';

/** Five years of weeks. */
export const MOST_PASTED = 260;

/** A line that cannot be taken, counted from 1, and why. */
export interface LineFault {
  readonly line: number;
  readonly say: string;
}

/** Past numbers as they were typed. */
export interface Pasted {
  /** Oldest first, without holes: a period of which there is no value counts as missing. */
  readonly periods: readonly { readonly period: string; readonly value: number | null }[];
  readonly faults: readonly LineFault[];
}

interface Line {
  readonly line: number;
  readonly period: string | undefined;
  readonly value: string;
}

const PERIOD = /^(\d{4}-(?:W\d{1,2}|\d{1,2}(?:-\d{1,2})?))(?:\s*[,;\t]\s*|\s+)(.*)$/i;
/** Written where there was none. */
const NONE = /^(?:-|–|n\/?a|null|none|missing|)$/i;
/** A line of titles: letters, and no number. */
const TITLES = /^[\p{L}_ "]+(?:[,;\t][\p{L}_ "]+)*$/u;

/**
 * Past numbers, one a line, oldest first: `91.5`, or with their period `2026-W40,91.5`. Values alone are for the last
 * complete periods before `now`. A title line is passed over; bad lines are told by number.
 */
export function readPasted(text: string, cadence: Cadence, now: Instant, zone: string): Pasted {
  const lines = linesOf(text);
  const decimal = decimalOf(
    lines.map(({ value }) => value),
    text.includes(';') ? ';' : ',',
  );
  if (lines.length > MOST_PASTED) {
    return {
      periods: [],
      faults: [
        {
          line: lines[MOST_PASTED]!.line,
          say: `These are ${lines.length} numbers. Give the last ${MOST_PASTED} at most.`,
        },
      ],
    };
  }
  const dated = lines.some(({ period }) => period !== undefined);
  return dated
    ? withPeriods(lines, decimal, cadence, now, zone)
    : inOrder(lines, decimal, cadence, now, zone);
}

function linesOf(text: string): Line[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((raw, i) => ({ raw: raw.trim().replaceAll('"', ''), line: i + 1 }))
    .filter(({ raw }) => raw !== '');
  const [first] = lines;
  const body =
    first !== undefined && TITLES.test(first.raw) && !NONE.test(first.raw) ? lines.slice(1) : lines;
  return body.map(({ raw, line }) => {
    const [, period, value] = PERIOD.exec(raw) ?? [];
    return period === undefined ? { line, period, value: raw } : { line, period, value: value! };
  });
}

const valueOf = (typed: string, decimal: Decimal): number | null | string =>
  NONE.test(typed.trim()) ? null : numberIn(typed, decimal);

function inOrder(
  lines: readonly Line[],
  decimal: Decimal,
  cadence: Cadence,
  now: Instant,
  zone: string,
): Pasted {
  const faults: LineFault[] = [];
  const values = lines.map(({ line, value: typed }) => {
    const value = valueOf(typed, decimal);
    if (typeof value !== 'string') return value;
    faults.push({ line, say: value });
    return null;
  });
  const keys = lastPeriods(cadence, values.length, now, zone);
  return { periods: values.map((value, i) => ({ period: keys[i]!.key, value })), faults };
}

function withPeriods(
  lines: readonly Line[],
  decimal: Decimal,
  cadence: Cadence,
  now: Instant,
  zone: string,
): Pasted {
  const faults: LineFault[] = [];
  const found = new Map<string, { line: number; period: Period; value: number | null }>();
  for (const { line, period: typed, value: text } of lines) {
    const value = valueOf(text, decimal);
    const period = typed === undefined ? NO_PERIOD : periodTyped(typed, cadence, now, zone);
    const earlier = typeof period === 'string' ? undefined : found.get(period.key);
    if (typeof value === 'string') faults.push({ line, say: value });
    else if (typeof period === 'string') faults.push({ line, say: period });
    else if (earlier !== undefined)
      faults.push({ line, say: `It gives ${period.key} again, after line ${earlier.line}.` });
    else found.set(period.key, { line, period, value });
  }
  const order = [...found.values()].toSorted((a, b) => a.period.start - b.period.start);
  const [first, last] = [order[0], order.at(-1)];
  if (first === undefined || last === undefined) return { periods: [], faults };
  const periods = [first.period];
  while (periods.at(-1)!.start < last.period.start && periods.length <= MOST_PASTED)
    periods.push(nextPeriod(cadence, periods.at(-1)!, zone));
  if (periods.length > MOST_PASTED) {
    faults.push({
      line: first.line,
      say: `From ${first.period.key} on these are more than ${MOST_PASTED} periods.`,
    });
  }
  return {
    periods: periods.map(({ key }) => ({ period: key, value: found.get(key)?.value ?? null })),
    faults,
  };
}

const NO_PERIOD = 'It has no period, and other lines have one.';

/** The period that was typed; a date also names the week or month in which it lies. Otherwise what is wrong. */
function periodTyped(typed: string, cadence: Cadence, now: Instant, zone: string): Period | string {
  const key = typed.toUpperCase().replaceAll(/(?<=[-W])(\d)(?!\d)/g, '0$1');
  try {
    const named =
      cadenceOfKey(key) === 'daily' && cadence !== 'daily'
        ? periodOf(cadence, periodOfKey(key, zone).start, zone)
        : periodFromKey(cadence, key, zone);
    return named.start > now ? `${named.key} has not begun yet.` : named;
  } catch (error) {
    if (error instanceof CoxswainError) return error.message;
    throw error;
  }
}

/** As `watch` judges them. */
export const watchedOf = (pasted: Pasted['periods'], target: Target | null): Watched[] =>
  pasted.map(({ period, value }) => ({ period, value, missing: value === null, target }));

/** Values of consecutive periods up to the one of that key. */
export function upTo(last: string, cadence: Cadence, values: readonly (number | null)[]): Pasted['periods'] {
  // A key is the same in every zone.
  const { end } = periodFromKey(cadence, last, 'UTC');
  const keys = lastPeriods(cadence, values.length, end, 'UTC');
  return values.map((value, i) => ({ period: keys[i]!.key, value }));
}
