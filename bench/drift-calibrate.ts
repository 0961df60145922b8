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
const SHARES = { normal: 0.99, 'ar0.5': 0.995 } as const;

/** The numbers of readings at which PLAN says the evidence that is needed; between them it runs straight. */
const AT = [14, 17, 19, 21, 23, 26, 30, 35, 41, 47, 53, 60, 70, 84, 104];
/** With fewer readings next to nothing can be told: each may use up so much of the budget. */
const EARLY_SHARE = 0.002;
const EARLY = 14;

/**
 * How the budget is spent: found by a random search that held the budgets on independent and on autocorrelated
 * readings in every year, and found as much as possible of changes that begin after 13, 20, 26 and 52 readings, where the
 * mark of bench/drift-measure.ts is known, and nearly as much of those after 16, 32, 38, 45, 60, 70, 80 and 90. `least`: the
 * evidence needed; only its shape matters, it is moved up or down until the budgets hold. `doubt`: how strongly
 * autocorrelation is believed in instead of a change. `reach`: how far beyond the farthest reading a single one must lie,
 * a + b / n: one twentieth of the budget in series with heavy tails (t with 3 degrees of freedom, log-normal).
 */
const PLAN: Record<Sensitivity, { least: number[]; doubt: number; reach: [number, number] }> = {
  quiet: {
    least: [6.5, 5.5, 4.5, 2.89, 3.6, 3.24, 3.89, 3.64, 4.68, 4.72, 5.01, 4.35, 5.6, 4.6, 5.6],
    doubt: 1.55,
    reach: [2.6, 320],
  },
  standard: {
    least: [6.5, 5.2, 3.9, 2.26, 2.85, 2.63, 2.79, 3, 3.45, 3.57, 3.61, 3.33, 4.08, 3, 3.16],
    doubt: 1.1,
    reach: [2.2, 220],
  },
  sensitive: {
    least: [3.2, 2.6, 1.8, 1.62, 2.25, 1.66, 2.3, 1.87, 2.78, 2.5, 2.68, 2.18, 2.9, 1.8, 2.4],
    doubt: 1.05,
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
      found[kind].map(({ change, habit }) =>
        change.map((_, i) => oddsOf({ change: change[i]!, habit: habit[i]! }, doubt)),
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
    return [sensitivity, { doubt, least, reach }];
  }),
);

const path = new URL('../src/domain/drift/calibrated.ts', import.meta.url);
writeFileSync(
  path,
  `/** Made by bench/drift-calibrate.ts (${count} series, seed ${options.seed}): not to be edited. See docs/drift.md. */\nexport const CALIBRATED = ${JSON.stringify(table)} as const;\n`,
);
