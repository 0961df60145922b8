import { DAY, HOUR, type Instant, MINUTE } from '../clock.ts';
import { invalid } from '../errors.ts';
import { type Day, WEEKDAYS, dayText, timeOfDay, weekdayOf } from './dates.ts';
import { parseDuration } from './duration.ts';
import type { WorkingHours } from './working-time.ts';
import { dayAt, instantOn, wallTimeAt } from './zone.ts';

/** Longer absences are typing errors more often than plans: a year. */
const LONGEST_ABSENCE = 366 * DAY;

const EXAMPLES = 'away until fri, away until 2026-12-24, away until tomorrow 14:00, away until 3 days';

const FULL = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

interface Here {
  readonly now: Instant;
  readonly hours: WorkingHours;
  /** `until` comes back on the day itself; `through` on the day after it. */
  readonly last: 'until' | 'through';
}

/** `14:00`, `9:30`, `2pm`, `2:30 pm` as milliseconds after midnight; undefined for anything else. */
export function readTime(text: string): number | undefined {
  const [, hour = '', minute = '00', half] =
    /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$/.exec(text.trim().toLowerCase()) ?? [];
  if (hour === '') return undefined;
  const [h, m] = [Number(hour), Number(minute)];
  if (m > 59 || (half === undefined ? h > 23 : h < 1 || h > 12)) return undefined;
  const whole = half === undefined ? h : (h % 12) + (half === 'pm' ? 12 : 0);
  return whole * HOUR + m * MINUTE;
}

/** A date that exists: not the 30th of February. */
function dayOf(year: number, month: number, date: number): Day | undefined {
  const at = Date.UTC(year, month, date);
  const seen = new Date(at);
  return seen.getUTCMonth() === month && seen.getUTCDate() === date ? at / DAY : undefined;
}

/** The day that a word means, seen from today; undefined where it means none. */
function readDay(word: string, today: Day): Day | undefined {
  const typed = word.trim().toLowerCase();
  if (typed === 'today') return today;
  if (typed === 'tomorrow') return today + 1;
  if (typed === 'next week') return today + 7 - weekdayOf(today);
  const weekday = readWeekday(typed.replace(/^(?:next|on)\s+/, ''));
  if (weekday !== undefined) return today + (((weekday - weekdayOf(today) + 6) % 7) + 1);
  const [, year, month, date] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed) ?? [];
  if (year !== undefined) return dayOf(Number(year), Number(month) - 1, Number(date));
  return namedDate(typed, today);
}

/** 0 for Monday; `fri`, `friday`, `thurs`. */
export function readWeekday(typed: string): number | undefined {
  const at = WEEKDAYS.findIndex((day, i) => typed.startsWith(day) && FULL[i]!.startsWith(typed));
  return at === -1 ? undefined : at;
}

/** `24 dec`, `dec 24`, `24 December 2026`: without a year the next one that comes. */
function namedDate(typed: string, today: Day): Day | undefined {
  const [, d1, m1, y1] =
    /^(\d{1,2})(?:st|nd|rd|th|\.)?\s+([a-z]{3,9})\.?(?:,?\s+(\d{4}))?$/.exec(typed) ?? [];
  const [, m2, d2, y2] = /^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?$/.exec(typed) ?? [];
  const [date, name, year] = [d1 ?? d2, m1 ?? m2, y1 ?? y2];
  if (date === undefined || name === undefined) return undefined;
  const month = MONTHS.findIndex((m) => name.startsWith(m));
  if (month === -1) return undefined;
  if (year !== undefined) return dayOf(Number(year), month, Number(date));
  const thisYear = new Date(today * DAY).getUTCFullYear();
  const days = [thisYear, thisYear + 1].flatMap((y) => dayOf(y, month, Number(date)) ?? []);
  return days.find((day) => day >= today);
}

/** A day, and a time behind it where one was typed. */
function readDayAndTime(typed: string, today: Day): { day: Day; time?: number } | undefined {
  const whole = readDay(typed, today);
  if (whole !== undefined) return { day: whole };
  const [, front, back] = /^(.+?)(?:\s+at)?[\sT]+([\d:.h]+\s*(?:am|pm)?)$/i.exec(typed) ?? [];
  if (front === undefined || back === undefined) return undefined;
  const [day, time] = [readDay(front, today), readTime(back)];
  return day === undefined || time === undefined ? undefined : { day, time };
}

/** Days that a length of time means, where it counts in days: `3 days`, `2w`. */
function readDays(typed: string): number | undefined {
  const [, count, unit] = /^(\d{1,3})\s*(d|days?|w|wks?|weeks?)$/.exec(typed) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  return Number(count) * (unit.startsWith('w') ? 7 : 1);
}

/** When somebody's day begins: with their working hours, at 9 where they always work. */
const morning = (day: Day, { start, end, days, zone }: WorkingHours): Instant =>
  instantOn(day, days.length === 0 || end <= start ? 9 * HOUR : timeOfDay(start), zone);

/**
 * When somebody is back who says `until` so: a weekday, `tomorrow`, a date, a length of time, each with a time of day if
 * they like, on the wall clock of their zone; without one, when their working hours begin on that day. A weekday is the
 * next one, never today. Throws `invalid` for what is no time, is over, or is more than a year ahead.
 */
export function parseReturn(text: string, { now, hours, last }: Here): Instant {
  const typed = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const fault = (why: string) =>
    invalid(`“${text.trim().slice(0, 40).toWellFormed()}” ${why}`, {
      hint: EXAMPLES,
      fields: { until: 'A day like fri, tomorrow or 2026-12-24, with a time if you like.' },
    });
  const back = readReturn(typed, { now, hours, last });
  if (back === undefined) throw fault('is no day and no time that I know.');
  if (back <= now) throw fault('is over already. Say when you will be back.');
  if (back - now > LONGEST_ABSENCE) throw fault('is more than a year ahead.');
  return back;
}

function readReturn(typed: string, { now, hours, last }: Here): Instant | undefined {
  const { zone } = hours;
  const today = dayAt(now, zone);
  const days = readDays(typed);
  if (typed === 'next week' && last === 'through') return morning(today + 14 - weekdayOf(today), hours);
  if (days !== undefined) return morning(today + days + (last === 'through' ? 1 : 0), hours);
  const found = readDayAndTime(typed, today);
  if (found !== undefined) {
    const { day, time } = found;
    if (time !== undefined) return instantOn(day, time, zone);
    return morning(last === 'through' ? day + 1 : day, hours);
  }
  const time = /[:h]|am$|pm$/.test(typed) ? readTime(typed) : undefined;
  if (time !== undefined) return instantOn(today, time, zone);
  try {
    return now + parseDuration(typed);
  } catch {
    return undefined;
  }
}

/** `2026-12-24 09:00` on the wall of `zone`: what a form is filled in with, and what `parseReturn` reads again. */
export function returnText(at: Instant, zone: string): string {
  const day = dayAt(at, zone);
  const minutes = Math.floor((wallTimeAt(at, zone) % DAY) / MINUTE);
  const time = [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':');
  return `${dayText(day)} ${time}`;
}
