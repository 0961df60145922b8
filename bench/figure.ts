/** One line of the benchmark. `limit` was measured in the same run, interleaved with `value`. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number;
  /** Median of value / limit over the interleaved pairs; null where the limit is nothing to divide by. */
  readonly ratio: number | null;
  /** How many interleaved pairs were measured. */
  readonly runs: number;
}

/** What a figure has to reach: at least this ratio, or at most this value. */
export type Aim = { readonly ratio: number } | { readonly atMost: number };

/** One interleaved pair: what was measured, and its limit right beside it. */
export interface Pair {
  readonly value: number;
  readonly limit: number;
}

/** The middle one; of an even number the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The value below which `share` of them lie (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

export function figureOf(name: string, unit: string, pairs: readonly Pair[]): Figure {
  const limit = median(pairs.map((pair) => pair.limit));
  const ratio = median(pairs.map((pair) => pair.value / pair.limit));
  return {
    name,
    value: round(median(pairs.map((pair) => pair.value)), 1),
    unit,
    limit: round(limit, 1),
    ratio: pairs.every((pair) => pair.limit > 0) ? round(ratio, 3) : null,
    runs: pairs.length,
  };
}

const reaches = (figure: Figure, aim: Aim): boolean =>
  'ratio' in aim ? figure.ratio !== null && figure.ratio >= aim.ratio : figure.value <= aim.atMost;

/** `slack.help  5,210 /s · limit 7,100 · ratio 0.73 of 0.7 · reached` */
export function sentence(figure: Figure, aim: Aim): string {
  const { name, value, unit, limit, ratio, runs } = figure;
  const wanted = 'ratio' in aim ? `ratio at least ${aim.ratio}` : `at most ${aim.atMost} ${unit}`;
  const shown = [
    `${value} ${unit}`,
    `limit ${limit} ${unit}`,
    `ratio ${ratio ?? '–'}`,
    `${runs} runs`,
    `aim: ${wanted}, ${reaches(figure, aim) ? 'reached' : 'NOT reached'}`,
  ];
  return `${name.padEnd(24)}${shown.join(' · ')}`;
}
