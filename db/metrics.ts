import { and, asc, eq, gt, gte, inArray, isNotNull, lte, min, sql } from 'drizzle-orm';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Instant } from '../src/clock.ts';
import { type Places, among, at, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Metric = Tables['metrics']['$inferSelect'];
export type Reading = Tables['readings']['$inferSelect'];

const byKey = prepared('metric_by_key', (db, p: Places<'org' | 'seat' | 'key'>) => {
  const { metrics } = db.t;
  return db
    .select()
    .from(metrics)
    .where(and(eq(metrics.org, p.org), eq(metrics.seat, p.seat), eq(metrics.key, p.key)));
});

export async function metricByKey(
  db: Db,
  org: string,
  seat: string,
  key: string,
): Promise<Metric | undefined> {
  return (await byKey(db, { org, seat, key }))[0];
}

const byKeys = prepared('metrics_by_keys', (db, p: Places<'org' | 'seats' | 'keys'>) => {
  const { metrics } = db.t;
  return db
    .select()
    .from(metrics)
    .where(and(eq(metrics.org, p.org), among(db, metrics.seat, p.seats), among(db, metrics.key, p.keys)));
});

/** By seat and key, at least those that are asked for and exist, whether active or not. */
export async function metricsByKeys(
  db: Db,
  org: string,
  wanted: readonly { readonly seat: string; readonly key: string }[],
): Promise<Map<string, Map<string, Metric>>> {
  const rows = await byKeys(db, {
    org,
    seats: list(
      db,
      wanted.map((w) => w.seat),
    ),
    keys: list(
      db,
      wanted.map((w) => w.key),
    ),
  });
  const found = new Map<string, Map<string, Metric>>();
  for (const row of rows)
    found.set(row.seat, (found.get(row.seat) ?? new Map<string, Metric>()).set(row.key, row));
  return found;
}

const byId = prepared('metric_by_id', (db, p: Places<'org' | 'id'>) => {
  const { metrics } = db.t;
  return db
    .select()
    .from(metrics)
    .where(and(eq(metrics.org, p.org), eq(metrics.id, p.id)));
});

export async function metricById(db: Db, org: string, id: string): Promise<Metric | undefined> {
  return (await byId(db, { org, id }))[0];
}

const byIds = prepared('metrics_by_ids', (db, p: Places<'org' | 'ids'>) => {
  const { metrics } = db.t;
  return db
    .select()
    .from(metrics)
    .where(and(eq(metrics.org, p.org), among(db, metrics.id, p.ids)));
});

/** In no particular order, whether active or not. */
export async function metricsByIds(db: Db, org: string, ids: readonly string[]): Promise<Metric[]> {
  return ids.length === 0 ? [] : byIds(db, { org, ids: list(db, [...new Set(ids)]) });
}

const ofSeats = prepared('metrics_of_seats', (db, p: Places<'org' | 'seats'>) => {
  const { metrics } = db.t;
  return db
    .select()
    .from(metrics)
    .where(and(eq(metrics.org, p.org), among(db, metrics.seat, p.seats), eq(metrics.active, sql`true`)))
    .orderBy(asc(metrics.seat), asc(metrics.category), asc(metrics.key));
});

/** Active metrics of these seats, in a stable order. */
export async function metricsOfSeats(db: Db, org: string, seats: readonly string[]): Promise<Metric[]> {
  return seats.length === 0 ? [] : ofSeats(db, { org, seats: list(db, seats) });
}

const allOfSeats = prepared('all_metrics_of_seats', (db, p: Places<'org' | 'seats'>) => {
  const { metrics } = db.t;
  return db
    .select()
    .from(metrics)
    .where(and(eq(metrics.org, p.org), among(db, metrics.seat, p.seats)))
    .orderBy(asc(metrics.seat), asc(metrics.category), asc(metrics.key));
});

/** Metrics of these seats, paused ones too, in a stable order. */
export async function allMetricsOfSeats(db: Db, org: string, seats: readonly string[]): Promise<Metric[]> {
  return seats.length === 0 ? [] : allOfSeats(db, { org, seats: list(db, seats) });
}

const ownedBy = prepared('metrics_owned_by', (db, p: Places<'org' | 'person'>) => {
  const { metrics } = db.t;
  return db
    .select()
    .from(metrics)
    .where(and(eq(metrics.org, p.org), eq(metrics.owner, p.person), eq(metrics.active, sql`true`)))
    .orderBy(asc(metrics.seat), asc(metrics.key));
});

/** Active metrics whose number this person owns. */
export const metricsOwnedBy = (db: Db, org: string, person: string): Promise<Metric[]> =>
  ownedBy(db, { org, person });

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

const since = prepared('readings_since', (db, p: Places<'org' | 'metrics' | 'since'>) => {
  const { readings } = db.t;
  return db
    .select({
      metric: readings.metric,
      period: readings.period,
      periodStart: readings.periodStart,
      value: readings.value,
      note: readings.note,
    })
    .from(readings)
    .where(
      and(
        eq(readings.org, p.org),
        among(db, readings.metric, p.metrics),
        gte(readings.periodStart, at(db, p.since, readings.periodStart)),
        isNotNull(readings.present),
      ),
    )
    .orderBy(asc(readings.metric), asc(readings.periodStart));
});

/** What a scorecard needs of a reading. */
export type ShownReading = Pick<Reading, 'metric' | 'period' | 'periodStart' | 'value' | 'note'>;

/** The readings that count (not superseded) from `since` on, oldest first. */
export async function readingsSince(
  db: Db,
  org: string,
  metrics: readonly string[],
  from: Instant,
): Promise<ShownReading[]> {
  return metrics.length === 0 ? [] : since(db, { org, metrics: list(db, metrics), since: from });
}

/** Value of `readings.present` for the reading that counts. */
export const presentKey = (metric: string, period: string): string => `${metric}:${period}`;

const ofKeys = prepared('present_readings', (db, p: Places<'org' | 'present'>) => {
  const { readings } = db.t;
  return db
    .select()
    .from(readings)
    .where(and(eq(readings.org, p.org), among(db, readings.present, p.present)));
});

/** So many readings are asked for before others get a turn of the event loop. */
const TURN = 1000;

/** The readings that count, by `presentKey`, for those of the keys that have one. */
export async function presentReadings(
  db: Db,
  org: string,
  keys: readonly string[],
): Promise<Map<string, Reading>> {
  const found = new Map<string, Reading>();
  for (let from = 0; from < keys.length; from += TURN) {
    if (from > 0) await nextTurn();
    const rows = await ofKeys(db, { org, present: list(db, keys.slice(from, from + TURN)) });
    for (const row of rows) found.set(row.present!, row);
  }
  return found;
}

export async function presentReading(
  db: Db,
  org: string,
  metric: string,
  period: string,
): Promise<Reading | undefined> {
  const key = presentKey(metric, period);
  return (await presentReadings(db, org, [key])).get(key);
}

/** Those of `periods` for which a reading of the metric is there. */
export async function periodsWithReading(
  db: Db,
  org: string,
  metric: string,
  periods: readonly string[],
): Promise<Set<string>> {
  if (periods.length === 0) return new Set();
  const { readings } = db.t;
  const rows = await db
    .select({ period: readings.period })
    .from(readings)
    .where(
      and(
        eq(readings.org, org),
        inArray(
          readings.present,
          periods.map((p) => presentKey(metric, p)),
        ),
      ),
    );
  return new Set(rows.map((r) => r.period));
}

/** When the next reading becomes late after `now`, in any organisation. */
export async function nextMetricDueAt(db: Db, now: Instant): Promise<Instant | undefined> {
  const { metrics } = db.t;
  const [row] = await db
    .select({ at: min(metrics.dueAt) })
    .from(metrics)
    .where(and(eq(metrics.active, true), gt(metrics.dueAt, now)));
  return row?.at ?? undefined;
}
