import type { Instant } from '../clock.ts';
import { WORKING_DAY } from './escalation.ts';
import type { Severity } from './issue.ts';
import { deadlines } from './service-level.ts';
import {
  type WorkingCalendar,
  type WorkingHours,
  addWorkingTime,
  workingTimeBetween,
} from './working-time.ts';

/** Who has an issue is reminded this often at most in one round; reminders are a help, not a siege. */
export const MOST_REMINDERS = 2;

/**
 * By when an issue that somebody has is to be solved. What was promised when it opened counts once; a round that began
 * after that, or was answered after it, gets the time of its severity anew from `since`.
 */
export function solveUntil(
  issue: { readonly severity: Severity; readonly solveBy: Instant | null },
  since: Instant,
  office: WorkingHours,
): Instant | null {
  const { severity, solveBy } = issue;
  if (solveBy === null || solveBy > since) return solveBy;
  return deadlines(severity, since, office).solveBy;
}

export interface Watch {
  readonly now: Instant;
  /** Working time of who has the issue. */
  readonly calendar: WorkingCalendar;
  /** When the round began, from which the time to solve counts. */
  readonly since: Instant;
  /** How many reminders there were. */
  readonly reminders: number;
  /** See `solveUntil`. */
  readonly until: Instant | null;
}

/**
 * When the next reminder is due, or the chain starts again; null when nothing is left to do. Reminders come at half of
 * the time to solve and a working day before its end, in working time of who has the issue.
 */
export function nextWatch({ now, calendar, since, reminders, until }: Watch): Instant | null {
  if (until === null || reminders >= MOST_REMINDERS) return until;
  return remindersOf(since, until, calendar).find((at) => at > now && at < until) ?? until;
}

/** In order, and at least a working day apart: a short time to solve has but the first. */
function remindersOf(since: Instant, until: Instant, calendar: WorkingCalendar): Instant[] {
  const whole = workingTimeBetween(since, until, calendar);
  const worked = [Math.floor(whole / 2), whole - WORKING_DAY];
  const apart = worked[1]! - worked[0]! >= WORKING_DAY ? worked : worked.slice(0, 1);
  return apart.map((ms) => addWorkingTime(since, ms, calendar));
}
