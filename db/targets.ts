import { and, asc, desc, eq, gt, notInArray } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Reading } from './metrics.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type TargetChange = Tables['targetChanges']['$inferSelect'];

const changes = prepared('target_changes_of', (db, p: Places<'org' | 'metrics'>) => {
  const { targetChanges } = db.t;
  return db
    .select()
    .from(targetChanges)
    .where(and(eq(targetChanges.org, p.org), among(db, targetChanges.metric, p.metrics)))
    .orderBy(asc(targetChanges.metric), asc(targetChanges.until));
});

/** What the targets of these metrics were until they were changed, by metric, oldest first; one query for all. */
export async function targetChangesOf(
  db: Db,
  org: string,
  metrics: readonly string[],
): Promise<Map<string, TargetChange[]>> {
  if (metrics.length === 0) return new Map();
  return Map.groupBy(await changes(db, { org, metrics: list(db, metrics) }), (change) => change.metric);
}

/** What targets were that were changed after an instant, of all metrics. */
export function targetChangesAfter(db: Db, org: string, after: Instant): Promise<TargetChange[]> {
  const { targetChanges } = db.t;
  return db
    .select()
    .from(targetChanges)
    .where(and(eq(targetChanges.org, org), gt(targetChanges.until, after)));
}

/** The newest readings of a metric, superseded ones too: by period, newest first, and in it the newest first. */
export function readingHistory(db: Db, org: string, metric: string, limit: number): Promise<Reading[]> {
  const { readings } = db.t;
  return db
    .select()
    .from(readings)
    .where(and(eq(readings.org, org), eq(readings.metric, metric)))
    .orderBy(desc(readings.periodStart), desc(readings.at), desc(readings.id))
    .limit(limit);
}

/** Which machine sent the newest reading that a machine sent, by metric. */
export async function lastMachines(
  db: Db,
  org: string,
  metrics: readonly string[],
): Promise<Map<string, string>> {
  const { readings, people } = db.t;
  const persons = db.select({ id: people.id }).from(people).where(eq(people.org, org));
  const found = new Map<string, string>();
  for (const metric of metrics) {
    const [last] = await db
      .select({ reporter: readings.reporter })
      .from(readings)
      .where(and(eq(readings.org, org), eq(readings.metric, metric), notInArray(readings.reporter, persons)))
      .orderBy(desc(readings.periodStart), desc(readings.id))
      .limit(1);
    if (last !== undefined) found.set(metric, last.reporter);
  }
  return found;
}
