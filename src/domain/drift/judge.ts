import { oddsOf, weigh } from './evidence.ts';
import { type Ranked, quantileOf } from './ranked.ts';
import { scoresOf } from './scores.ts';
import { doubtOf, leastOf, reachOf } from './thresholds.ts';
import type { Baseline, Sensitivity, StatisticalSignal } from './types.ts';

/** A change that ends with the newest reading. */
interface Found extends Pick<StatisticalSignal, 'kind' | 'direction'> {
  /** Readings in it, the newest included. */
  readonly length: number;
}

const outside = (value: number, { lower, upper }: Baseline): boolean => value > upper || value < lower;

/**
 * Whether a reading lies so far out that even heavy tails seldom bring it: outside the natural limits, and so many
 * times as far from the median as the farthest of the readings `before` on that side, or of both sides on average.
 */
export function judgeAlone(
  value: number,
  before: Ranked,
  baseline: Baseline,
  sensitivity: Sensitivity,
): Found | undefined {
  if (!outside(value, baseline)) return undefined;
  const n = before.length;
  const median = quantileOf(before, 0.5);
  const [above, below] = [before.sorted[n - 1]! - median, median - before.sorted[0]!];
  const side = Math.max(value > median ? above : below, (above + below) / 2);
  if (Math.abs(value - median) <= reachOf(sensitivity, n) * side) return undefined;
  return { kind: 'limits', direction: value > median ? 'up' : 'down', length: 1 };
}

/**
 * Whether the newest of `readings` completes a change. `fresh`: how many of them came after the last signal, which
 * is as far back as a change can begin.
 */
export function judgeTogether(
  readings: Ranked,
  fresh: number,
  baseline: Baseline,
  sensitivity: Sensitivity,
): Found | undefined {
  const n = readings.length;
  const evidence = weigh(scoresOf(readings), fresh);
  const odds = oddsOf(evidence, doubtOf(sensitivity));
  if (Number.isNaN(odds) || odds <= leastOf(sensitivity, n)) return undefined;
  const { length, sign } = evidence;
  const alone = length === 1 && outside(readings.values[n - 1]!, baseline);
  return { kind: alone ? 'limits' : 'shift', direction: sign > 0 ? 'up' : 'down', length };
}
