import { HOUR, MINUTE } from '../clock.ts';
import { invalid } from '../errors.ts';
import { readTime, readWeekday } from './absence.ts';
import { WEEKDAYS, type Weekday } from './dates.ts';
import { OFFICE_HOURS, type WorkingHours } from './working-time.ts';

type Hours = Omit<WorkingHours, 'zone'>;

const clock = (time: number): string =>
  [Math.floor(time / HOUR), Math.floor((time % HOUR) / MINUTE)]
    .map((n) => String(n).padStart(2, '0'))
    .join(':');

const fault = (text: string, why: string) =>
  invalid(`“${text.trim().slice(0, 40).toWellFormed()}” ${why}`, {
    hint: 'me hours 9-17 mon-fri',
    fields: { hours: 'Hours and days, like 9-17 mon-fri or 8:30-16:00 mon,tue,thu.' },
  });

/** Indexes of `mon-fri`, `fri-mon`, `mon,wed`, `mon wed-fri`, `daily`, `weekdays`; undefined for anything else. */
function readDays(typed: string): Set<number> | undefined {
  if (/^(?:daily|every day|all days)$/.test(typed)) return new Set([0, 1, 2, 3, 4, 5, 6]);
  if (/^(?:weekdays|workdays)$/.test(typed)) return new Set([0, 1, 2, 3, 4]);
  const days = new Set<number>();
  for (const part of typed
    .replaceAll(/\s*-\s*/g, '-')
    .split(/[\s,;]+/)
    .filter((word) => word !== '' && word !== 'and')) {
    const [first = '', last = first, ...more] = part.split('-');
    const [from, to] = [readWeekday(first), readWeekday(last)];
    if (from === undefined || to === undefined || more.length > 0) return undefined;
    for (let day = from; ; day = (day + 1) % 7) {
      days.add(day);
      if (day === to) break;
    }
  }
  return days.size === 0 ? undefined : days;
}

/**
 * Working hours as people type them: `9-17 mon-fri`, `mon,tue 8:30-16:00`, `9am-5pm`; without days Monday to Friday, and
 * `always` for who can be asked at any time. Throws `invalid` with an example.
 */
export function parseHours(text: string): Hours {
  const typed = text
    .trim()
    .toLowerCase()
    .replaceAll(/[–—]|\bto\b/g, '-')
    .replaceAll(/\s+/g, ' ');
  if (/^(?:always|24\/7)$/.test(typed)) return { start: '00:00', end: '24:00', days: [] };
  const span =
    /(\d{1,2}(?:[:.h]\d{2})?\s*(?:am|pm)?)\s*-\s*(\d{1,2}(?:[:.h]\d{2})?\s*(?:am|pm)?)(?![\d:.])/.exec(typed);
  if (span === null) throw fault(text, 'has no hours from … to.');
  const [whole, first = '', last = ''] = span;
  const [start, end] = [readTime(first), /^24(?:[:.h]?00)?$/.test(last.trim()) ? 24 * HOUR : readTime(last)];
  if (start === undefined || end === undefined) throw fault(text, 'has a time that no clock shows.');
  if (end <= start) throw fault(text, 'ends before it begins. Whoever works at night types “always”.');
  const words = `${typed.slice(0, span.index)} ${typed.slice(span.index + whole.length)}`.trim();
  const days = words === '' ? undefined : readDays(words);
  if (words !== '' && days === undefined) throw fault(text, 'has days that I do not know.');
  return {
    start: clock(start),
    end: clock(end),
    days: days === undefined ? OFFICE_HOURS.days : WEEKDAYS.filter((_, i) => days.has(i)),
  };
}

/** `09:00-17:00 mon-fri`: what `parseHours` reads again. */
export function hoursText({ start, end, days }: Hours): string {
  if (days.length === 0 || end <= start) return 'always';
  return `${start}-${end} ${daysText(days)}`;
}

function daysText(days: readonly Weekday[]): string {
  const at = days.map((day) => WEEKDAYS.indexOf(day));
  const inARow = at.every((day, i) => i === 0 || day === at[i - 1]! + 1);
  return inARow && days.length > 2 ? `${days[0]}-${days.at(-1)}` : days.join(',');
}
