/** The change to be found soon, in standard deviations of one reading… */
const CHANGE = 1.5;
/** …when it has brought so many readings. */
const SOON = 8;
/** The large change, to be found sooner: within so many readings, and its weight beside the other. */
const LARGE = 2.5;
const LARGE_WITHIN = 5;
const LARGE_WEIGHT = 0.08;
/** The small change, to be found at all: it began so many readings ago. */
const SMALL = 1;
const LONG_AGO = [16, 22, 30, 42, 60];
const LONG_AGO_WEIGHT = 0.03;
/** A change is looked for at each of so many readings. */
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

/** Likelihood ratio of a change by so many standard deviations, up or down, against none. */
const ratioOf = (change: number, strength: number, size: number): number =>
  Math.cosh(change * strength) * Math.exp((-change * change * size) / 2);

/**
 * How much a change counts that began `m` readings ago: most where it should be found, less before and after. With
 * more readings there is room for a wider look, because a change is then told from chance sooner.
 */
function weightOf(m: number, n: number): number {
  const width = 0.6 + 0.5 * Math.min(Math.max((n - 21) / 39, 0), 1);
  return Math.exp(-0.5 * ((m - SOON) / width) ** 2);
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
    const recent = m <= RECENT;
    if (!recent) {
      if (m !== LONG_AGO[next]) continue;
      next += 1;
    }
    const size = (m * (n - m)) / n;
    const explained = Math.min((tail * tail) / (size * squares), 1 - 1e-9);
    const strength = Math.sqrt(-(n - 1) * Math.log(1 - explained) * size);
    const ratio = ratioOf(CHANGE, strength, size);
    if (recent) change += weightOf(m, n) * ratio;
    else change += LONG_AGO_WEIGHT * ratioOf(SMALL, strength, size);
    if (m <= LARGE_WITHIN) change += LARGE_WEIGHT * ratioOf(LARGE, strength, size);
    if (ratio <= best) continue;
    best = ratio;
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
