import type { Instant } from '../clock.ts';
import { type Day, WEEKDAYS, type Weekday, countOf, firstDay, timeOfDay } from './dates.ts';
import { dayAt, instantOn } from './zone.ts';

export type { Weekday } from './dates.ts';

/**
 * Something that recurs at a wall time, at most once a local date. `time` is `HH:MM` from 00:00 to 23:59;
 * a monthly `day` is 1 to 28, so that every month has it, or its last day.
 */
export type Rule =
  | { readonly kind: 'daily'; readonly time: string }
  | { readonly kind: 'weekly'; readonly day: Weekday; readonly time: string }
  | { readonly kind: 'monthly'; readonly day: number | 'last'; readonly time: string };

/** The date on which the rule occurs in the day, week or month of that count. */
function dateOf(rule: Rule, count: number): Day {
  switch (rule.kind) {
    case 'daily':
      return count;
    case 'weekly':
      return firstDay('weekly', count) + WEEKDAYS.indexOf(rule.day);
    case 'monthly':
      return rule.day === 'last'
        ? firstDay('monthly', count + 1) - 1
        : firstDay('monthly', count) + rule.day - 1;
    default:
      return rule satisfies never;
  }
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** Rules come from stored rows too: one that is not valid must not become a date that nobody meant. */
function assertRule(rule: Rule): void {
  if (!TIME.test(rule.time)) throw new RangeError(`not a time of day: ${rule.time.slice(0, 20)}`);
  switch (rule.kind) {
    case 'daily':
      return;
    case 'weekly':
      if (!WEEKDAYS.includes(rule.day)) throw new RangeError('not a weekday: those are mon to sun');
      return;
    case 'monthly':
      if (rule.day === 'last' || (Number.isInteger(rule.day) && rule.day >= 1 && rule.day <= 28)) return;
      throw new RangeError(`not a day that every month has: ${rule.day}`);
    default:
      rule satisfies never;
      throw new RangeError('not a kind of rule');
  }
}

/** The instant of an occurrence by its count. Never decreases as the count grows. */
function occurrences(rule: Rule, zone: string): (count: number) => Instant {
  assertRule(rule);
  const time = timeOfDay(rule.time);
  return (count) => instantOn(dateOf(rule, count), time, zone);
}

/** Every occurrence strictly after an instant, in order, without end. A date left out by a zone gives none. */
function* occurrencesAfter(rule: Rule, zone: string, after: Instant): Generator<Instant, never> {
  const occurrence = occurrences(rule, zone);
  let last = after;
  for (let count = countOf(rule.kind, dayAt(after, zone)) - 1; ; count += 1) {
    const at = occurrence(count);
    if (at <= last) continue;
    last = at;
    yield at;
  }
}

/**
 * The first occurrence strictly after `after`: the rule's time on the wall in `zone` (IANA). It comes once per
 * local date: where clocks go forward over it, at the first valid instant after the gap; where they go back
 * over it, the first time only. Throws RangeError for a rule or a zone that is not valid.
 */
export const nextInstant = (rule: Rule, zone: string, after: Instant): Instant =>
  occurrencesAfter(rule, zone, after).next().value;

/** The last occurrence at or before an instant. Throws RangeError like `nextInstant`. */
export function latestInstant(rule: Rule, zone: string, atOrBefore: Instant): Instant {
  const occurrence = occurrences(rule, zone);
  let count = countOf(rule.kind, dayAt(atOrBefore, zone)) + 1;
  while (occurrence(count) > atOrBefore) count -= 1;
  return occurrence(count);
}

/** Every occurrence after `after`, up to and including `until`, oldest first. Throws RangeError like `nextInstant`. */
export function instantsBetween(rule: Rule, zone: string, after: Instant, until: Instant): Instant[] {
  const found: Instant[] = [];
  for (const at of occurrencesAfter(rule, zone, after)) {
    if (at > until) break;
    found.push(at);
  }
  return found;
}
