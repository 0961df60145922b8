import { type Reading, baselineOf } from './baseline.ts';
import { judgeAlone, judgeTogether } from './judge.ts';
import { type Ranked, addRanked, ranked } from './ranked.ts';
import { areAlike, tooAlike, tooClose } from './refusal.ts';
import { chanceOf } from './thresholds.ts';
import {
  type Baseline,
  type DetectOptions,
  type Detection,
  FEWEST,
  FROZEN,
  type StatisticalSignal,
} from './types.ts';

/** Of a longer series the baseline and the newest readings are weighed: so many together. */
const MOST = 104;

/**
 * What statistics can say of a series: one value per period, oldest first, in the metric's own unit; null (or
 * anything that is no finite number) where no reading came. Pure, and the same for the same input; it never throws.
 *
 * Each reading from the ninth on is judged by the ones before it, with what was known at its time: a signal does not
 * come or go when later readings are added. A signal sets the readings since its change aside, so that what comes
 * after it is judged by the time before the change, and accumulates anew. docs/drift.md has the formulae, their
 * sources, and the measured share of false alarms.
 *
 * `too few` before 8 readings; `cannot judge` with the reason where a series does not allow more.
 */
export function detect(series: readonly (number | null)[], options: DetectOptions = {}): Detection {
  const { sensitivity = 'standard', bounds = {}, baselineFrom = 0 } = options;
  const readings = readingsOf(series, baselineFrom);
  const n = readings.length;
  if (n < FEWEST) {
    return { state: 'too few', n, reason: `${countOf(n)} so far: statistics begin with ${FEWEST}.` };
  }
  const signals: StatisticalSignal[] = [];
  let { baseline, close } = learn(readings.slice(0, FEWEST), bounds);
  let kept = readings.slice(0, FEWEST);
  let ranks = rank(kept);
  let fresh = FEWEST;
  for (let i = FEWEST; i < n; i += 1) {
    const newest = readings[i]!;
    const usable = close === undefined && kept.length >= FEWEST && !areAlike(ranks);
    const alone = usable ? judgeAlone(newest.value, ranks, baseline, sensitivity) : undefined;
    kept.push(newest);
    fresh += 1;
    if (ranks.length < MOST) addRanked(ranks, newest.value);
    else ranks = rank(kept);
    const found = alone ?? (usable ? judgeTogether(ranks, fresh, baseline, sensitivity) : undefined);
    if (found !== undefined) {
      const changed = kept.slice(kept.length - found.length);
      signals.push(signalOf(found, changed, baseline, chanceOf(sensitivity, baseline.n)));
      kept = kept.slice(0, kept.length - found.length);
      ranks = rank(kept);
      fresh = 0;
    }
    if (i < FROZEN) ({ baseline, close } = learn(readings.slice(0, i + 1), bounds));
  }
  const reason = close ?? tooAlike(rank(readings));
  if (reason !== undefined) return { state: 'cannot judge', n, reason, baseline };
  return { state: baseline.state, n, baseline, signals };
}

/** The baseline, and why it allows no judgement if it does not. */
function learn(readings: readonly Reading[], bounds: NonNullable<DetectOptions['bounds']>) {
  const baseline = baselineOf(readings, bounds);
  return { baseline, close: tooClose(readings, baseline.centre) };
}

const countOf = (n: number): string => (n === 1 ? '1 reading' : `${n === 0 ? 'No' : n} readings`);

function readingsOf(series: readonly (number | null)[], from: number): Reading[] {
  const readings: Reading[] = [];
  series.forEach((value, at) => {
    if (at >= from && value !== null && Number.isFinite(value)) readings.push({ value, at });
  });
  return readings;
}

/** Ranked, the newest and the baseline: that stays for ever, so that a slow drift cannot become the usual. */
function rank(readings: readonly Reading[]): Ranked {
  const weighed =
    readings.length <= MOST
      ? readings
      : [...readings.slice(0, FROZEN), ...readings.slice(readings.length - (MOST - FROZEN))];
  return ranked(
    weighed.map(({ value }) => value),
    MOST,
  );
}

function signalOf(
  { kind, direction }: Pick<StatisticalSignal, 'kind' | 'direction'>,
  changed: readonly Reading[],
  baseline: Baseline,
  chance: number,
): StatisticalSignal {
  const newest = changed.at(-1)!;
  const level = changed.reduce((sum, { value }) => sum + value, 0) / changed.length;
  return { kind, at: newest.at, since: changed[0]!.at, direction, level, chance, baseline };
}
