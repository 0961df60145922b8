import { metricsDue, nextMetricDueAt } from '../db/metrics.ts';
import { missMetric } from '../src/actions/metric/index.ts';
import type { Job } from './job.ts';
import { performAsJob } from './perform-as.ts';

/** Closes the periods whose readings are late: a number that did not come is missing. */
export const missingJob: Job = {
  name: 'missing',
  async due(db, now, limit) {
    const rows = await metricsDue(db, now, limit);
    return rows.map((m) => ({
      org: m.org,
      key: `${m.id}:${m.period}`,
      args: { metric: m.id, period: m.period },
    }));
  },
  next: nextMetricDueAt,
  run: async (app, due) => {
    await performAsJob(app, 'missing', due.org, missMetric, due.args, due.key);
  },
};
