import { performance } from 'node:perf_hooks';
import { detect } from '../src/domain/drift/detect.ts';
import { seriesOf } from './drift-data.ts';
import type { Measure } from './figures.ts';

const METRICS = 10_000;
const POINTS = 52;

let made: number[][] | undefined;
const metrics = () => (made ??= [...seriesOf('normal', METRICS, POINTS, 52)]);

const secondsOf = (work: (series: readonly number[]) => unknown): number => {
  const all = metrics();
  const begun = performance.now();
  for (const series of all) work(series);
  return (performance.now() - begun) / 1000;
};

/** The least that judging each reading by all before it can cost: one sum over them. */
function sums(series: readonly number[]): number {
  let total = 0;
  for (let n = 1; n <= series.length; n += 1) for (let i = 0; i < n; i += 1) total += series[i]!;
  return total;
}

/** A year of 10,000 metrics judged week by week, against one pass over the same numbers in each week. */
export const driftSpeed: Measure = {
  name: 'drift.10000_metrics_s',
  unit: 's',
  aim: { atMost: 2 },
  warmUp: async () => void secondsOf(detect),
  async pair() {
    const limit = secondsOf(sums);
    return { value: secondsOf(detect), limit };
  },
};
