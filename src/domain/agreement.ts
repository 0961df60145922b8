/** How far apart two values are: other or not, by rank, or by difference. */
export type Level = 'nominal' | 'ordinal' | 'interval';

/** One value and how often it stands in pairs. */
interface Tally {
  readonly value: number;
  readonly n: number;
}

/**
 * Krippendorff's alpha: the agreement of any number of reviewers, 1 for perfect, 0 for what chance would give,
 * negative for systematic disagreement. `units` has a row for each unit and a column for each reviewer; `null` where
 * one gave nothing. Units with fewer than two values say nothing about agreement and are left out.
 *
 * Undefined when nothing varies, or when no unit has two values: there is nothing to agree about then.
 *
 * Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section E.
 */
export function alpha(units: readonly (readonly (number | null)[])[], level: Level): number | undefined {
  const pairable = units
    .map((unit) => unit.filter((value): value is number => value !== null && Number.isFinite(value)))
    .filter((values) => values.length > 1);
  const tallies = tally(pairable.flat());
  if (tallies.length < 2) return undefined;
  const total = tallies.reduce((sum, { n }) => sum + n, 0);
  const index = new Map(tallies.map(({ value }, at) => [value, at]));
  const apart = distances(tallies, level);
  const between = (a: number, b: number) => apart(index.get(a)!, index.get(b)!);

  const observed = pairable.reduce((sum, values) => sum + ofPairs(values, between) / (values.length - 1), 0);
  let expected = 0;
  for (const [a, { n }] of tallies.entries())
    for (const [b, other] of tallies.entries()) expected += n * other.n * apart(a, b);
  return 1 - ((total - 1) * observed) / expected;
}

function tally(values: readonly number[]): Tally[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, n]) => ({ value, n })).toSorted((a, b) => a.value - b.value);
}

/** Over every ordered pair of one unit. */
function ofPairs(values: readonly number[], apart: (a: number, b: number) => number): number {
  let sum = 0;
  for (const [i, a] of values.entries()) for (const b of values.slice(i + 1)) sum += 2 * apart(a, b);
  return sum;
}

/** The squared difference of two values by their places in `tallies`, which are in the order of the values. */
function distances(tallies: readonly Tally[], level: Level): (a: number, b: number) => number {
  switch (level) {
    case 'nominal':
      return (a, b) => (a === b ? 0 : 1);
    case 'interval':
      return (a, b) => (tallies[a]!.value - tallies[b]!.value) ** 2;
    case 'ordinal': {
      // Ranks run from the middle of one value's tally to the middle of the other's.
      const middles: number[] = [];
      let below = 0;
      for (const { n } of tallies) {
        middles.push(below + n / 2);
        below += n;
      }
      return (a, b) => (middles[a]! - middles[b]!) ** 2;
    }
    default:
      return level satisfies never;
  }
}
