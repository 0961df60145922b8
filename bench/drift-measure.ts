import { detect } from '../src/domain/drift/detect.ts';
import { type Detection, FROZEN, SENSITIVITIES, type Sensitivity } from '../src/domain/drift/types.ts';
import { type KindName, seriesOf } from './drift-data.ts';

/** Readings before the year that is watched, or before the shift. */
export const LENGTHS = [13, 20, 26, 52] as const;
export type Length = (typeof LENGTHS)[number];

/** Share of 1.5 sigma shifts that a plain EWMA (lambda 0.2), calibrated to the budget, finds within 8 periods. */
export const MARKS: Record<Length, Record<Sensitivity, number>> = {
  13: { quiet: 0.4, standard: 0.65, sensitive: 0.81 },
  20: { quiet: 0.52, standard: 0.75, sensitive: 0.87 },
  26: { quiet: 0.6, standard: 0.79, sensitive: 0.9 },
  52: { quiet: 0.72, standard: 0.87, sensitive: 0.94 },
};

const YEAR = 52;
const SOON = 8;
const SHIFT = 1.5;

export interface Line {
  readonly data: KindName;
  readonly n: Length;
  readonly sensitivity: Sensitivity;
  /** Share of series in control with at least one signal in the 52 periods after `n` readings. */
  readonly alarm52: number;
  /** Share of series with a signal within 8 periods of a lasting shift by 1.5 standard deviations. */
  readonly detect8_1_5: number;
  /** The same by individual limits of three sigma from the first `n` readings; its false alarms are not bounded. */
  readonly xmr_detect8_1_5: number;
  /** Share of series in control that could not be judged at some time in the year: while the baseline grew, or at its end. */
  readonly refused: number;
}

/** Signals stay what they were when they came, so that one call tells of every week. */
const signalled = (detection: Detection, from: number): boolean =>
  'signals' in detection && detection.signals.some(({ at }) => at >= from);

const refuses = (detection: Detection): boolean => detection.state === 'cannot judge';

/** Whether a signal was raised in the year; also one that a refusal hid later, because somebody was told of it. */
function alarmed(series: readonly number[], n: number, sensitivity: Sensitivity): boolean {
  const year = detect(series, { sensitivity });
  if (!refuses(year)) return signalled(year, n);
  return series.some((_, at) => at >= n && signalled(detect(series.slice(0, at + 1), { sensitivity }), n));
}

/** Whether it was refused at some time: the baseline is what is refused, so it is asked while that grows. */
const refusedOnce = (series: readonly number[], n: number): boolean =>
  series.some((_, at) => at + 1 >= n && at < FROZEN && refuses(detect(series.slice(0, at + 1)))) ||
  refuses(detect(series.slice(0, n))) ||
  refuses(detect(series));

/** Whether a reading lies beyond 2.66 mean moving ranges from the mean of the first `n`. */
function outsideXmr(series: readonly number[], n: number): boolean {
  const base = series.slice(0, n);
  const centre = base.reduce((sum, value) => sum + value, 0) / n;
  const range = base.slice(1).reduce((sum, value, i) => sum + Math.abs(value - base[i]!), 0) / (n - 1);
  return series.slice(n).some((value) => Math.abs(value - centre) > 2.66 * range);
}

const share = (hits: number, count: number): number => Number((hits / count).toFixed(4));

/** Three lines, one per sensitivity, from `count` series in control and as many with a shift. */
export function measure(data: KindName, n: Length, count: number, seed: number): Line[] {
  const alarms = { quiet: 0, standard: 0, sensitive: 0 };
  const found = { quiet: 0, standard: 0, sensitive: 0 };
  let [xmr, refused] = [0, 0];
  for (const series of seriesOf(data, count, n + YEAR, seed * 1000 + n)) {
    if (refusedOnce(series, n)) refused += 1;
    for (const one of SENSITIVITIES) if (alarmed(series, n, one)) alarms[one] += 1;
  }
  for (const series of seriesOf(data, count, n + SOON, seed * 1000 + 500 + n, SHIFT, n)) {
    if (outsideXmr(series, n)) xmr += 1;
    for (const one of SENSITIVITIES) {
      if (signalled(detect(series, { sensitivity: one }), n)) found[one] += 1;
    }
  }
  return SENSITIVITIES.map((sensitivity) => ({
    data,
    n,
    sensitivity,
    alarm52: share(alarms[sensitivity], count),
    detect8_1_5: share(found[sensitivity], count),
    xmr_detect8_1_5: share(xmr, count),
    refused: share(refused, count),
  }));
}
