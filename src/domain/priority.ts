import { DAY, type Instant } from '../clock.ts';
import { invalid } from '../errors.ts';
import { dayAt } from './zone.ts';

export const PRIORITY_STATES = ['open', 'done', 'dropped'] as const;
export type PriorityState = (typeof PRIORITY_STATES)[number];

/** At most so many for one seat and quarter. */
export const MOST_PRIORITIES = 7;

/** `CLAIMS-P1`. */
export const priorityRef = (seatKey: string, number: number): string => `${seatKey.toUpperCase()}-P${number}`;

/** Value of `priorities.place` while a priority takes the n-th of the places of its seat and quarter. */
export const placeKey = (seat: string, quarter: string, n: number): string => `${seat}:${quarter}:${n}`;

const keyOf = (year: number, quarter: number): string => `${year}-Q${quarter}`;

/** The quarter of the calendar that holds `at` in `zone`: `2026-Q4`. Keys sort like the quarters do. */
export function quarterAt(at: Instant, zone: string): string {
  const date = new Date(dayAt(at, zone) * DAY);
  return keyOf(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) + 1);
}

/** Reads `2026-Q4`, `2026q4`, `Q4 2026`, or `Q4` of the present year. Throws `invalid` with an example. */
export function parseQuarter(text: string, present: string): string {
  const typed = text.trim().toUpperCase();
  const [, year, quarter] = /^(\d{4})[-\s]?Q([1-4])$/.exec(typed) ?? [];
  if (year !== undefined) return keyOf(Number(year), Number(quarter));
  const [, alone, of = present.slice(0, 4)] = /^Q([1-4])(?:[-\s]?(\d{4}))?$/.exec(typed) ?? [];
  if (alone !== undefined) return keyOf(Number(of), Number(alone));
  throw invalid(`“${text.slice(0, 40).toWellFormed()}” is not a quarter.`, {
    hint: `quarter=${present}`,
    fields: { quarter: `Give the quarter like ${present}.` },
  });
}

/** Still open although its quarter is over. */
export const isOverdue = (
  { state, quarter }: { readonly state: PriorityState; readonly quarter: string },
  present: string,
): boolean => state === 'open' && quarter < present;
