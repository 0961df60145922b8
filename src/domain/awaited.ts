import type { Instant } from '../clock.ts';
import { invalid } from '../errors.ts';
import type { Cadence } from './dates.ts';
import { type Period, dueAt, periodFromKey, periodOf, previousPeriod } from './period.ts';

interface Awaited {
  readonly cadence: Cadence;
  readonly createdAt: Instant;
  readonly awaitedFrom: Instant | null;
}

/** Since when readings are awaited as they are now: for periods that ended before, none was. */
export const awaitedSince = ({ createdAt, awaitedFrom }: Awaited): Instant =>
  Math.max(createdAt, awaitedFrom ?? 0);

/** Whether a reading of the period was, or is, awaited. */
export const isAwaited = (metric: Awaited, period: Period): boolean => period.end > awaitedSince(metric);

/**
 * The period that a value without one is for: the last complete one as long as its reading is missing, or not late
 * yet (what comes on Monday morning corrects last week), otherwise the present one. `lastCame` says that the last
 * complete period has its reading.
 */
export function defaultPeriod(metric: Awaited, now: Instant, zone: string, lastCame: boolean): Period {
  const current = periodOf(metric.cadence, now, zone);
  const last = previousPeriod(metric.cadence, current, zone);
  return isAwaited(metric, last) && (!lastCame || now <= dueAt(last, zone)) ? last : current;
}

/** Throws `invalid` when the period has not begun. */
export function assertBegun(cadence: Cadence, period: Period, now: Instant, zone: string): void {
  if (period.start <= now) return;
  throw invalid(`${period.key} has not begun yet: readings are for the present or an earlier period.`, {
    hint: `period=${periodOf(cadence, now, zone).key}`,
  });
}

/** Days, weeks and months have keys of different form, so a key says what it is a key of, whatever its metric's cadence is today. */
export const cadenceOfKey = (key: string): Cadence =>
  key.includes('W') ? 'weekly' : key.length > 7 ? 'daily' : 'monthly';

/** The period of a stored reading. */
export const periodOfKey = (key: string, zone: string): Period => periodFromKey(cadenceOfKey(key), key, zone);
