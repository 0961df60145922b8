import { DAY, type Instant } from '../../clock.ts';
import { isAwaited, periodOfKey } from '../awaited.ts';
import { type Cadence, weekdayOf } from '../dates.ts';
import type { Target } from '../metric.ts';
import { type Period, dueAt, lastPeriods } from '../period.ts';
import { type PastTarget, targetAt } from '../target.ts';
import type { Watched } from './watch.ts';

/** So many periods are looked at, up to the present one; of older ones only the baseline counts. */
const WINDOW = 120;

/** A reading that counts. */
export interface Kept {
  readonly period: string;
  readonly periodStart: Instant;
  readonly value: number;
  readonly note: string | null;
}

interface Watchable extends Target {
  readonly cadence: Cadence;
  readonly createdAt: Instant;
  readonly awaitedFrom: Instant | null;
}

/** What the database holds about a metric, oldest first. */
export interface Recorded {
  /** The readings of the window, see `windowStart`. */
  readonly recent: readonly Kept[];
  /** Readings from before the window with which the baseline begins; needed where it began before the window. */
  readonly first?: readonly Kept[];
  readonly targets: readonly PastTarget[];
  /** Start of the first period of the baseline, where a person said so. */
  readonly baselineFrom?: Instant | undefined;
}

export interface Past extends Watched {
  readonly start: Instant;
  readonly note: string | null;
}

export interface History {
  /** Oldest first; the last one is the newest that has its reading, or should have it by now. */
  readonly periods: readonly Past[];
  /** Index of the first period of the baseline. */
  readonly baselineFrom: number;
}

const window = (cadence: Cadence, now: Instant, zone: string): Period[] =>
  lastPeriods(cadence, WINDOW, now, zone, { includeCurrent: true });

/** Where the window begins that `historyOf` looks at. */
export const windowStart = (cadence: Cadence, now: Instant, zone: string): Instant =>
  window(cadence, now, zone)[0]!.start;

/** A statement about the last two periods is news; about older ones it is history. */
export const NEWEST = 2;

/** Between the two newest days that are judged there may be a free weekend. */
const NEWEST_WITH_FREE_DAYS = NEWEST + 2;

/**
 * From where on a period may be among the newest of a history that reaches up to `newest`, or further: what is before
 * it is history, whatever came.
 */
export const judgedFrom = (cadence: Cadence, newest: Instant, zone: string): Instant =>
  lastPeriods(cadence, NEWEST_WITH_FREE_DAYS, newest, zone, { includeCurrent: true })[0]!.start;

/**
 * Whether the baseline may have begun before the window, so that `first` has to be read: readings reach back to about
 * where the window begins, and nobody said that the baseline begins later.
 */
export const needsFirst = (
  recent: readonly Kept[],
  baselineFrom: Instant | undefined,
  start: Instant,
  now: Instant,
): boolean =>
  (baselineFrom ?? 0) < start && (recent.length === 0 || recent[0]!.periodStart - start < (now - start) / 4);

const counts = ({ value, missing }: Past): boolean => value !== null || missing;

/** The metric's periods as `watch` judges them: each by the target of its time. */
export function historyOf(metric: Watchable, recorded: Recorded, now: Instant, zone: string): History {
  const { recent, first = [], targets, baselineFrom } = recorded;
  const all = window(metric.cadence, now, zone);
  const byKey = new Map(recent.map((reading) => [reading.period, reading]));
  const old = first
    .filter(({ periodStart }) => periodStart < all[0]!.start)
    .map((reading) => past(metric, targets, periodOfKey(reading.period, zone), reading, false));
  const wanted = withoutFreeDays(metric.cadence, all, byKey);
  const late = (period: Period) => isAwaited(metric, period) && dueAt(period, zone) <= now;
  const recentPast = wanted.map((period) => {
    const reading = byKey.get(period.key);
    return past(metric, targets, period, reading, reading === undefined && late(period));
  });
  const begins = recentPast.findIndex(counts);
  const ends = recentPast.findLastIndex(counts);
  const periods = [...old, ...(begins === -1 ? [] : recentPast.slice(old.length > 0 ? 0 : begins, ends + 1))];
  const from = periods.findIndex(({ start }) => start >= (baselineFrom ?? -Infinity));
  return { periods, baselineFrom: from === -1 ? periods.length : from };
}

function past(
  metric: Watchable,
  targets: readonly PastTarget[],
  period: Period,
  reading: Kept | undefined,
  missing: boolean,
): Past {
  return {
    period: period.key,
    start: period.start,
    value: reading?.value ?? null,
    note: reading?.note ?? null,
    missing,
    target: targetAt(metric, targets, period.end),
  };
}

const atWeekend = ({ key }: Period): boolean => weekdayOf(Date.parse(key) / DAY) >= 5;

/** A daily number that never came at a weekend is not missed there. */
function withoutFreeDays(
  cadence: Cadence,
  periods: readonly Period[],
  readings: ReadonlyMap<string, Kept>,
): readonly Period[] {
  if (cadence !== 'daily') return periods;
  const free = periods.filter(atWeekend).every(({ key }) => !readings.has(key));
  return free ? periods.filter((period) => !atWeekend(period)) : periods;
}
