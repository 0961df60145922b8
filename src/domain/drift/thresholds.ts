import { CALIBRATED } from './calibrated.ts';
import { CHANCES } from './chances.ts';
import type { Sensitivity } from './types.ts';

/** The number of readings that the tables begin with. */
const FIRST = 9;

/** Of a table by number of readings; beyond its end the last entry holds. */
const entry = (table: readonly number[], n: number): number =>
  table[Math.min(Math.max(n - FIRST, 0), table.length - 1)] ?? Number.POSITIVE_INFINITY;

/** The evidence of a change among `n` readings that is a signal: a logarithm. */
export const leastOf = (sensitivity: Sensitivity, n: number): number =>
  entry(CALIBRATED[sensitivity].least, n);

/** How strongly autocorrelation is believed in, instead of a change. */
export const doubtOf = (sensitivity: Sensitivity): number => CALIBRATED[sensitivity].doubt;

/** How many times as far out as any of `n` readings before it a single reading must lie. */
export function reachOf(sensitivity: Sensitivity, n: number): number {
  const [always, first] = CALIBRATED[sensitivity].reach;
  return always + first / n;
}

/**
 * Share of unchanged metrics in which the detector raises a signal within the 52 periods after a baseline of `n`
 * readings: the highest that was measured on any kind of independent series (bench/drift.ts).
 */
export function chanceOf(sensitivity: Sensitivity, n: number): number {
  const measured = CHANCES[sensitivity];
  return (measured.findLast(([from]) => n >= from) ?? measured[0])[1];
}
