import type { Metric } from '../../../db/metrics.ts';
import { openForKey, openIssuesFor } from '../../../db/issues.ts';
import { latestReadings } from '../../../db/readings.ts';
import type { Db } from '../../../db/store.ts';
import { cadenceOfKey } from '../../domain/awaited.ts';
import { judgedFrom } from '../../domain/drift/history.ts';
import type { Cadence } from '../../domain/dates.ts';
import type { FollowUp } from '../action.ts';
import { MOST_CHECKED } from '../drift/index.ts';
import type { Counted, Stored } from './store.ts';

interface When {
  readonly org: string;
  readonly now: number;
  readonly zone: string;
}

/**
 * What came is looked at for drift afterwards, in portions; of what is filled in for old periods only what an open
 * issue may wait for. Who logged it (`cause`, a person id) is not pinged about it; a machine never is.
 */
export async function checksOf(
  tx: Db,
  when: When,
  counted: readonly Counted[],
  stored: readonly Stored[],
  cause: string | undefined,
): Promise<FollowUp[]> {
  const history = await historyAmong(tx, when, counted);
  const news = counted.flatMap((one, i) => (history.has(one) ? [] : [{ ...one, id: stored[i]!.id }]));
  const checks: FollowUp[] = [];
  for (let from = 0; from < news.length; from += MOST_CHECKED) {
    const came = news
      .slice(from, from + MOST_CHECKED)
      .map(({ metric, period }) => ({ metric: metric.id, period: period.key }));
    checks.push({
      action: 'drift.check',
      input: cause === undefined ? { came } : { came, cause },
      key: `drift:${news[from]!.id}`,
    });
  }
  return checks;
}

/** Those that a check would find to be too old to say anything, of metrics without an open issue. */
async function historyAmong(
  tx: Db,
  { org, now, zone }: When,
  counted: readonly Counted[],
): Promise<ReadonlySet<Counted>> {
  const from = (cadence: Cadence) => judgedFrom(cadence, now, zone);
  const since = { daily: from('daily'), weekly: from('weekly'), monthly: from('monthly') };
  const old = counted.filter(({ metric, period }) => period.start < since[metric.cadence]);
  if (old.length === 0) return new Set();
  const metrics = new Map(old.map(({ metric }) => [metric.id, metric]));
  const newest = await latestReadings(tx, org, [...metrics.keys()]);
  const open = await openIssuesFor(tx, org, [...metrics.values()].map(openFor));
  const judged = new Map<string, number>();
  for (const [id, metric] of metrics) {
    const last = newest.get(id);
    if (last === undefined || open.has(openFor(metric)) || cadenceOfKey(last.period) !== metric.cadence)
      continue;
    judged.set(id, judgedFrom(metric.cadence, last.periodStart, zone));
  }
  return new Set(old.filter(({ metric, period }) => period.start < (judged.get(metric.id) ?? -Infinity)));
}

const openFor = ({ seat, id }: Metric): string => openForKey(seat, id);
