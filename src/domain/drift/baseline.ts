import { type Baseline, FROZEN } from './types.ts';

/** A reading that came, and its index in the series. */
export interface Reading {
  readonly value: number;
  readonly at: number;
}

/** Expected range of two independent normal readings, in standard deviations: 2 / √π (d2 of the XmR chart). */
const D2 = 1.128;
/** Share of degrees of freedom that moving ranges keep of the standard deviation's. */
const EFFICIENCY = 0.62;
/** Autocorrelation counts as if so many more readings had shown none. */
const SHRINK = 8;
const HIGHEST = 0.9;

/** Three standard deviations, where the standard deviation is known with so many degrees of freedom (Student). */
const threeSigma = (freedom: number): number => 3 + 30 / (4 * freedom) + 1656 / (96 * freedom * freedom);

/**
 * Lag-1 autocorrelation with the bias of short series taken out: M. G. Kendall (1954),
 * E(r) = φ − (1 + 3φ) / n. Zero for constant series.
 */
export function autocorrelationOf(readings: readonly Reading[], mean: number): number {
  const n = readings.length;
  let total = 0;
  let lagged = 0;
  let before = 0;
  for (const { value } of readings) {
    const deviation = value - mean;
    total += deviation * deviation;
    lagged += deviation * before;
    before = deviation;
  }
  if (total === 0 || n < 4) return 0;
  return (lagged / total + 1 / n) / (1 - 3 / n);
}

/**
 * Centre and natural process limits (XmR, W. Shewhart; D. Wheeler, Understanding Variation): sigma from the mean
 * moving range. The limits are three sigma, wider where few readings say what sigma is, and where neighbours resemble
 * each other, because moving ranges then miss part of it.
 */
export function baselineOf(
  readings: readonly Reading[],
  bounds: { readonly low?: number; readonly high?: number } = {},
): Baseline {
  const n = readings.length;
  let sum = 0;
  let ranges = 0;
  readings.forEach(({ value }, i) => {
    sum += value;
    if (i > 0) ranges += Math.abs(value - (readings[i - 1]?.value ?? value));
  });
  const centre = sum / n;
  const found = autocorrelationOf(readings, centre) * (n / (n + SHRINK));
  const autocorrelation = Math.min(HIGHEST, Math.max(0, found));
  const sigma = ranges / (n - 1) / D2 / Math.sqrt(1 - autocorrelation);
  const half = threeSigma(EFFICIENCY * (n - 1)) * sigma;
  return {
    from: readings[0]?.at ?? 0,
    to: readings.at(-1)?.at ?? 0,
    n,
    centre,
    sigma,
    lower: Math.max(centre - half, bounds.low ?? Number.NEGATIVE_INFINITY),
    upper: Math.min(centre + half, bounds.high ?? Number.POSITIVE_INFINITY),
    autocorrelation,
    state: n < FROZEN ? 'provisional' : 'frozen',
  };
}
