import { DAY, type Instant } from '../clock.ts';
import { type Day, WEEKDAYS, type Weekday, timeOfDay, weekdayOf } from './dates.ts';
import { dayAt, instantOn } from './zone.ts';

/**
 * When a person works: from `start` up to `end` (`HH:MM`, `24:00` ends the day) on `days`, by the wall clock of
 * `zone` (IANA). Hours that leave no working time at all (no days, or an end that is not after the start) count
 * as *always working*: a wait measured in them would otherwise never end and an escalation would hang.
 */
export interface WorkingHours {
  readonly zone: string;
  readonly start: string;
  readonly end: string;
  readonly days: readonly Weekday[];
}

/** Whether nobody works on this day although it is one of theirs. */
export type IsHoliday = (day: Day) => boolean;

/** Working hours, less the public holidays where they are known. */
export type WorkingCalendar = WorkingHours & { readonly isHoliday?: IsHoliday | undefined };

export const OFFICE_HOURS: Omit<WorkingHours, 'zone'> = {
  start: '09:00',
  end: '17:00',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
};

interface Shift {
  readonly from: Instant;
  readonly to: Instant;
}

/** The longest wait that can be added, in milliseconds: ten years. More is a fault of the caller. */
const LONGEST = 3653 * DAY;

/** Holidays in a row after which they are believed no more: a calendar without any working day would hang an escalation. */
const MOST_HOLIDAYS = 60;

/**
 * The shifts that end after `at`, in order, without end. A shift begins and ends when the wall clock first shows
 * its times, so it is an hour shorter or longer on the nights when clocks change.
 */
function* shiftsFrom(at: Instant, hours: WorkingCalendar): Generator<Shift, never> {
  const [start, end] = [timeOfDay(hours.start), timeOfDay(hours.end)];
  if (hours.days.length === 0 || end <= start) {
    yield { from: at, to: Infinity };
  }
  const works = WEEKDAYS.map((day) => hours.days.includes(day));
  let holidays = 0;
  for (let day: Day = dayAt(at, hours.zone) - 1; ; day += 1) {
    if (works[weekdayOf(day)] !== true) continue;
    holidays = hours.isHoliday?.(day) === true ? holidays + 1 : 0;
    if (holidays > 0 && holidays <= MOST_HOLIDAYS) continue;
    const shift = { from: instantOn(day, start, hours.zone), to: instantOn(day, end, hours.zone) };
    if (shift.to > at && shift.to > shift.from) yield shift;
  }
}

/** `at` itself inside working time, else the start of the next shift. The end of a shift is already outside. */
export const nextWorking = (at: Instant, hours: WorkingCalendar): Instant =>
  Math.max(at, shiftsFrom(at, hours).next().value.from);

export const isWorking = (at: Instant, hours: WorkingCalendar): boolean => nextWorking(at, hours) === at;

/**
 * The instant in working time at which `ms` working milliseconds have passed since `at`. What would fall on the
 * end of a shift falls on the start of the next: nobody is due to act after hours. Throws RangeError for a wait
 * that is negative or over ten years.
 */
export function addWorkingTime(at: Instant, ms: number, hours: WorkingCalendar): Instant {
  if (!(ms >= 0 && ms <= LONGEST)) throw new RangeError(`cannot add ${ms} ms of working time`);
  let left = ms;
  for (const { from, to } of shiftsFrom(at, hours)) {
    const begin = Math.max(from, at);
    if (left < to - begin) return begin + left;
    left -= to - begin;
  }
  throw new Error('unreachable: shifts never end');
}

/** Milliseconds of working time from `from` up to `to`; 0 where `to` is not after `from`. */
export function workingTimeBetween(from: Instant, to: Instant, hours: WorkingCalendar): number {
  let passed = 0;
  for (const shift of shiftsFrom(from, hours)) {
    if (shift.from >= to) return passed;
    passed += Math.max(0, Math.min(shift.to, to) - Math.max(shift.from, from));
    if (shift.to >= to) return passed;
  }
  return passed;
}
