import { and, asc, eq, gte, inArray, isNotNull, lt } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import type { Kept } from '../src/domain/drift/history.ts';
import { DRIFT_SIGNALS } from '../src/domain/issue.ts';
import { type Places, among, at, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type BaselineRow = Tables['baselines']['$inferSelect'];

/** A reading that counts, with what a check needs of it. */
export type DriftReading = Kept & { readonly metric: string; readonly id: string };

const columns = ({ readings }: Db['t']) => ({
  metric: readings.metric,
  id: readings.id,
  period: readings.period,
  periodStart: readings.periodStart,
  value: readings.value,
  note: readings.note,
});

const since = prepared('drift_readings', (db, p: Places<'org' | 'metrics' | 'since'>) => {
  const { readings } = db.t;
  return db
    .select(columns(db.t))
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

/** The readings that count of these metrics from an instant on, by metric, oldest first. */
export async function driftReadings(
  db: Db,
  org: string,
  metrics: readonly string[],
  from: Instant,
): Promise<Map<string, DriftReading[]>> {
  if (metrics.length === 0) return new Map();
  const rows: DriftReading[] = await since(db, { org, metrics: list(db, metrics), since: from });
  return Map.groupBy(rows, (row) => row.metric);
}

const first = prepared('first_readings', (db, p: Places<'org' | 'metric' | 'from' | 'before' | 'limit'>) => {
  const { readings } = db.t;
  return db
    .select(columns(db.t))
    .from(readings)
    .where(
      and(
        eq(readings.org, p.org),
        eq(readings.metric, p.metric),
        gte(readings.periodStart, at(db, p.from, readings.periodStart)),
        lt(readings.periodStart, at(db, p.before, readings.periodStart)),
        isNotNull(readings.present),
      ),
    )
    .orderBy(asc(readings.periodStart))
    .limit(p.limit);
});

/** The oldest readings that count of one metric, of periods that begin from one instant up to another. */
export const firstReadings = (
  db: Db,
  org: string,
  metric: string,
  { from, before, limit }: { from: Instant; before: Instant; limit: number },
): Promise<DriftReading[]> => first(db, { org, metric, from, before, limit });

const baselined = prepared('baselines_of', (db, p: Places<'org' | 'metrics'>) => {
  const { baselines } = db.t;
  return db
    .select()
    .from(baselines)
    .where(and(eq(baselines.org, p.org), among(db, baselines.metric, p.metrics)))
    .orderBy(asc(baselines.at), asc(baselines.id));
});

/** Where people said that the baselines of these metrics begin, the latest word of each. */
export async function baselinesOf(
  db: Db,
  org: string,
  metrics: readonly string[],
): Promise<Map<string, BaselineRow>> {
  if (metrics.length === 0) return new Map();
  const rows = await baselined(db, { org, metrics: list(db, metrics) });
  return new Map(rows.map((row) => [row.metric, row]));
}

const given = prepared('drift_signals', (db, p: Places<'org' | 'metrics' | 'since'>) => {
  const { issues, signals } = db.t;
  return db
    .select({
      metric: issues.metric,
      kind: signals.kind,
      period: signals.period,
      facts: signals.facts,
      openFor: issues.openFor,
    })
    .from(issues)
    .innerJoin(signals, and(eq(signals.org, issues.org), eq(signals.issue, issues.id)))
    .where(
      and(
        eq(issues.org, p.org),
        among(db, issues.metric, p.metrics),
        gte(signals.at, at(db, p.since, signals.at)),
        inArray(signals.kind, [...DRIFT_SIGNALS]),
      ),
    )
    .orderBy(asc(signals.at), asc(signals.id));
});

/** Signals of drift that were given about these metrics since an instant. */
export const driftSignals = (db: Db, org: string, metrics: readonly string[], from: Instant) =>
  metrics.length === 0 ? Promise.resolve([]) : given(db, { org, metrics: list(db, metrics), since: from });

/** Ids of all active metrics of seats that are not retired, in a stable order. */
export async function watchedMetrics(db: Db, org: string): Promise<string[]> {
  const { metrics, seats } = db.t;
  const rows = await db
    .select({ id: metrics.id, stage: seats.stage })
    .from(metrics)
    .innerJoin(seats, and(eq(seats.org, metrics.org), eq(seats.id, metrics.seat)))
    .where(and(eq(metrics.org, org), eq(metrics.active, true)))
    .orderBy(asc(metrics.id));
  return rows.filter(({ stage }) => stage !== 'retired').map(({ id }) => id);
}
