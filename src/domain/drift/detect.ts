import {
  type Baseline,
  BUDGETS,
  type DetectOptions,
  type Detection,
  FEWEST,
  FROZEN,
  type StatisticalSignal,
} from './types.ts';

const LAMBDA = 0.2;
const WIDTHS = { quiet: 3.7, standard: 3.3, sensitive: 2.95 } as const;

/** What statistics can say of a series of readings, oldest first, one per period, null where none came. */
export function detect(series: readonly (number | null)[], options: DetectOptions = {}): Detection {
  const sensitivity = options.sensitivity ?? 'standard';
  const readings = series.flatMap((value, at) =>
    value !== null && at >= (options.baselineFrom ?? 0) ? [{ value, at }] : [],
  );
  const n = readings.length;
  if (n < FEWEST) return { state: 'too few', n, reason: `Only ${n} readings: statistics need ${FEWEST}.` };
  const signals: StatisticalSignal[] = [];
  let baseline: Baseline | undefined;
  let smooth = 0;
  let steps = 0;
  for (let t = FEWEST; t <= n; t += 1) {
    const size = Math.min(t, FROZEN);
    if (t <= FROZEN) baseline = baselineOf(readings.slice(0, size));
    const next = readings[t];
    if (baseline === undefined || baseline.sigma === 0 || next === undefined) continue;
    const { centre, sigma, autocorrelation } = baseline;
    const inflation = Math.sqrt((1 + autocorrelation) / (1 - autocorrelation));
    const z = (next.value - centre) / sigma;
    steps += 1;
    smooth += LAMBDA * (z - smooth);
    const own =
      Math.sqrt((LAMBDA / (2 - LAMBDA)) * (1 - (1 - LAMBDA) ** (2 * steps)) + 1 / size / 2) * inflation;
    const width = WIDTHS[sensitivity] * (1 + 2 / size);
    const outside = next.value > baseline.upper || next.value < baseline.lower;
    if (!outside && Math.abs(smooth) <= width * own) continue;
    const from = Math.max(t - Math.min(steps, 4) + 1, 0);
    const recent = readings.slice(from, t + 1);
    signals.push({
      kind: outside ? 'limits' : 'shift',
      at: next.at,
      since: outside ? next.at : (recent[0]?.at ?? next.at),
      direction: (outside ? z : smooth) > 0 ? 'up' : 'down',
      level: outside ? next.value : recent.reduce((sum, { value }) => sum + value, 0) / recent.length,
      chance: BUDGETS[sensitivity],
      baseline,
    });
    smooth = 0;
    steps = 0;
  }
  if (baseline === undefined || baseline.sigma === 0) {
    return { state: 'cannot judge', n, reason: 'All readings of the baseline are the same.' };
  }
  return { state: baseline.state, n, baseline, signals };
}

function baselineOf(readings: readonly { value: number; at: number }[]): Baseline {
  const n = readings.length;
  const values = readings.map(({ value }) => value);
  const centre = values.reduce((sum, value) => sum + value, 0) / n;
  const ranges = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? value)));
  const sigma = ranges.reduce((sum, range) => sum + range, 0) / (n - 1) / 1.128;
  const deviations = values.map((value) => value - centre);
  const total = deviations.reduce((sum, one) => sum + one * one, 0);
  const lagged = deviations.slice(1).reduce((sum, one, i) => sum + one * (deviations[i] ?? 0), 0);
  const autocorrelation = total === 0 ? 0 : Math.min(0.8, Math.max(0, (lagged / total) * (n / (n + 10))));
  const half = 4.2 * sigma;
  return {
    from: readings[0]?.at ?? 0,
    to: readings[n - 1]?.at ?? 0,
    n,
    centre,
    sigma,
    lower: centre - half,
    upper: centre + half,
    autocorrelation,
    state: n < FROZEN ? 'provisional' : 'frozen',
  };
}
