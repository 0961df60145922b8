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

/** What a figure has to reach: at least or at most this ratio, or at most this value. */
export type Aim = { readonly ratio: number } | { readonly ratioAtMost: number } | { readonly atMost: number };

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

function reaches({ ratio, value }: Figure, aim: Aim): boolean {
  if ('ratio' in aim) return ratio !== null && ratio >= aim.ratio;
  return 'ratioAtMost' in aim ? ratio !== null && ratio <= aim.ratioAtMost : value <= aim.atMost;
}

function aimed(aim: Aim, unit: string): string {
  if ('ratio' in aim) return `ratio at least ${aim.ratio}`;
  return 'ratioAtMost' in aim ? `ratio at most ${aim.ratioAtMost}` : `at most ${aim.atMost} ${unit}`;
}

/** `slack.help  5,210 /s · limit 7,100 · ratio 0.73 of 0.7 · reached` */
export function sentence(figure: Figure, aim: Aim): string {
  const { name, value, unit, limit, ratio, runs } = figure;
  const shown = [
    `${value} ${unit}`,
    `limit ${limit} ${unit}`,
    `ratio ${ratio ?? '–'}`,
    `${runs} runs`,
    `aim: ${aimed(aim, unit)}, ${reaches(figure, aim) ? 'reached' : 'NOT reached'}`,
  ];
  return `${name.padEnd(24)}${shown.join(' · ')}`;
}
