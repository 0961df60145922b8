import { type Metric, metricsOfSeats, presentKey, presentReadings } from '../../../db/metrics.ts';
import { lastMachines } from '../../../db/targets.ts';
import { tokenById } from '../../../db/tokens.ts';
import type { Db } from '../../../db/store.ts';

const bySending = ({ source }: Metric): boolean => source === 'api' || source === 'alert';

/** Metrics of a seat that one machine sent until it stopped. */
export interface Silence {
  /** `token grafana`. */
  readonly machine: string;
  /** In the order of their ids: each of them finds the same first one, so one signal stands for all. */
  readonly metrics: readonly [Metric, ...Metric[]];
}

/**
 * For a metric whose readings a machine sends and that misses these periods: all metrics of its seat that came from the
 * same machine and miss the same periods. Undefined for a metric that people log, or that no machine has ever sent.
 */
export async function silentTogether(
  tx: Db,
  metric: Metric,
  periods: readonly string[],
): Promise<Silence | undefined> {
  if (!bySending(metric)) return undefined;
  const alike = (await metricsOfSeats(tx, metric.org, [metric.seat])).filter(
    (m) => bySending(m) && m.cadence === metric.cadence,
  );
  const machines = await lastMachines(
    tx,
    metric.org,
    alike.map((m) => m.id),
  );
  const reporter = machines.get(metric.id);
  if (reporter === undefined) return undefined;
  const same = alike.filter((m) => machines.get(m.id) === reporter);
  const came = await presentReadings(
    tx,
    metric.org,
    same.flatMap((m) => periods.map((period) => presentKey(m.id, period))),
  );
  const [first, ...others] = same
    .filter((m) => periods.every((period) => !came.has(presentKey(m.id, period))))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (first === undefined) return undefined;
  const token = reporter.startsWith('token:')
    ? await tokenById(tx, metric.org, reporter.slice('token:'.length))
    : undefined;
  return {
    machine: token === undefined ? 'Its machine' : `Token ${token.name}`,
    metrics: [first, ...others],
  };
}

/** What is said when several fell silent; one alone is told like any missing number. */
export function sayTogether({ machine, metrics }: Silence, [before, now]: readonly [string, string]) {
  if (metrics.length === 1) return {};
  const names = metrics.slice(0, 8).map((m) => m.name);
  const more = metrics.length - names.length;
  return {
    title: `${machine} is silent: ${metrics.length} numbers are missing`,
    sentence: `${machine} has sent nothing for ${before} and ${now}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`,
  };
}
