import { formatNumber } from '../metric.ts';
import { type Reading, autocorrelationOf } from './baseline.ts';
import type { Ranked } from './ranked.ts';

/** Above this share of equal readings the rest is too little to judge by. */
const MOST_ALIKE = 0.8;
/** From this autocorrelation on a lasting change looks like an ordinary swing… */
const TOO_CLOSE = 0.85;
/** …if it is not one change that makes the readings look alike: so much must be left without it. */
const STILL_CLOSE = 0.5;

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

/** The same for a baseline whose readings follow each other too closely, also when one step is taken out of it. */
export function tooClose(readings: readonly Reading[], centre: number): string | undefined {
  const found = autocorrelationOf(readings, centre);
  if (found < TOO_CLOSE || autocorrelationOf(withoutStep(readings), 0) < STILL_CLOSE) return undefined;
  return `Each reading lies so close to the one before (autocorrelation ${Math.min(found, 0.99).toFixed(2)}) that a change cannot be told from its ordinary swing.`;
}

const meanOf = (readings: readonly Reading[]): number =>
  readings.reduce((sum, { value }) => sum + value, 0) / readings.length;

/** Deviations from two levels, the break where it explains most. */
function withoutStep(readings: readonly Reading[]): Reading[] {
  const mean = meanOf(readings);
  let [sum, best, at] = [0, -1, 0];
  for (let i = 1; i < readings.length; i += 1) {
    sum += readings[i - 1]!.value - mean;
    const explained = (sum * sum) / (i * (readings.length - i));
    if (explained > best) [best, at] = [explained, i];
  }
  const [first, second] = [meanOf(readings.slice(0, at)), meanOf(readings.slice(at))];
  return readings.map((reading, i) => ({ ...reading, value: reading.value - (i < at ? first : second) }));
}
