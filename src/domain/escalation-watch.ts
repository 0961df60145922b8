import type { Instant } from '../clock.ts';
import { WORKING_DAY } from './escalation.ts';
import type { Severity } from './issue.ts';
import { deadlines } from './service-level.ts';
import { type WorkingCalendar, type WorkingHours, addWorkingTime } from './working-time.ts';

/** Who has an issue is reminded this often at most, once a working day; reminders are a help, not a siege. */
export const MOST_REMINDERS = 5;

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
  /** How many reminders there were. */
  readonly reminders: number;
  /** See `solveUntil`. */
  readonly until: Instant | null;
}

/** When the next reminder is due, or the chain starts again; null when nothing is left to do. */
export function nextWatch({ now, calendar, reminders, until }: Watch): Instant | null {
  if (reminders >= MOST_REMINDERS) return until;
  const reminder = addWorkingTime(now, WORKING_DAY, calendar);
  return until === null ? reminder : Math.min(reminder, until);
}
