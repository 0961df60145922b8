/**
 * Writes src/domain/drift/calibrated.ts: the thresholds of detect(), by simulation. `node bench/drift-calibrate.ts`.
 * Takes about a minute; the same seed gives the same file.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { oddsOf, weigh } from '../src/domain/drift/evidence.ts';
import { baselineOf } from '../src/domain/drift/baseline.ts';
import { addRanked, ranked } from '../src/domain/drift/ranked.ts';
import { tooClose } from '../src/domain/drift/refusal.ts';
import { scoresOf } from '../src/domain/drift/scores.ts';
import { BUDGETS, FROZEN, SENSITIVITIES, type Sensitivity } from '../src/domain/drift/types.ts';
import { seriesOf } from './drift-data.ts';

const FIRST = 9;
const LAST = 104;
const YEAR = 52;
/**
 * Shares of the budget that a shift may use up: on independent readings, where the limits take a little as well, and
 * on autocorrelated ones.
 */
const SHARES = { normal: 0.95, 'ar0.5': 0.98 } as const;

/** The numbers of readings at which PLAN says the evidence that is needed; between them it runs straight. */
const AT = [14, 16, 18, 20, 21, 22, 24, 27, 30, 34, 39, 45, 52, 60, 70, 85, 104];
/** With fewer readings next to nothing can be told: each may use up so much of the budget. */
const EARLY_SHARE = 0.002;
const EARLY = 14;

/**
 * How the budget is spent: found by a random search that held the budgets on independent and on autocorrelated
 * readings in every year, asked for 0.95 of the mark (bench/drift-measure.ts) where it is known, and then found as
 * much as possible of changes that begin after 16, 32, 38 and 45 readings too. `least`: the evidence needed; only its
 * shape matters, it is moved up or down until the budgets hold. `doubt`: how strongly autocorrelation is believed in
 * instead of a change, with 21 readings and fewer, and with 60 and more. `reach`: how far beyond the farthest reading a
 * single one must lie, a + b / n: one twentieth of the budget in series with heavy tails (t with 3 degrees of freedom,
 * log-normal).
 */
const PLAN: Record<Sensitivity, { least: number[]; doubt: [number, number]; reach: [number, number] }> = {
  quiet: {
    least: [
      11.37, 8.46, 16.56, 35.41, 2.26, 4.8, 2.88, 2.36, 4.35, 2.98, 3.97, 4.28, 4.71, 4.17, 5.17, 5.17, 5.17,
    ],
    doubt: [4, 3.3],
    reach: [2.6, 320],
  },
  standard: {
    least: [
      15.87, 7.31, 6.53, 13.88, 1.38, 2.96, 1.88, 1.71, 2.43, 2.15, 2.89, 3.19, 3.6, 3.05, 4.05, 4.05, 4.05,
    ],
    doubt: [3, 1.7],
    reach: [2.2, 220],
  },
  sensitive: {
    least: [
      12.37, 8.82, 8.99, 7.51, 0.22, 1.05, 0.9, 0.56, 1.96, 1.07, 2.1, 2.23, 2.85, 2.06, 3.06, 3.06, 3.06,
    ],
    doubt: [4, 1.6],
    reach: [1.8, 175],
  },
};

const { values: options } = parseArgs({
  options: { series: { type: 'string', default: '60000' }, seed: { type: 'string', default: '20261121' } },
});
const count = Number(options.series);

const round = (value: number): number => Math.round(value * 1000) / 1000;

const KINDS = ['normal', 'ar0.5'] as const;
type Kind = (typeof KINDS)[number];

/** Per number of readings, what was found in every series. */
interface Found {
  readonly change: Float32Array;
  readonly habit: Float32Array;
}

function simulate(kind: Kind): Found[] {
  const found = Array.from({ length: LAST + 1 }, () => ({
    change: new Float32Array(count),
    habit: new Float32Array(count),
  }));
  let i = 0;
  for (const series of seriesOf(kind, count, LAST, Number(options.seed))) {
    const ranks = ranked(series.slice(0, FIRST - 1), LAST);
    for (let n = FIRST; n <= LAST; n += 1) {
      const judged = !refuses(series.slice(0, Math.min(n - 1, FROZEN)));
      addRanked(ranks, series[n - 1]!);
      if (!judged) continue;
      const { change, habit } = weigh(scoresOf(ranks));
      found[n]!.change[i] = change;
      found[n]!.habit[i] = habit;
    }
    i += 1;
  }
  return found;
}

/** Whether detect() does not judge by such a baseline. */
function refuses(values: readonly number[]): boolean {
  const readings = values.map((value, at) => ({ value, at }));
  return tooClose(readings, baselineOf(readings).centre) !== undefined;
}

/** Between two values, straight from `from` to `to` readings. */
function between(n: number, from: number, to: number, [first, last]: readonly [number, number]): number {
  return first + (last - first) * Math.min(Math.max((n - from) / (to - from), 0), 1);
}

/** How strongly autocorrelation is believed in where there are `n` readings: in equal steps of its logarithm. */
const doubtAt = (doubt: readonly [number, number], n: number): number =>
  round(Math.exp(between(n, 21, 60, [Math.log(doubt[0]), Math.log(doubt[1])])));

function plannedAt(least: readonly number[], n: number): number {
  const after = Math.max(
    1,
    AT.findIndex((at) => at >= n),
  );
  return between(n, AT[after - 1]!, AT[after]!, [least[after - 1]!, least[after]!]);
}

/** The highest share of series with an alarm in any 52 readings. */
function worstYear(odds: readonly Float32Array[], least: readonly number[]): number {
  const raised = new Uint32Array(LAST + 1);
  for (let i = 0; i < count; i += 1) {
    let next = Infinity;
    for (let n = LAST; n >= FIRST; n -= 1) {
      if (odds[n]![i]! > least[n - FIRST]!) next = n;
      if (n - 1 + YEAR <= LAST && next <= n - 1 + YEAR) raised[n]! += 1;
    }
  }
  return Math.max(...raised) / count;
}

/** The evidence needed by number of readings, moved until the first budget is used up. */
function thresholds(found: Record<Kind, Found[]>, sensitivity: Sensitivity): number[] {
  const { least: plan, doubt } = PLAN[sensitivity];
  const budget = BUDGETS[sensitivity];
  const odds = Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      found[kind].map(({ change, habit }, n) =>
        change.map((_, i) => oddsOf({ change: change[i]!, habit: habit[i]! }, doubtAt(doubt, n))),
      ),
    ]),
  ) as Record<Kind, Float32Array[]>;
  const early = Array.from({ length: EARLY - FIRST }, (_, i) =>
    Math.max(
      ...KINDS.map((kind) => {
        const values = odds[kind][i + FIRST]!.toSorted();
        return values[values.length - 1 - Math.ceil(EARLY_SHARE * budget * count)]!;
      }),
    ),
  );
  const at = (moved: number): number[] => [
    ...early,
    ...Array.from({ length: LAST - EARLY + 1 }, (_, i) => plannedAt(plan, i + EARLY) + moved),
  ];
  let [low, high] = [-1, 1];
  for (let i = 0; i < 14; i += 1) {
    const middle = (low + high) / 2;
    const over = KINDS.some((kind) => worstYear(odds[kind], at(middle)) > SHARES[kind] * budget);
    if (over) low = middle;
    else high = middle;
  }
  const least = at(high).map(round);
  const used = KINDS.map((kind) => `${kind} ${(100 * worstYear(odds[kind], least)).toFixed(2)} %`).join(', ');
  console.log(`${sensitivity}: moved by ${high.toFixed(3)}, at most ${used} in 52 readings`);
  return least;
}

const found = { normal: simulate('normal'), 'ar0.5': simulate('ar0.5') };
const table = Object.fromEntries(
  SENSITIVITIES.map((sensitivity) => {
    const { doubt, reach } = PLAN[sensitivity];
    const least = thresholds(found, sensitivity);
    return [sensitivity, { doubt: least.map((_, i) => doubtAt(doubt, i + FIRST)), least, reach }];
  }),
);

const path = new URL('../src/domain/drift/calibrated.ts', import.meta.url);
writeFileSync(
  path,
  `/** Made by bench/drift-calibrate.ts (${count} series, seed ${options.seed}): not to be edited. See docs/drift.md. */\nexport const CALIBRATED = ${JSON.stringify(table)} as const;\n`,
);
