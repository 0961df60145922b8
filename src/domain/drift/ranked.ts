/** Readings in the order of time, with their order of size kept beside it. The arrays may be longer than `length`. */
export interface Ranked {
  length: number;
  readonly values: Float64Array;
  /** The same values, ascending. */
  readonly sorted: Float64Array;
  /** Twice the rank of each value, from 1; equal values share the middle of their ranks. */
  readonly twice: Int32Array;
}

export function ranked(values: Iterable<number>, capacity: number): Ranked {
  const made: Ranked = {
    length: 0,
    values: new Float64Array(capacity),
    sorted: new Float64Array(capacity),
    twice: new Int32Array(capacity),
  };
  for (const value of values) addRanked(made, value);
  return made;
}

/** Adds the newest value, in time linear in `length`. */
export function addRanked(ranks: Ranked, value: number): void {
  const { length, values, sorted, twice } = ranks;
  let below = 0;
  let equal = 0;
  for (let i = 0; i < length; i += 1) {
    const other = values[i]!;
    if (other < value) below += 1;
    else if (other === value) {
      equal += 1;
      twice[i]! += 1;
    } else twice[i]! += 2;
  }
  for (let i = length; i > below; i -= 1) sorted[i] = sorted[i - 1]!;
  sorted[below] = value;
  values[length] = value;
  twice[length] = 2 * below + equal + 2;
  ranks.length = length + 1;
}

/** Quantile, interpolated. */
export function quantileOf({ sorted, length }: Ranked, share: number): number {
  const place = share * (length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  return below + 1 < length ? low + (place - below) * (sorted[below + 1]! - low) : low;
}
