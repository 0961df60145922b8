import { z } from 'zod';
import { metricsByIds, presentKey, presentReadings } from '../../../db/metrics.ts';
import { openForKey, openIssuesFor } from '../../../db/issues.ts';
import { statusOf } from '../../domain/metric.ts';
import { type FollowUp, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/** As many metrics as one check looks at: a batch of readings asks for several checks. */
export const MOST_CHECKED = 500;

const input = z.object({
  /** Metric id and the key of the period for which a reading came. */
  came: z.array(z.object({ metric: z.string(), period: z.string() })).max(MOST_CHECKED),
  /** Person id of who logged the readings: they are not pinged about what they just did. */
  cause: z.string().optional(),
});

/** Looks at metrics for which readings came: what drifts becomes a signal, what was missing may be settled. */
export const checkDrift = defineAction({
  name: 'drift.check',
  input,
  allow: onlyCoxswain,
  async run({ tx, org, input }) {
    const metrics = await metricsByIds(
      tx,
      org,
      input.came.map((c) => c.metric),
    );
    const readings = await presentReadings(
      tx,
      org,
      input.came.map((c) => presentKey(c.metric, c.period)),
    );
    const open = await openIssuesFor(
      tx,
      org,
      metrics.map((m) => openForKey(m.seat, m.id)),
    );
    const byId = new Map(metrics.map((m) => [m.id, m]));
    const cause = input.cause === undefined ? {} : { cause: input.cause };
    const followUps = input.came.flatMap(({ metric: id, period }): FollowUp[] => {
      const metric = byId.get(id);
      const reading = readings.get(presentKey(id, period));
      if (metric === undefined || reading === undefined) return [];
      const red: FollowUp[] =
        statusOf(metric, reading.value) === 'red'
          ? [
              {
                action: 'issue.signal',
                input: { metric: id, period, kind: 'red', ...cause },
                key: `red:${reading.id}`,
              },
            ]
          : [];
      const settle: FollowUp[] = open.has(openForKey(metric.seat, id))
        ? [{ action: 'issue.settle-missing', input: { metric: id }, key: `came:${reading.id}` }]
        : [];
      return [...red, ...settle];
    });
    return {
      result: { checked: metrics.length, signals: followUps.length },
      audit: { subject: 'drift', facts: { checked: input.came.length, signals: followUps.length } },
      followUps,
    };
  },
});
