import { and, asc, eq, gte, inArray, isNotNull, lte } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Metric = Tables['metrics']['$inferSelect'];
export type Reading = Tables['readings']['$inferSelect'];

export async function metricByKey(db: Db, org: string, seat: string, key: string): Promise<Metric | undefined> {
  const { metrics } = db.t;
  const [row] = await db
    .select()
    .from(metrics)
    .where(and(eq(metrics.org, org), eq(metrics.seat, seat), eq(metrics.key, key)));
  return row;
}

export async function metricById(db: Db, org: string, id: string): Promise<Metric | undefined> {
  const { metrics } = db.t;
  const [row] = await db.select().from(metrics).where(and(eq(metrics.org, org), eq(metrics.id, id)));
  return row;
}

/** Active metrics of these seats, in a stable order. */
export async function metricsOfSeats(db: Db, org: string, seats: readonly string[]): Promise<Metric[]> {
  if (seats.length === 0) return [];
  const { metrics } = db.t;
  return db
    .select()
    .from(metrics)
    .where(and(eq(metrics.org, org), inArray(metrics.seat, [...seats]), eq(metrics.active, true)))
    .orderBy(asc(metrics.seat), asc(metrics.category), asc(metrics.key));
}

/** Active metrics whose number this person owns. */
export function metricsOwnedBy(db: Db, org: string, person: string): Promise<Metric[]> {
  const { metrics } = db.t;
  return db
    .select()
    .from(metrics)
    .where(and(eq(metrics.org, org), eq(metrics.owner, person), eq(metrics.active, true)))
    .orderBy(asc(metrics.seat), asc(metrics.key));
}

/** Metrics whose awaited reading is late at `now`, the longest overdue first. */
export function metricsDue(db: Db, now: Instant, limit: number) {
  const { metrics } = db.t;
  return db
    .select({ org: metrics.org, id: metrics.id, period: metrics.duePeriod, dueAt: metrics.dueAt })
    .from(metrics)
    .where(and(eq(metrics.active, true), lte(metrics.dueAt, now)))
    .orderBy(asc(metrics.dueAt))
    .limit(limit);
}

/** The readings that count (not superseded) from `since` on, oldest first. */
export async function readingsSince(db: Db, org: string, metrics: readonly string[], since: Instant): Promise<Reading[]> {
  if (metrics.length === 0) return [];
  const { readings } = db.t;
  return db
    .select()
    .from(readings)
    .where(
      and(
        eq(readings.org, org),
        inArray(readings.metric, [...metrics]),
        gte(readings.periodStart, since),
        isNotNull(readings.present),
      ),
    )
    .orderBy(asc(readings.metric), asc(readings.periodStart));
}

/** Metric ids among `metrics` that have a reading for the period. */
export async function metricsWithReading(db: Db, org: string, pairs: readonly { metric: string; period: string }[]): Promise<Set<string>> {
  if (pairs.length === 0) return new Set();
  const { readings } = db.t;
  const rows = await db
    .select({ present: readings.present })
    .from(readings)
    .where(and(eq(readings.org, org), inArray(readings.present, pairs.map((p) => presentKey(p.metric, p.period)))));
  return new Set(rows.map((r) => r.present!.slice(0, r.present!.indexOf(':'))));
}

/** Value of `readings.present` for the reading that counts. */
export const presentKey = (metric: string, period: string): string => `${metric}:${period}`;

export async function presentReading(db: Db, org: string, metric: string, period: string): Promise<Reading | undefined> {
  const { readings } = db.t;
  const [row] = await db
    .select()
    .from(readings)
    .where(and(eq(readings.org, org), eq(readings.present, presentKey(metric, period))));
  return row;
}

/** Those of `periods` for which a reading of the metric is there. */
export async function periodsWithReading(db: Db, org: string, metric: string, periods: readonly string[]): Promise<Set<string>> {
  if (periods.length === 0) return new Set();
  const { readings } = db.t;
  const rows = await db
    .select({ period: readings.period })
    .from(readings)
    .where(and(eq(readings.org, org), inArray(readings.present, periods.map((p) => presentKey(metric, p)))));
  return new Set(rows.map((r) => r.period));
}
