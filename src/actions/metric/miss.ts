import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Metric, metricById, presentReading } from '../../../db/metrics.ts';
import { orgById } from '../../../db/orgs.ts';
import { seatById } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { isAwaited } from '../../domain/awaited.ts';
import { type Cadence, dueAt, nextPeriod, periodFromKey, previousPeriod } from '../../domain/period.ts';
import { type FollowUp, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { sayTogether, silentTogether } from './silent.ts';

/**
 * The time for a period's reading has passed: the metric awaits its next period, and if no reading came it is missing.
 * One missing period is named by digest and nudges; from the second in a row on it is a signal. Nothing happens when
 * another copy of Coxswain was first, or the metric was paused or given another cadence meanwhile.
 */
export const missMetric = defineAction({
  name: 'metric.miss',
  /** Metric id and the key of the period that is over. */
  input: z.object({ metric: z.string(), period: z.string() }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const metric = (await metricById(tx, org, input.metric))!;
    const zone = (await orgById(tx, org))!.zone;
    const came = (await presentReading(tx, org, metric.id, input.period)) !== undefined;
    const missing = (await awaitNext(tx, metric, input.period, now, zone)) && !came;
    const signal = missing ? await signalOf(tx, metric, input.period, zone) : undefined;
    return {
      result: { missing, signal: signal?.kind ?? null },
      audit: {
        subject: `seat:${metric.seat}`,
        facts: { metric: input.metric, period: input.period, missing, signal: signal?.kind ?? null },
      },
      followUps: signal === undefined ? [] : [signal.followUp],
    };
  },
});

/** False when it is not this period that the metric awaits. */
async function awaitNext(
  tx: Db,
  metric: Metric,
  period: string,
  now: number,
  zone: string,
): Promise<boolean> {
  if (!metric.active || metric.duePeriod !== period) return false;
  const { metrics } = tx.t;
  const next = awaitedAfter(metric.cadence, period, now, zone);
  const moved = await tx
    .update(metrics)
    .set({ duePeriod: next.key, dueAt: dueAt(next, zone) })
    .where(
      and(
        eq(metrics.org, metric.org),
        eq(metrics.id, metric.id),
        eq(metrics.duePeriod, period),
        eq(metrics.active, true),
      ),
    )
    .returning({ id: metrics.id });
  return moved.length > 0;
}

/** The period after `key`; after a long stop the latest one whose time has passed, so that the weeks between do not flood in. */
function awaitedAfter(cadence: Cadence, key: string, now: number, zone: string) {
  let period = nextPeriod(cadence, periodFromKey(cadence, key, zone), zone);
  while (dueAt(nextPeriod(cadence, period, zone), zone) <= now) period = nextPeriod(cadence, period, zone);
  return period;
}

/** The signal of a missing period when the one before it is missing too; a machine's numbers go silent together. */
async function signalOf(
  tx: Db,
  metric: Metric,
  key: string,
  zone: string,
): Promise<{ kind: 'missing' | 'silent'; followUp: FollowUp } | undefined> {
  const seat = await seatById(tx, metric.org, metric.seat);
  const before = previousPeriod(metric.cadence, periodFromKey(metric.cadence, key, zone), zone);
  if (seat?.stage === 'retired' || !isAwaited(metric, before)) return undefined;
  if ((await presentReading(tx, metric.org, metric.id, before.key)) !== undefined) return undefined;
  const gap = [before.key, key] as const;
  const silence = await silentTogether(tx, metric, gap);
  const kind = silence === undefined ? 'missing' : 'silent';
  const about = silence?.metrics[0].id ?? metric.id;
  const said = silence === undefined ? {} : sayTogether(silence, gap);
  return {
    kind,
    followUp: {
      action: 'issue.signal',
      input: { metric: about, period: key, kind, ...said },
      key: `${kind}:${about}:${key}`,
    },
  };
}
