import { invalid } from '../errors.ts';
import type { Rule } from './calendar.ts';
import { WEEKDAYS, type Weekday } from './dates.ts';
import { parseZone } from './zone-name.ts';

const EXAMPLE = 'mon 09:00 Europe/Berlin';
const WEEKDAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const FILLERS = new Set(['at', 'on', 'every', 'each', 'the', 'in']);

/** Which schedules are asked for, and what is suggested where something else was typed. */
interface Asked {
  readonly weekly?: true;
  readonly example: string;
}

const fault = (what: string, { example }: Asked) => invalid(what, { hint: example });
const shown = (word: string | undefined) => `“${(word ?? '').slice(0, 40).toWellFormed()}”`;

function parseWeekday(word: string): Weekday | undefined {
  const name = word.toLowerCase().replace(/s$/, '');
  if (name.length < 3) return undefined;
  const i = WEEKDAY_NAMES.findIndex((day) => day.startsWith(name) || (name === 'thur' && day === 'thursday'));
  return WEEKDAYS[i];
}

/** `9:00`, `09:00`, `9.00`, `9am`, `9:30pm` as `HH:MM`; undefined for anything else. */
function parseTime(word: string): string | undefined {
  const [, hourText, minuteText, half] = /^(\d{1,2})(?:[:.](\d\d))?(am|pm)?$/i.exec(word.trim()) ?? [];
  if (hourText === undefined || (minuteText === undefined && half === undefined)) return undefined;
  const [typed, minute] = [Number(hourText), Number(minuteText ?? 0)];
  if (half !== undefined && (typed < 1 || typed > 12)) return undefined;
  const hour = half === undefined ? typed : (typed % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

type When = { kind: 'daily' } | { kind: 'weekly'; day: Weekday } | { kind: 'monthly'; day: number | 'last' };

function parseMonthDay(word: string | undefined, asked: Asked): number | 'last' {
  if (word?.toLowerCase() === 'last') return 'last';
  const day = Number(/^(\d{1,2})(?:st|nd|rd|th)?\.?$/i.exec(word ?? '')?.[1]);
  if (day >= 1 && day <= 28) return day;
  throw fault(`${shown(word)} is not a day that every month has: 1 to 28, or last.`, asked);
}

/** Takes the words that say the day off the front of `words`. */
function takeWhen(words: string[], asked: Asked): When {
  const first = words.shift() ?? '';
  const word = first.toLowerCase();
  if (asked.weekly !== true) {
    if (word === 'daily' || word === 'day') return { kind: 'daily' };
    if (word === 'monthly' || word === 'month')
      return { kind: 'monthly', day: parseMonthDay(words.shift(), asked) };
  }
  const named = word === 'weekly' || word === 'week' ? (words.shift() ?? '') : first;
  const day = parseWeekday(named);
  if (day !== undefined) return { kind: 'weekly', day };
  throw fault(
    asked.weekly === true
      ? `${shown(named)} is not a weekday, and this is weekly: type one, like mon or friday.`
      : `${shown(named)} is not a day: type a weekday, daily, or monthly with a day.`,
    asked,
  );
}

/**
 * Reads `mon 09:00 Europe/Berlin`, `monday 9am`, `daily 08:30`, `weekly fri 16:00`, `monthly 1 9:00` or
 * `monthly last 17:00 Asia/Tokyo`; only the weekly ones where `asked` says so. Without a zone the caller uses the
 * channel's. Throws `invalid` with what was wrong and an example.
 */
export function parseSchedule(
  input: readonly string[] | string,
  asked: Asked = { example: EXAMPLE },
): { rule: Rule; zone?: string } {
  const words = (typeof input === 'string' ? [input] : input)
    .flatMap((text) => text.split(/[\s,]+/))
    .filter((word) => word !== '' && !FILLERS.has(word.toLowerCase()));
  if (words.length === 0) throw fault('A schedule needs a day and a time.', asked);
  const when = takeWhen(words, asked);
  const typed = words.shift();
  if (typed === undefined) throw fault('A schedule needs a time after the day.', asked);
  const time = parseTime(typed) ?? '';
  if (time === '') throw fault(`${shown(typed)} is not a time of day from 00:00 to 23:59.`, asked);
  const rule: Rule = { ...when, time };
  return words.length === 0 ? { rule } : { rule, zone: parseZone(words.join(' ')) };
}

/** The schedule as `parseSchedule` reads it: `mon 09:00 Europe/Berlin`, `monthly last 17:00 Asia/Tokyo`. */
export function formatSchedule(rule: Rule, zone: string): string {
  switch (rule.kind) {
    case 'daily':
      return `daily ${rule.time} ${zone}`;
    case 'weekly':
      return `${rule.day} ${rule.time} ${zone}`;
    case 'monthly':
      return `monthly ${rule.day} ${rule.time} ${zone}`;
    default:
      return rule satisfies never;
  }
}
