import { DAY, type Instant } from '../clock.ts';
import { invalid } from '../errors.ts';
import { type Cadence, countOf, dayText, firstDay, timeOfDay } from './dates.ts';
import { dayAt, instantOn } from './zone.ts';

export { CADENCES, type Cadence } from './dates.ts';

/** A day, ISO week or month of one zone: every instant with `start <= at < end`. Local midnights bound it. */
export interface Period {
  /** `2026-11-20`, `2026-W47` (ISO 8601 week) or `2026-11`. */
  readonly key: string;
  readonly start: Instant;
  readonly end: Instant;
}

/** The local time, on the first day after a period, from which its reading is late. */
const READING_DUE = '09:00';

/** An ISO week belongs to the year of its Thursday, and week 1 is the one that holds 4 January (ISO 8601). */
function weekKey(week: number): string {
  const year = new Date((firstDay('weekly', week) + 3) * DAY).getUTCFullYear();
  const number = week - countOf('weekly', Date.UTC(year, 0, 4) / DAY) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}

function keyOf(cadence: Cadence, count: number): string {
  if (cadence === 'weekly') return weekKey(count);
  const date = dayText(firstDay(cadence, count));
  return cadence === 'daily' ? date : date.slice(0, 7);
}

/** The same few weeks are asked for again and again, and never change; all of them are dropped when full. */
const MOST_KEPT = 4096;
const kept = new Map<string, Period>();

function counted(cadence: Cadence, count: number, zone: string): Period {
  const name = `${cadence} ${count} ${zone}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  const period: Period = {
    key: keyOf(cadence, count),
    start: instantOn(firstDay(cadence, count), 0, zone),
    end: instantOn(firstDay(cadence, count + 1), 0, zone),
  };
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(name, period);
  return period;
}

/** The count of the period that holds `at`. Clocks put back over midnight do not bring yesterday back. */
function countAt(cadence: Cadence, at: Instant, zone: string): number {
  let count = countOf(cadence, dayAt(at, zone));
  while (instantOn(firstDay(cadence, count + 1), 0, zone) <= at) count += 1;
  return count;
}

/** The period that holds `at`. `zone` is IANA. */
export const periodOf = (cadence: Cadence, at: Instant, zone: string): Period =>
  counted(cadence, countAt(cadence, at, zone), zone);

export const previousPeriod = (cadence: Cadence, period: Period, zone: string): Period =>
  counted(cadence, countAt(cadence, period.start, zone) - 1, zone);

export const nextPeriod = (cadence: Cadence, period: Period, zone: string): Period =>
  counted(cadence, countAt(cadence, period.start, zone) + 1, zone);

/**
 * `n` periods, oldest first: the last ones that were over at `endingBefore`, or, with `includeCurrent`, the one
 * that holds `endingBefore` and the `n - 1` before it.
 */
export function lastPeriods(
  cadence: Cadence,
  n: number,
  endingBefore: Instant,
  zone: string,
  options: { readonly includeCurrent?: boolean } = {},
): Period[] {
  const newest = countAt(cadence, endingBefore, zone) - (options.includeCurrent === true ? 0 : 1);
  return Array.from({ length: n }, (_, i) => counted(cadence, newest - n + 1 + i, zone));
}

/** When a period's reading becomes late: READING_DUE local time on the first day after its end. */
export const dueAt = (period: Period, zone: string): Instant =>
  instantOn(dayAt(period.end, zone), timeOfDay(READING_DUE), zone);

const KEYS: Record<Cadence, { readonly form: RegExp; readonly say: string; readonly example: string }> = {
  daily: { form: /^(\d{4})-(\d\d)-(\d\d)$/, say: 'a day', example: '2026-11-20' },
  weekly: { form: /^(\d{4})-W(\d\d)$/, say: 'an ISO week', example: '2026-W47' },
  monthly: { form: /^(\d{4})-(\d\d)$/, say: 'a month', example: '2026-11' },
};

function countOfKey(cadence: Cadence, year: number, second: number, third: number): number {
  switch (cadence) {
    case 'daily':
      return Date.UTC(year, second - 1, third) / DAY;
    case 'weekly':
      return countOf('weekly', Date.UTC(year, 0, 4) / DAY) + second - 1;
    case 'monthly':
      return (year - 1970) * 12 + second - 1;
    default:
      return cadence satisfies never;
  }
}

/** The period that a key names, years 1000 to 9999. Throws `invalid` for a key that names none (week 53 of a year that has 52). */
export function periodFromKey(cadence: Cadence, key: string, zone: string): Period {
  const { form, say, example } = KEYS[cadence];
  const typed = key.trim().toUpperCase();
  const [, year, second, third] = form.exec(typed) ?? [];
  const count = countOfKey(cadence, Number(year), Number(second), Number(third ?? 1));
  // The calendar rolls 31 February over into March: only what comes out as it went in is a real period.
  if (Number(year) >= 1000 && keyOf(cadence, count) === typed) return counted(cadence, count, zone);
  throw invalid(`“${key.slice(0, 40).toWellFormed()}” is not ${say} of this ${cadence} number.`, {
    hint: example,
  });
}
