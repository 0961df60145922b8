/**
 * The changes looked for, in standard deviations of one reading, and their weights. The large one, of 2.5, is there
 * so that a large change is never taken for a wave.
 */
const SMALL = 1;
const LARGE_WEIGHT = 0.2;
/** A change may have begun with any of the last so many readings… */
const RECENT = 12;
/** …or so many readings ago, which finds slow drift; these count less, each costs power where it matters most. */
const LONG_AGO = [16, 22, 30, 42, 60];
const LONG_AGO_WEIGHT = 0.1;
/** Before the change there are at least so many readings. */
const BEFORE = 6;
/** The autocorrelation that could explain a series without any change… */
const HABIT = 0.5;
/** …and a stronger one, with how much it is to be expected beside the first. */
const STRONG = 0.8;
const STRONG_WEIGHT = 0.1;

export interface Evidence {
  /** How much better changes explain the scores than independent, unchanging readings do. */
  readonly change: number;
  /** How much better autocorrelation without any change explains them. */
  readonly habit: number;
  /** How much better autocorrelation together with a change explains them. */
  readonly both: number;
  /** With how many readings, newest included, the change most likely began. */
  readonly length: number;
  /** Sign of that change: 1 or -1. */
  readonly sign: number;
}

/** A first-order autoregression without change, fitted to scores by least squares. */
interface Fit {
  readonly lag: number;
  /** Information about the level, and the level times it. */
  readonly information: number;
  readonly level: number;
  /** Sum of squares that the level leaves. */
  readonly rest: number;
  /** Logarithm of the marginal likelihood, up to a constant. */
  readonly likelihood: number;
}

function fit(scores: Float64Array, lag: number): Fit {
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
  const likelihood = 0.5 * Math.log(start / information) - 0.5 * (n - 1) * Math.log(rest);
  return { lag, information, level, rest, likelihood };
}

interface Change {
  /** Sum of likelihood ratios over all beginnings. */
  readonly total: number;
  readonly length: number;
  readonly sign: number;
}

/** To the power of 2.5, the large change in units of the small one: this is several times quicker than `**`. */
const raised = (base: number): number => base * base * Math.sqrt(base);

/** Likelihood ratio of a change of either size, up or down, against none. */
function ratioOf(unit: number, strength: number, size: number): number {
  const growth = Math.exp(SMALL * unit * strength);
  const cost = Math.exp((-SMALL * SMALL * unit * unit * size) / 2);
  const large = raised(growth);
  return (
    0.5 * (1 - LARGE_WEIGHT) * (growth + 1 / growth) * cost +
    0.5 * LARGE_WEIGHT * (large + 1 / large) * raised(raised(cost))
  );
}

/** How much better a change up or down explains the scores than the fit without one. */
function changeOf(scores: Float64Array, { lag, information, level, rest }: Fit, fresh: number): Change {
  const n = scores.length;
  const step = 1 - lag;
  const unit = 1 / Math.sqrt(1 - lag * lag);
  const most = Math.min(fresh, n - BEFORE);
  const found = { total: 0, length: 1, sign: 1 };
  let [best, tail, next] = [0, 0, 0];
  for (let m = 1; m <= most && next < LONG_AGO.length; m += 1) {
    const innovation = scores[n - m]! - lag * scores[n - m - 1]!;
    const sum = innovation + step * tail;
    tail += innovation;
    const recent = m <= RECENT;
    if (!recent) {
      if (m !== LONG_AGO[next]) continue;
      next += 1;
    }
    const shared = step + step * step * (m - 1);
    const size = 1 + step * step * (m - 1) - (shared * shared) / information;
    const pull = sum - (shared * level) / information;
    const explained = Math.min((pull * pull) / (size * rest), 1 - 1e-9);
    const strength = Math.sqrt(-(n - 1) * Math.log(1 - explained) * size);
    const ratio = ratioOf(unit, strength, size);
    found.total += recent ? ratio : LONG_AGO_WEIGHT * ratio;
    if (ratio <= best) continue;
    best = ratio;
    found.length = m;
    found.sign = pull < 0 ? -1 : 1;
  }
  return found;
}

const NOTHING: Evidence = { change: 0, habit: 0, both: 0, length: 1, sign: 1 };

/**
 * Weighs `scores`, oldest first: did the level change lately? The sum over the possible beginnings of the likelihood
 * ratio of a change (a Shiryaev–Roberts statistic: Shiryaev 1963, Roberts 1966), where level and variance are
 * estimated from the same scores (as in the change-point model of Hawkins, Qiu and Kang 2003); and beside it how well
 * autocorrelation explains the same scores. `fresh`: the change may have begun with the last so many scores only.
 */
export function weigh(scores: Float64Array, fresh = scores.length): Evidence {
  if (fresh < 1 || scores.every((score) => score === 0)) return NOTHING;
  const independent = fit(scores, 0);
  const habitual = fit(scores, HABIT);
  const { total: change, length, sign } = changeOf(scores, independent, fresh);
  const habit = Math.exp(habitual.likelihood - independent.likelihood);
  const strong = STRONG_WEIGHT * Math.exp(fit(scores, STRONG).likelihood - independent.likelihood);
  const both = habit * changeOf(scores, habitual, fresh).total;
  return { change, habit: habit + strong, both, length, sign };
}

/** How often a change comes with autocorrelation, beside autocorrelation alone. */
const TOGETHER = 0.12;

/**
 * Logarithm of the odds of a change against none, where autocorrelation is believed in with weight `doubt`: a wave is
 * then no change, and a change among waves still is one.
 */
export const oddsOf = (
  { change, habit, both }: Pick<Evidence, 'change' | 'habit' | 'both'>,
  doubt: number,
): number => Math.log((change + doubt * TOGETHER * both) / (1 + doubt * habit));
