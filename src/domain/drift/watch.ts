import type { DriftSignal } from '../issue.ts';
import { type Target, statusOf } from '../metric.ts';
import { detect } from './detect.ts';
import type { DetectOptions, Detection, StatisticalSignal } from './types.ts';

/** One period of a metric, in the order of time. */
export interface Watched {
  /** `2026-W47`. */
  readonly period: string;
  readonly value: number | null;
  /** No value came, and its time has passed. */
  readonly missing: boolean;
  /** What was aimed at in that period; null for numbers without a target, which only statistics judge. */
  readonly target: Target | null;
}

/** What was said of the metric before. */
export interface Said {
  readonly kind: DriftSignal;
  readonly period: string;
  readonly direction: 'up' | 'down' | null;
  /** Its issue is still open. */
  readonly open: boolean;
}

export interface WatchOptions extends DetectOptions {
  /** Its readings are sent by a machine: what is missing is then that source gone silent. Default false. */
  readonly machine?: boolean;
  /** Index of the first period that is judged. Default 0. Earlier ones are what it is judged by. */
  readonly from?: number;
  /** Signals that were given before. What repeats them is held back. */
  readonly said?: readonly Said[];
}

/** A signal of drift; indexes are into the periods. */
export interface Seen {
  readonly kind: DriftSignal;
  /** The period that raised it. */
  readonly at: number;
  /** Where it seems to have begun; `at` when it is about one period. */
  readonly since: number;
  /** Of a statistical signal, otherwise null. */
  readonly direction: 'up' | 'down' | null;
  readonly statistics: StatisticalSignal | null;
}

export interface Watch {
  readonly detection: Detection;
  /** Oldest first, what is worse first within a period. */
  readonly seen: readonly Seen[];
}

/** A statistical signal of one kind and direction is not given again within so many periods. */
export const COOLDOWN = 8;
/** So many yellow readings in a row are a signal. */
const YELLOWS = 3;
/** So many missing periods in a row are a signal. */
const MISSES = 2;

/**
 * The whole detector: which signals stand in the periods from `from` on. The live check and the backtest both ask it.
 *
 * - `red`: every red reading (the first opens an issue, the next ones join it)
 * - `yellows`: three yellow readings in a row, said once in a run; a missing period neither counts nor ends it
 * - `limits`, `shift`: what statistics see; the same kind and direction not again within 8 periods of the last time,
 *   nor while its issue is open
 * - `missing`: two periods in a row without a reading, said once in a run; `silent` when a machine sends them
 */
export function watch(history: readonly Watched[], options: WatchOptions = {}): Watch {
  const { machine = false, from = 0, said = [], ...detecting } = options;
  const detection = detect(
    history.map(({ value }) => value),
    detecting,
  );
  const statistical = 'signals' in detection ? detection.signals : [];
  const indexOf = new Map(history.map(({ period }, i) => [period, i]));
  const before = said.map((one) => ({ ...one, at: indexOf.get(one.period) ?? -Infinity }));
  const seen: Seen[] = [];
  for (let at = Math.max(0, from); at < history.length; at += 1) {
    const found = [
      ...readingSignals(history, at),
      ...statistical.filter((signal) => signal.at === at).map(fromStatistics),
      ...gapSignals(history, at, machine),
    ];
    seen.push(...found.filter((one) => !repeats(one, [...before, ...seen])));
  }
  return { detection, seen };
}

const plain = (kind: DriftSignal, at: number, since: number): Seen => ({
  kind,
  at,
  since,
  direction: null,
  statistics: null,
});

const fromStatistics = (statistics: StatisticalSignal): Seen => ({
  kind: statistics.kind,
  at: statistics.at,
  since: statistics.since,
  direction: statistics.direction,
  statistics,
});

const statusAt = ({ value, target }: Watched) =>
  value === null || target === null ? undefined : statusOf(target, value);

function readingSignals(history: readonly Watched[], at: number): Seen[] {
  const status = statusAt(history[at]!);
  if (status === 'red') return [plain('red', at, at)];
  if (status !== 'yellow') return [];
  let count = 0;
  let since = at;
  for (let i = at; i >= 0; i -= 1) {
    if (history[i]!.value === null) continue;
    if (statusAt(history[i]!) !== 'yellow') break;
    count += 1;
    since = i;
  }
  return count >= YELLOWS ? [plain('yellows', at, since)] : [];
}

/** The first of the missing periods in a row that end with this one. */
export function gapBegins(history: readonly Watched[], at: number): number {
  let since = at;
  while (since > 0 && history[since - 1]!.missing) since -= 1;
  return since;
}

function gapSignals(history: readonly Watched[], at: number, machine: boolean): Seen[] {
  if (!history[at]!.missing) return [];
  const since = gapBegins(history, at);
  return at - since + 1 >= MISSES ? [plain(machine ? 'silent' : 'missing', at, since)] : [];
}

type Before = {
  readonly kind: DriftSignal;
  readonly at: number;
  readonly direction: 'up' | 'down' | null;
} & {
  readonly open?: boolean;
};

function repeats(one: Seen, said: readonly Before[]): boolean {
  const alike = said.filter(({ kind }) => kind === one.kind);
  switch (one.kind) {
    case 'red':
      return false;
    case 'yellows':
    case 'missing':
    case 'silent':
      return alike.some(({ at }) => at >= one.since);
    case 'limits':
    case 'shift':
      return alike.some(
        ({ at, direction, open }) => direction === one.direction && (open === true || one.at - at < COOLDOWN),
      );
    default:
      return one.kind satisfies never;
  }
}
