import { type Metric, metricsOfSeats, presentKey, presentReadings } from '../../../db/metrics.ts';
import { lastMachines } from '../../../db/targets.ts';
import type { Db } from '../../../db/store.ts';

const bySending = ({ source }: Metric): boolean => source === 'api' || source === 'alert';

/**
 * For a metric whose readings a machine sends and that misses these periods: the id of the first of all metrics of its
 * seat that came from the same machine and miss the same periods. Each of them finds the same one, so one signal
 * stands for all. Undefined for a metric that people log, or that no machine has ever sent.
 */
export async function silentTogether(
  tx: Db,
  metric: Metric,
  periods: readonly string[],
): Promise<string | undefined> {
  if (!bySending(metric)) return undefined;
  const alike = (await metricsOfSeats(tx, metric.org, [metric.seat])).filter(
    (m) => bySending(m) && m.cadence === metric.cadence,
  );
  const machines = await lastMachines(
    tx,
    metric.org,
    alike.map((m) => m.id),
  );
  const machine = machines.get(metric.id);
  if (machine === undefined) return undefined;
  const same = alike.filter((m) => machines.get(m.id) === machine);
  const came = await presentReadings(
    tx,
    metric.org,
    same.flatMap((m) => periods.map((period) => presentKey(m.id, period))),
  );
  const silent = same.filter((m) => periods.every((period) => !came.has(presentKey(m.id, period))));
  return silent.map((m) => m.id).toSorted()[0];
}
