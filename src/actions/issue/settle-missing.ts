import { z } from 'zod';
import { holdOpenIssueFor } from '../../../db/held-issues.ts';
import { loadHistories } from '../../../db/histories.ts';
import { type Signal, signalKinds, signalPeriods } from '../../../db/issues.ts';
import { metricById } from '../../../db/metrics.ts';
import { orgById } from '../../../db/orgs.ts';
import type { Past } from '../../domain/drift/history.ts';
import { type Effects, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { settleIssue } from './settle.ts';

/**
 * A number came: an issue that is only about missing numbers, or a source gone silent, is solved once all of them are
 * there. Red, yellow and statistical signals are for people to solve.
 */
export const settleMissing = defineAction({
  name: 'issue.settle-missing',
  input: z.object({ metric: z.string() }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }): Promise<Effects<{ settled: boolean }>> {
    const metric = (await metricById(tx, org, input.metric))!;
    const issue = await holdOpenIssueFor(tx, org, metric.seat, metric.id);
    if (issue === undefined) {
      return {
        result: { settled: false },
        audit: { subject: `seat:${metric.seat}`, facts: { metric: metric.id, ref: null, settled: false } },
      };
    }
    const { zone } = (await orgById(tx, org))!;
    const { history } = (await loadHistories(tx, org, [metric], now, zone)).get(metric.id)!;
    const kinds = await signalKinds(tx, org, issue.id);
    const allCame =
      kinds.every((kind) => kind === 'missing' || kind === 'silent') &&
      (await signalPeriods(tx, org, issue.id)).every((signal) => came(signal, history.periods));
    const changed = allCame
      ? await settleIssue(tx, { org, now, issue, fix: 'The missing number came.' })
      : [];
    const settled = changed.length > 0;
    return {
      result: { settled },
      audit: { subject: `issue:${issue.id}`, facts: { metric: metric.id, ref: issue.ref, settled } },
      changed,
    };
  },
});

/** Whether of the numbers that a signal missed, from the first of them on, none is missing any more. */
function came({ period, facts }: Pick<Signal, 'period' | 'facts'>, periods: readonly Past[]): boolean {
  const begins = facts?.['since'] ?? period;
  const from = periods.findIndex((one) => one.period === begins);
  return periods.slice(Math.max(0, from)).every(({ missing }) => !missing);
}
