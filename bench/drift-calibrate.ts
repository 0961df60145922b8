/**
 * Writes src/domain/drift/calibrated.ts: the thresholds of detect(), by simulation. `node bench/drift-calibrate.ts`.
 * Takes about a minute; the same seed gives the same file.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { oddsOf, weigh } from '../src/domain/drift/evidence.ts';
import { addRanked, ranked } from '../src/domain/drift/ranked.ts';
import { scoresOf } from '../src/domain/drift/scores.ts';
import { BUDGETS, SENSITIVITIES, type Sensitivity } from '../src/domain/drift/types.ts';
import { seriesOf } from './drift-data.ts';

const FIRST = 9;
const LAST = 104;
const YEAR = 52;
/** Share of the budget that the shift may use up on independent readings; the rest is left to the limits, and to chance. */
const SHARE = 0.92;

/** From how many readings on a stage begins. */
const STAGES = [9, 14, 21, 27, 35, 53, 66];

/**
 * How the budget is spent, found by a random search that held every budget (autocorrelated series included), kept 0.95
 * of the mark at 52 readings, found no less of a change after 30 to 45 readings than after 26, and then lost as little
 * power as possible. `pace`: false alarms per reading in a stage, as a multiple of the even
 * rate. `doubt`: how strongly autocorrelation is believed in instead of a change: more while readings are few.
 * `reach`: how far beyond the farthest reading a single one must lie, a + b / n: one twentieth of the budget in
 * series with heavy tails (t with 3 degrees of freedom, log-normal).
 */
const PLAN: Record<Sensitivity, { pace: number[]; doubt: number[]; reach: [number, number] }> = {
  quiet: {
    pace: [0.27, 1.17, 0.74, 0.89, 0.96, 2.17, 0.74],
    doubt: [7.7, 5.4, 1.57, 0.6, 0.6, 0.29, 0.06],
    reach: [2.6, 320],
  },
  standard: {
    pace: [0.245, 1.31, 0.853, 1.16, 1.34, 2.55, 0.785],
    doubt: [2.1, 3.75, 0.21, 0.18, 0.38, 0.255, 0.12],
    reach: [2.2, 220],
  },
  sensitive: {
    pace: [0.143, 0.927, 0.852, 1.18, 0.713, 1.544, 0.63],
    doubt: [1.65, 2.48, 0.0725, 0.52, 0.33, 0.2, 0.82],
    reach: [1.8, 175],
  },
};

const { values: options } = parseArgs({
  options: { series: { type: 'string', default: '60000' }, seed: { type: 'string', default: '20261121' } },
});
const count = Number(options.series);

const stageOf = (n: number): number => STAGES.findLastIndex((from) => n >= from);
const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Per number of readings, what was found in every series. */
function simulate(): { change: Float32Array; habit: Float32Array; both: Float32Array }[] {
  const found = Array.from({ length: LAST + 1 }, () => ({
    change: new Float32Array(count),
    habit: new Float32Array(count),
    both: new Float32Array(count),
  }));
  let i = 0;
  for (const series of seriesOf('normal', count, LAST, Number(options.seed))) {
    const ranks = ranked(series.slice(0, FIRST - 1), LAST);
    for (let n = FIRST; n <= LAST; n += 1) {
      addRanked(ranks, series[n - 1]!);
      const { change, habit, both } = weigh(scoresOf(ranks));
      found[n]!.change[i] = change;
      found[n]!.habit[i] = habit;
      found[n]!.both[i] = both;
    }
    i += 1;
  }
  return found;
}

/**
 * Thresholds by number of readings so that, of the series without an alarm so far, the planned share raises one;
 * `scale` multiplies the plan.
 */
function thresholds(
  found: ReturnType<typeof simulate>,
  sensitivity: Sensitivity,
  scale: number,
): { least: number[]; worst: number } {
  const { pace, doubt } = PLAN[sensitivity];
  const even = 1 - (1 - BUDGETS[sensitivity]) ** (1 / YEAR);
  let quietOnes = Uint32Array.from({ length: count }, (_, i) => i);
  const raw: number[] = [];
  const odds = found.map(({ change, habit, both }, n) =>
    change.map((_, i) =>
      n < FIRST ? 0 : oddsOf({ change: change[i]!, habit: habit[i]!, both: both[i]! }, doubt[stageOf(n)]!),
    ),
  );
  for (let n = FIRST; n <= LAST; n += 1) {
    const now = odds[n]!;
    const values = Float64Array.from(quietOnes, (i) => now[i]!).toSorted();
    const rank = Math.floor(even * scale * pace[stageOf(n)]! * values.length);
    const least = values[values.length - 1 - rank]!;
    raw.push(least);
    quietOnes = quietOnes.filter((i) => now[i]! <= least);
  }
  const least = smooth(raw);
  const alarms = Array.from({ length: LAST + 1 }, (_, n) =>
    n < FIRST
      ? new Uint8Array(count)
      : Uint8Array.from({ length: count }, (_, i) => (odds[n]![i]! > least[n - FIRST]! ? 1 : 0)),
  );
  let worst = 0;
  for (let n = FIRST - 1; n + YEAR <= LAST; n += 1) {
    let raised = 0;
    for (let i = 0; i < count; i += 1) {
      for (let t = n + 1; t <= n + YEAR; t += 1) {
        if (alarms[t]![i] === 1) {
          raised += 1;
          break;
        }
      }
    }
    worst = Math.max(worst, raised / count);
  }
  return { least: least.map(round), worst };
}

/** Averages over neighbours of the same stage, wider where the threshold moves slowly. */
function smooth(raw: readonly number[]): number[] {
  return raw.map((_, i) => {
    const n = i + FIRST;
    const width = n < 14 ? 0 : n < 27 ? 1 : 5;
    let [sum, weight] = [0, 0];
    for (let j = Math.max(0, i - width); j <= Math.min(raw.length - 1, i + width); j += 1) {
      if (stageOf(j + FIRST) !== stageOf(n)) continue;
      sum += raw[j]!;
      weight += 1;
    }
    return sum / weight;
  });
}

const found = simulate();
const table = Object.fromEntries(
  SENSITIVITIES.map((sensitivity) => {
    let scale = 1;
    let made = thresholds(found, sensitivity, scale);
    for (let round = 0; round < 3; round += 1) {
      scale *= Math.log(1 - SHARE * BUDGETS[sensitivity]) / Math.log(1 - made.worst);
      made = thresholds(found, sensitivity, scale);
    }
    console.log(
      `${sensitivity}: at most ${(100 * made.worst).toFixed(2)} % in 52 readings, pace × ${scale.toFixed(3)}`,
    );
    const { doubt, reach } = PLAN[sensitivity];
    return [
      sensitivity,
      { doubt: made.least.map((_, i) => doubt[stageOf(i + FIRST)]!), least: made.least, reach },
    ];
  }),
);

const path = new URL('../src/domain/drift/calibrated.ts', import.meta.url);
writeFileSync(
  path,
  `/** Made by bench/drift-calibrate.ts (${count} series, seed ${options.seed}): not to be edited. See docs/drift.md. */\nexport const CALIBRATED = ${JSON.stringify(table)} as const;\n`,
);
