import { normalScores } from './normal.ts';
import { type Ranked, quantileOf } from './ranked.ts';

/** Readings count at most this many standard deviations from the median. */
const CLIP = 2;
/** 80 % minus 20 % quantile of the normal distribution. */
const MIDDLE = 1.6832;

/**
 * Readings as scores with mean 0: half the clipped reading, half the normal score of its rank. Ranks make the
 * chance of a false alarm the same for every distribution; the clipped readings keep what ranks lose when the
 * readings are few and normal. Equal readings share the score of their middle rank.
 */
export function scoresOf(ranks: Ranked): Float64Array {
  const { length: n, values, sorted, twice } = ranks;
  const median = quantileOf(ranks, 0.5);
  const middle = (quantileOf(ranks, 0.8) - quantileOf(ranks, 0.2)) / MIDDLE;
  const sigma = middle > 0 ? middle : (sorted[n - 1]! - sorted[0]!) / 4;
  const low = median - CLIP * sigma;
  const high = median + CLIP * sigma;
  const scores = new Float64Array(n);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    const value = values[i]!;
    const clipped = (value < low ? low : value > high ? high : value) - median;
    scores[i] = clipped;
    sum += clipped;
    squares += clipped * clipped;
  }
  const variance = squares / n - (sum / n) ** 2;
  const scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  const normal = normalScores(n);
  let total = 0;
  for (let i = 0; i < n; i += 1) {
    const score = scores[i]! * scale + normal[twice[i]!]!;
    scores[i] = score;
    total += score;
  }
  const mean = total / n;
  for (let i = 0; i < n; i += 1) scores[i]! -= mean;
  return scores;
}
