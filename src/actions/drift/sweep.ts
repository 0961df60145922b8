import { watchedMetrics } from '../../../db/drift.ts';
import type { Db } from '../../../db/store.ts';
import type { FollowUp } from '../action.ts';

/** Metrics of one follow-up: a transaction that does not keep people waiting. */
const PORTION = 100;

/** Every active number is looked at, in portions. `night` makes each portion one, whatever runs twice. */
export async function sweepDrift(tx: Db, org: string, night: number): Promise<FollowUp[]> {
  const metrics = await watchedMetrics(tx, org);
  return Array.from({ length: Math.ceil(metrics.length / PORTION) }, (_, i) => ({
    action: 'drift.check',
    input: { came: [], sweep: metrics.slice(i * PORTION, (i + 1) * PORTION) },
    key: `sweep:${night}:${i}`,
  }));
}
