import { DAY, HOUR, MINUTE } from '../clock.ts';

/** A date of the calendar, in no zone, counted in days since 1970-01-01. */
export type Day = number;

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const CADENCES = ['daily', 'weekly', 'monthly'] as const;
export type Cadence = (typeof CADENCES)[number];

/** 1970-01-01, day 0, was a Thursday; weeks begin on Monday. */
const THURSDAY = 3;
const weekOf = (day: Day): number => Math.floor((day + THURSDAY) / 7);
const mondayOf = (week: number): Day => week * 7 - THURSDAY;

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: Day): number => day - mondayOf(weekOf(day));

function monthOf(day: Day): number {
  const date = new Date(day * DAY);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** The days, weeks (from Monday) or months since the one that holds 1970-01-01: so the next one is one more. */
export function countOf(cadence: Cadence, day: Day): number {
  switch (cadence) {
    case 'daily':
      return day;
    case 'weekly':
      return weekOf(day);
    case 'monthly':
      return monthOf(day);
    default:
      return cadence satisfies never;
  }
}

/** The first day of the day, week or month of that count. */
export function firstDay(cadence: Cadence, count: number): Day {
  switch (cadence) {
    case 'daily':
      return count;
    case 'weekly':
      return mondayOf(count);
    case 'monthly':
      return Date.UTC(1970, count, 1) / DAY;
    default:
      return cadence satisfies never;
  }
}

/** `2026-11-20`. */
export const dayText = (day: Day): string => new Date(day * DAY).toISOString().slice(0, 10);

/** `HH:MM` as milliseconds after midnight; `24:00` is the end of the day. Throws RangeError for anything else. */
export function timeOfDay(text: string): number {
  const [, hours, minutes] = /^(\d\d):([0-5]\d)$/.exec(text) ?? [];
  const time = Number(hours) * HOUR + Number(minutes) * MINUTE;
  if (!(time <= DAY)) throw new RangeError(`not a time of day: ${text.slice(0, 20)}`);
  return time;
}
