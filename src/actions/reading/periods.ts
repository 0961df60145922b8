import type { Metric } from '../../../db/metrics.ts';
import { isAwaited } from '../../domain/awaited.ts';
import {
  type Cadence,
  type Period,
  dueAt,
  periodFromKey,
  periodOf,
  previousPeriod,
} from '../../domain/period.ts';
import { invalid } from '../../errors.ts';
import type { Item } from './input.ts';

export interface Periods {
  readonly lastOf: (metric: Metric) => Period;
  readonly periodFor: (metric: Metric, item: Item, lastCame: boolean) => Period;
}

/**
 * The period that a reading is for. Without one typed, a value is for the last complete period as long as its reading
 * is missing, or not late yet: what comes on Monday morning corrects last week. Otherwise it is for the present one.
 * Periods are worked out once for a batch, which is mostly about a few of them.
 */
export function periods(now: number, zone: string): Periods {
  const known = new Map<string, Period>();
  const once = (key: string, work: () => Period): Period => {
    const period = known.get(key) ?? work();
    known.set(key, period);
    return period;
  };
  const currentOf = ({ cadence }: Metric) => once(cadence, () => periodOf(cadence, now, zone));
  const lastOf = (metric: Metric) =>
    once(`${metric.cadence} before`, () => previousPeriod(metric.cadence, currentOf(metric), zone));
  const typedBefore = { daily: new Map(), weekly: new Map(), monthly: new Map() } satisfies Record<
    Cadence,
    Map<string, Period>
  >;
  const typedOf = (cadence: Cadence, typed: string): Period => {
    const before: Map<string, Period> = typedBefore[cadence];
    const period = before.get(typed) ?? periodFromKey(cadence, typed, zone);
    before.set(typed, period);
    return period;
  };
  const periodFor: Periods['periodFor'] = (metric, { period: typed }, lastCame) => {
    if (typed === undefined) {
      const last = lastOf(metric);
      const asked = isAwaited(metric, last) && (!lastCame || now <= dueAt(last, zone));
      return asked ? last : currentOf(metric);
    }
    const period = typedOf(metric.cadence, typed);
    if (period.start > now) {
      throw invalid(`${period.key} has not begun yet: readings are for the present or an earlier period.`, {
        hint: `period=${currentOf(metric).key}`,
      });
    }
    return period;
  };
  return { lastOf, periodFor };
}
