/** The change to be found soon, in standard deviations of one reading… */
const CHANGE = 1.5;
/** …and how much it counts by how many readings ago it began, from 6 on: it should be found when it has brought 8. */
const SOON = 6;
const SOON_WEIGHTS = [0.1, 0.6, 1, 0.3];
/** The large change, to be found sooner: within so many readings, and its weight beside the other. */
const LARGE = 2.5;
const LARGE_WITHIN = 10;
const LARGE_WEIGHT = 0.03;
/** The change beside which all else is small: a change of 1.5 explains it worse than autocorrelation does. */
const HUGE = 5;
const HUGE_WEIGHT = 0.01;
/** The share of the squares that it explains, at least. */
const HUGE_EXPLAINS = 0.5;
/** The small change, to be found at all: it began so many readings ago. */
const SMALL = 1;
const LONG_AGO = [16, 22, 30, 42, 60];
const LONG_AGO_WEIGHT = 0.02;
/** Where a change began is looked for at each of so many readings, and where a small one is. */
const RECENT = 12;
/** Before the change there are at least so many readings. */
const BEFORE = 6;
/** The autocorrelation that could explain a series without any change. */
const HABIT = 0.5;

export interface Evidence {
  /** How much better changes explain the scores than independent, unchanging readings do. */
  readonly change: number;
  /** How much better autocorrelation without any change explains them. */
  readonly habit: number;
  /** With how many readings, newest included, the change most likely began. */
  readonly length: number;
  /** Sign of that change: 1 or -1. */
  readonly sign: number;
}

/** Logarithm of the likelihood of a first-order autoregression of unknown level and variance, up to a constant. */
function likelihoodOf(scores: Float64Array, lag: number): number {
  const n = scores.length;
  const step = 1 - lag;
  const start = 1 - lag * lag;
  let before = scores[0]!;
  let squares = start * before * before;
  let level = start * before;
  for (let i = 1; i < n; i += 1) {
    const score = scores[i]!;
    const innovation = score - lag * before;
    squares += innovation * innovation;
    level += step * innovation;
    before = score;
  }
  const information = start + (n - 1) * step * step;
  const rest = Math.max(squares - (level * level) / information, Number.MIN_VALUE);
  return 0.5 * Math.log(start / information) - 0.5 * (n - 1) * Math.log(rest);
}

const coefficients = new Map<number, Float64Array>();
const TERMS = 300;

/** Of the series of Kummer's function 1F1((n - 1) / 2; 1 / 2; x): what each term is of the one before it, without x. */
function coefficientsOf(n: number): Float64Array {
  const known = coefficients.get(n);
  if (known !== undefined) return known;
  const made = Float64Array.from({ length: TERMS }, (_, k) => ((n - 1) / 2 + k) / ((0.5 + k) * (k + 1)));
  coefficients.set(n, made);
  return made;
}

/**
 * Likelihood ratio of a change by `change` standard deviations, up or down, against none, for normal readings of unknown
 * level and variance: the density of the t statistic, which is what does not depend on either (A. Wald, 1947, on t-tests).
 * `explained`: the share of the squares that the change explains, 0 to 1, times `size`.
 */
function ratioOf(change: number, explained: number, size: number, n: number): number {
  const each = coefficientsOf(n);
  const x = (change * change * explained) / 2;
  let term = 1;
  let sum = 1;
  for (let k = 0; k < TERMS; k += 1) {
    term *= each[k]! * x;
    sum += term;
    if (term < 1e-7 * sum) break;
  }
  return sum * Math.exp((-change * change * size) / 2);
}

const NOTHING: Evidence = { change: 0, habit: 0, length: 1, sign: 1 };

/**
 * Weighs `scores`, oldest first, mean 0: did the level change lately? The weighted sum over the possible beginnings of
 * the likelihood ratio of a change (as a Shiryaev–Roberts statistic: Shiryaev 1963, Roberts 1966), where level and
 * variance are estimated from the same scores (as in the change-point model of Hawkins, Qiu and Kang 2003); and beside
 * it how well autocorrelation explains the same scores. `fresh`: the change may have begun with the last so many
 * scores only.
 */
export function weigh(scores: Float64Array, fresh = scores.length): Evidence {
  const n = scores.length;
  const squares = scores.reduce((sum, score) => sum + score * score, 0);
  if (fresh < 1 || squares === 0) return NOTHING;
  const most = Math.min(fresh, n - BEFORE);
  let [change, best, length, sign] = [0, 0, 1, 1];
  let [tail, next] = [0, 0];
  for (let m = 1; m <= most && next < LONG_AGO.length; m += 1) {
    tail += scores[n - m]!;
    const long = m === LONG_AGO[next];
    if (m > RECENT && !long) continue;
    if (long) next += 1;
    const size = (m * (n - m)) / n;
    const explained = (tail * tail) / squares;
    const weight = SOON_WEIGHTS[m - SOON];
    if (weight !== undefined) change += weight * ratioOf(CHANGE, explained, size, n);
    if (m <= LARGE_WITHIN) change += LARGE_WEIGHT * ratioOf(LARGE, explained, size, n);
    if (explained > HUGE_EXPLAINS * size) change += HUGE_WEIGHT * ratioOf(HUGE, explained, size, n);
    if (long) change += LONG_AGO_WEIGHT * ratioOf(SMALL, explained, size, n);
    if (explained <= best * size) continue;
    best = explained / size;
    length = m;
    sign = tail < 0 ? -1 : 1;
  }
  const habit = Math.exp(likelihoodOf(scores, HABIT) - likelihoodOf(scores, 0));
  return { change, habit, length, sign };
}

/**
 * Logarithm of the odds of a change against none, where autocorrelation is believed in with weight `doubt`: a wave is
 * no change.
 */
export const oddsOf = ({ change, habit }: Pick<Evidence, 'change' | 'habit'>, doubt: number): number =>
  Math.log(change / (1 + doubt * habit));
