import type { Loaded } from '../../../db/histories.ts';
import { NEWEST } from '../../domain/drift/history.ts';
import { sentenceOf, titleOf } from '../../domain/drift/sentence.ts';
import { type Seen, watch } from '../../domain/drift/watch.ts';
import type { DriftSignal } from '../../domain/issue.ts';
import type { JsonObject } from '../../ui/card.ts';
import type { FollowUp } from '../action.ts';

/** Whether readings of this period can still raise a signal: what is filled in for old periods opens nothing. */
export const isNews = ({ history: { periods } }: Loaded, period: string): boolean =>
  periods.slice(-NEWEST).some((one) => one.period === period);

/** These are given at the moment at which a reading becomes late: see `metric.miss`. */
const GAPS: ReadonlySet<DriftSignal> = new Set(['missing', 'silent']);

/** Signals that stand in the newest periods, as follow-ups. `cause`: person id of who logged what came. */
export function signalsOf(loaded: Loaded, cause: string | undefined): FollowUp[] {
  const { metric, history, options } = loaded;
  const { seen } = watch(history.periods, { ...options, from: history.periods.length - NEWEST });
  return seen
    .filter(({ kind }) => !GAPS.has(kind))
    .map((one) => ({
      action: 'issue.signal',
      input: {
        metric: metric.id,
        kind: one.kind,
        period: history.periods[one.at]!.period,
        title: titleOf(one, metric.name),
        sentence: sentenceOf(one, history.periods, metric),
        facts: factsOf(one, loaded),
        ...(cause === undefined ? {} : { cause }),
      },
      key: keyOf(one, loaded),
    }));
}

/** The same signal found twice, by a check and at night, is given once, also when a note came to its value. */
function keyOf(one: Seen, { metric, history }: Loaded): string {
  const { period, value } = history.periods[one.at]!;
  const since = history.periods[one.since]!.period;
  switch (one.kind) {
    case 'red':
      return `red:${metric.id}:${period}:${value}`;
    case 'yellows':
    case 'missing':
    case 'silent':
      return `${one.kind}:${metric.id}:${since}`;
    case 'limits':
    case 'shift':
      return `${one.kind}:${metric.id}:${period}:${value}:${one.direction}`;
    default:
      return one.kind satisfies never;
  }
}

/** The figures that the sentence was made from. */
function factsOf(one: Seen, { history: { periods }, readings }: Loaded): JsonObject {
  const now = periods[one.at]!;
  const target = now.target;
  return {
    since: periods[one.since]!.period,
    value: now.value,
    reading: readings.get(now.period)?.id ?? null,
    direction: one.direction,
    target:
      target === null
        ? null
        : {
            direction: target.direction,
            target: target.target,
            targetHigh: target.targetHigh,
            tolerance: target.tolerance,
          },
    ...(one.statistics === null ? {} : statistics(one.statistics, periods)),
  };
}

function statistics(
  { level, chance, baseline }: NonNullable<Seen['statistics']>,
  periods: Loaded['history']['periods'],
): JsonObject {
  const { centre, lower, upper, n, state } = baseline;
  return {
    level,
    chance,
    baseline: {
      from: periods[baseline.from]?.period ?? null,
      to: periods[baseline.to]?.period ?? null,
      centre,
      lower,
      upper,
      n,
      state,
    },
  };
}
