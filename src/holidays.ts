import Holidays from 'date-holidays';
import type { Day } from './domain/dates.ts';
import type { IsHoliday, WorkingCalendar, WorkingHours } from './domain/working-time.ts';
import { DAY } from './clock.ts';

/** Read once for a country and year: reading takes some milliseconds. All are dropped when there are too many. */
const MOST_KEPT = 500;
const kept = new Map<string, ReadonlySet<Day>>();

const PLACE = /^([A-Z]{2})(?:-([A-Z0-9]{1,3}))?$/;

/** Countries as they are typed and stored: `DE`, `DE-BY`. Undefined for what is no country here, or no part of it. */
export function parseCountry(text: string): string | undefined {
  const typed = text.trim().toUpperCase();
  const [, country = '', part] = PLACE.exec(typed) ?? [];
  const known = new Holidays();
  if (!Object.hasOwn(known.getCountries(), country)) return undefined;
  const parts = known.getStates(country) as Record<string, string> | undefined;
  return part === undefined || (parts !== undefined && Object.hasOwn(parts, part)) ? typed : undefined;
}

function daysOf(country: string, year: number): ReadonlySet<Day> {
  const key = `${country} ${year}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const [, place = '', part] = PLACE.exec(country) ?? [];
  const calendar = new Holidays();
  if (part === undefined) calendar.init(place);
  else calendar.init(place, part);
  const days = new Set<Day>();
  for (const { date, start, end, type } of calendar.getHolidays(year)) {
    if (type !== 'public') continue;
    // The written date is the local one; some holidays begin in the evening before.
    const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / DAY;
    const long = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY));
    for (let i = 0; i < long; i += 1) days.add(first + i);
  }
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, days);
  return days;
}

/** The public holidays of a country (`DE`, `DE-BY`); undefined where none is known, so that every day counts. */
export function holidaysOf(country: string | null): IsHoliday | undefined {
  if (country === null || !PLACE.test(country)) return undefined;
  return (day) => daysOf(country, new Date(day * DAY).getUTCFullYear()).has(day);
}

/** When a person works: their hours, less the public holidays of their country. */
export const calendarOf = (person: {
  readonly hours: WorkingHours;
  readonly country: string | null;
}): WorkingCalendar => ({ ...person.hours, isHoliday: holidaysOf(person.country) });
