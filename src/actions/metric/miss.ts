import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { metricById, presentReading } from '../../../db/metrics.ts';
import { orgById } from '../../../db/orgs.ts';
import { type Cadence, dueAt, nextPeriod, periodFromKey } from '../../domain/period.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/**
 * The time for a period's reading has passed: the metric awaits its next period, and if no reading came it is
 * missing. Nothing happens when another copy of Coxswain was first.
 */
export const missMetric = defineAction({
  name: 'metric.miss',
  /** Metric id and the key of the period that is over. */
  input: z.object({ metric: z.string(), period: z.string() }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const { metrics } = tx.t;
    const metric = await metricById(tx, org, input.metric);
    const zone = (await orgById(tx, org))!.zone;
    const next = awaitedAfter(metric!.cadence, input.period, now, zone);
    const [moved] = await tx
      .update(metrics)
      .set({ duePeriod: next.key, dueAt: dueAt(next, zone) })
      .where(and(eq(metrics.org, org), eq(metrics.id, input.metric), eq(metrics.duePeriod, input.period)))
      .returning({ id: metrics.id });
    const came = (await presentReading(tx, org, input.metric, input.period)) !== undefined;
    const missing = moved !== undefined && !came;
    return {
      result: { missing },
      audit: {
        subject: `seat:${metric!.seat}`,
        facts: { metric: input.metric, period: input.period, missing },
      },
      followUps: missing
        ? [
            {
              action: 'issue.signal',
              input: { metric: input.metric, period: input.period, kind: 'missing' },
              key: `missing:${input.metric}:${input.period}`,
            },
          ]
        : [],
    };
  },
});

/** The period after `key`; after a long stop the latest one whose time has passed, so that the weeks between do not flood in. */
function awaitedAfter(cadence: Cadence, key: string, now: number, zone: string) {
  let period = nextPeriod(cadence, periodFromKey(cadence, key, zone), zone);
  while (dueAt(nextPeriod(cadence, period, zone), zone) <= now) period = nextPeriod(cadence, period, zone);
  return period;
}
