import { DAY, type Instant } from '../clock.ts';
import { invalid } from '../errors.ts';
import { type Weekday, WEEKDAYS, timeOfDay, weekdayOf } from './dates.ts';
import { parseDuration } from './duration.ts';
import { dayAt, instantOn } from './zone.ts';

/** Local time at which what is due on a day is late. */
const END_OF_DAY = '17:00';
/** Further away than a year is a typing error more often than a plan. */
const FURTHEST = 366;

function dayOf(text: string, today: number): number | undefined {
  const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (date !== null) {
    const day = Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3])) / DAY;
    // The calendar rolls 31 February over into March: only what comes out as it went in is a day.
    return new Date(day * DAY).toISOString().startsWith(text) ? day : undefined;
  }
  if (text === 'today') return today;
  if (text === 'tomorrow') return today + 1;
  const weekday = WEEKDAYS.indexOf(text.slice(0, 3) as Weekday);
  if (weekday !== -1 && /^[a-z]+$/.test(text)) return today + ((weekday - weekdayOf(today) + 6) % 7) + 1;
  return undefined;
}

/**
 * The end of the working day that somebody names: `2026-12-01`, `fri` (the next one), `tomorrow`, or so long from now
 * (`5d`, `2w`). At most a year away. Throws `invalid` with examples for what is none, or past.
 */
export function dueDay(text: string, now: Instant, zone: string): Instant {
  const typed = text.trim().toLowerCase();
  const today = dayAt(now, zone);
  const named = dayOf(typed, today);
  const day =
    named ??
    (/^\d/.test(typed) && !typed.includes('-') ? today + Math.ceil(parseDuration(typed) / DAY) : NaN);
  const due = Number.isNaN(day) || day - today > FURTHEST ? NaN : instantOn(day, timeOfDay(END_OF_DAY), zone);
  if (due > now) return due;
  const why = due <= now ? 'is over' : 'is no day within a year';
  throw invalid(`“${text.trim().slice(0, 40).toWellFormed()}” ${why}. Give a day that is still to come.`, {
    hint: 'due=fri, due=5d or due=2026-12-01',
    fields: { due: 'Give a day that is still to come, for example fri or 5d.' },
  });
}
