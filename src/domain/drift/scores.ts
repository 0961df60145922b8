import { normalScores } from './normal.ts';
import { type Ranked, quantileOf } from './ranked.ts';

/** Clipped readings count at most this many standard deviations from the median. */
const CLIP = 2;
/** 80 % minus 20 % quantile of the normal distribution. */
const MIDDLE = 1.6832;
/**
 * Up to this lack of normality readings count as they are, from the other on as ranks and clipped; between, in part.
 * Of normal readings one to two series in a hundred have more than the first.
 */
const NORMAL_UP_TO = 1.2;
const NORMAL_UNTIL = 2;

/**
 * Readings as scores with mean 0. Where they look normal they are the readings themselves; otherwise half the clipped
 * reading and half the normal score of its rank, equal readings sharing the score of their middle rank. What they look
 * like does not depend on their order, and any order of independent readings is equally likely: so the chance of a
 * false alarm stays the same for every distribution, as it does for ranks alone.
 */
export function scoresOf(ranks: Ranked): Float64Array {
  const plain = plainScores(ranks);
  if (plain === undefined) return robustScores(ranks);
  const share = shareOf(ranks, plain.scale);
  if (share === 1) return plain.scores;
  const robust = robustScores(ranks);
  if (share === 0) return robust;
  return robust.map((score, i) => share * plain.scores[i]! + ((1 - share) * score) / 2);
}

/** The readings with mean 0 and variance 1, and what they were multiplied with; none if all are equal. */
function plainScores({ values, sorted, length: n }: Ranked) {
  const from = sorted[n >> 1]!;
  const scores = new Float64Array(n);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    const score = values[i]! - from;
    scores[i] = score;
    sum += score;
    squares += score * score;
  }
  const mean = sum / n;
  const variance = squares / n - mean * mean;
  if (variance <= 0) return undefined;
  const scale = 1 / Math.sqrt(variance);
  for (let i = 0; i < n; i += 1) scores[i] = (scores[i]! - mean) * scale;
  return { scores, scale };
}

/**
 * How much of the readings themselves is used, 0 to 1, by how normal they look: W' of S. S. Shapiro and R. S. Francia
 * (1972), the squared correlation of the ordered readings with the normal scores. For normal readings 1 - W' falls with
 * the power 0.75 of their number.
 */
function shareOf({ sorted, length: n }: Ranked, scale: number): number {
  const normal = normalScores(n);
  const from = sorted[n >> 1]!;
  let product = 0;
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    const score = normal[2 * i + 2]!;
    product += score * (sorted[i]! - from);
    squares += score * score;
  }
  const alike = (product * scale) ** 2 / (squares * n);
  const lack = (1 - alike) * n ** 0.75;
  return Math.min(Math.max((NORMAL_UNTIL - lack) / (NORMAL_UNTIL - NORMAL_UP_TO), 0), 1);
}

function robustScores(ranks: Ranked): Float64Array {
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
