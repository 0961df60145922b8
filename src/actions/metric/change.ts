import { and, eq, isNull } from 'drizzle-orm';
import type { Metric } from '../../../db/metrics.ts';
import type { Db } from '../../../db/store.ts';
import { conflict } from '../../errors.ts';

/**
 * Changes fields of a metric that still has the values it was read with. Throws Conflict when somebody was faster.
 */
export async function changeMetric(
  tx: Db,
  metric: Metric,
  fields: Partial<Omit<Metric, 'org' | 'id' | 'seat'>>,
): Promise<void> {
  const { metrics } = tx.t;
  const names = Object.keys(fields) as (keyof typeof fields)[];
  const asRead = names.map((name) =>
    metric[name] === null ? isNull(metrics[name]) : eq(metrics[name], metric[name]),
  );
  const changed = await tx
    .update(metrics)
    .set(fields)
    .where(and(eq(metrics.org, metric.org), eq(metrics.id, metric.id), ...asRead))
    .returning({ id: metrics.id });
  if (changed.length === 0) {
    throw conflict(`Somebody has just changed ${metric.name}. Look at it again: your change was not made.`);
  }
}
