import { formatNumber } from '../metric.ts';
import { type Reading, autocorrelationOf } from './baseline.ts';
import type { Ranked } from './ranked.ts';

/** Above this share of equal readings the rest is too little to judge by. */
const MOST_ALIKE = 0.8;
/** From this autocorrelation on a lasting change looks like an ordinary swing. */
const TOO_CLOSE = 0.85;

/** The commonest value, and how often it comes. */
function commonest({ sorted, length }: Ranked): { value: number; count: number } {
  let [value, count, run] = [0, 0, 0];
  for (let i = 0; i < length; i += 1) {
    run = i > 0 && sorted[i] === sorted[i - 1] ? run + 1 : 1;
    if (run > count) [value, count] = [sorted[i]!, run];
  }
  return { value, count };
}

/** Whether too many readings are the same: the quick question that goes with tooAlike. */
export const areAlike = (readings: Ranked): boolean =>
  commonest(readings).count > MOST_ALIKE * readings.length;

/** Why readings that are all or nearly all the same cannot be judged, in one sentence; undefined when they can. */
export function tooAlike(readings: Ranked): string | undefined {
  const { value, count } = commonest(readings);
  const n = readings.length;
  if (count === n) {
    return `All ${n} readings are ${formatNumber(value)}: without any variation there is nothing to judge a change by.`;
  }
  return count > MOST_ALIKE * n
    ? `${count} of ${n} readings are ${formatNumber(value)}: too few differ to judge a change by.`
    : undefined;
}

/** The same for a baseline whose readings follow each other too closely. */
export function tooClose(readings: readonly Reading[], centre: number): string | undefined {
  const found = autocorrelationOf(readings, centre);
  if (found < TOO_CLOSE) return undefined;
  return `Each reading lies so close to the one before (autocorrelation ${Math.min(found, 0.99).toFixed(2)}) that a change cannot be told from its ordinary swing.`;
}
