import type { Instant } from '../clock.ts';
import { type StatusWord, type Target, statusOf } from './metric.ts';

/** What a target was until it was changed. */
export interface PastTarget extends Target {
  readonly until: Instant;
}

/**
 * The target that was in force at an instant: that of the first change after it, or the present one. Changes may come
 * in any order. A reading is judged by the target of the end of its period, so that a target raised today turns no
 * past week red; whoever judges readings (scorecard, digest, drift, charts) asks here and not `metric` itself.
 */
export function targetAt(metric: Target, changes: readonly PastTarget[], at: Instant): Target {
  let found: PastTarget | undefined;
  for (const change of changes) {
    if (change.until > at && (found === undefined || change.until < found.until)) found = change;
  }
  return found ?? metric;
}

/** Status of a value whose period ended, or will end, at `end`. */
export const statusAt = (
  metric: Target,
  changes: readonly PastTarget[],
  value: number,
  end: Instant,
): Exclude<StatusWord, 'missing'> => statusOf(targetAt(metric, changes, end), value);
