import { baselinesOf } from '../../db/drift.ts';
import { type Metric, allMetricsOfSeats } from '../../db/metrics.ts';
import { peopleByIds } from '../../db/people.ts';
import { type Seat } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { readingHistory, targetChangesOf } from '../../db/targets.ts';
import type { Instant } from '../clock.ts';
import { periodOfKey } from '../domain/awaited.ts';
import { type StatusWord, formatTarget, withUnit } from '../domain/metric.ts';
import { statusAt } from '../domain/target.ts';
import { reporterNames } from './token.ts';

/** A reading that counts, or one that it corrected. */
export interface ReadingLine {
  readonly period: string;
  readonly value: number;
  readonly at: Instant;
  /** Name of the person, or of the token. */
  readonly by: string;
  readonly note: string | null;
  readonly status: Exclude<StatusWord, 'missing'>;
  /** What it corrected, newest first. */
  readonly corrected: readonly Omit<ReadingLine, 'corrected'>[];
}

export interface PastTargetLine {
  readonly target: string;
  readonly until: Instant;
  readonly by: string;
  readonly reason: string;
}

export interface MetricView {
  readonly seat: Seat;
  readonly metric: Metric;
  readonly zone: string;
  readonly ownerName: string | undefined;
  /** `≥ 90 %, tolerance 5 %` */
  readonly target: string;
  /** Newest first. */
  readonly targets: readonly PastTargetLine[];
  /** Where a person said that the baseline begins. */
  readonly baseline:
    | { readonly from: Instant; readonly by: string; readonly at: Instant; readonly reason: string }
    | undefined;
  /** Newest first. */
  readonly readings: readonly ReadingLine[];
}

/** Periods that `metric show` lists. */
const SHOWN = 8;
/** Rows that are read for them, corrections included. */
const ROWS = 80;

const targetWords = (target: Parameters<typeof formatTarget>[0], unit: string): string =>
  `${formatTarget(target, unit)}${target.tolerance === 0 ? '' : `, tolerance ${withUnit(target.tolerance, unit)}`}`;

/** One number with its history. The number of queries is fixed. */
export async function loadMetric(
  db: Db,
  org: string,
  zone: string,
  seat: Seat,
  metric: Metric,
): Promise<MetricView> {
  const [rows, changes, baselines] = await Promise.all([
    readingHistory(db, org, metric.id, ROWS),
    targetChangesOf(db, org, [metric.id]),
    baselinesOf(db, org, [metric.id]),
  ]);
  const past = changes.get(metric.id) ?? [];
  const baseline = baselines.get(metric.id);
  const ids = [
    ...rows.map((r) => r.reporter),
    ...past.flatMap((c) => c.by ?? []),
    ...(metric.owner === null ? [] : [metric.owner]),
    ...(baseline === undefined ? [] : [baseline.by]),
  ];
  const names = await reporterNames(db, org, ids);
  const nameOf = (id: string | null): string => (id === null ? 'Coxswain' : (names.get(id) ?? 'a machine'));
  const line = (row: (typeof rows)[number]) => ({
    period: row.period,
    value: row.value,
    at: row.at,
    by: nameOf(row.reporter),
    note: row.note,
    status: statusAt(metric, past, row.value, periodOfKey(row.period, zone).end),
  });
  const periods = [...Map.groupBy(rows, (row) => row.period).values()].slice(0, SHOWN);
  return {
    seat,
    metric,
    zone,
    ownerName: metric.owner === null ? undefined : names.get(metric.owner),
    target: targetWords(metric, metric.unit),
    targets: past.toReversed().map((c) => ({
      target: targetWords(c, metric.unit),
      until: c.until,
      by: nameOf(c.by),
      reason: c.reason,
    })),
    baseline:
      baseline === undefined
        ? undefined
        : { from: baseline.from, by: nameOf(baseline.by), at: baseline.at, reason: baseline.reason },
    readings: periods.flatMap((versions) => {
      const present = versions.find((v) => v.present !== null);
      if (present === undefined) return [];
      return [{ ...line(present), corrected: versions.filter((v) => v !== present).map(line) }];
    }),
  };
}

export interface MetricLine {
  readonly seat: Seat;
  readonly metric: Metric;
  readonly ownerName: string | undefined;
  readonly target: string;
}

/** Every number of these seats, paused ones too; two queries whatever their number. */
export async function loadMetricLines(db: Db, org: string, seats: readonly Seat[]): Promise<MetricLine[]> {
  const metrics = await allMetricsOfSeats(
    db,
    org,
    seats.map((s) => s.id),
  );
  const owners = await peopleByIds(
    db,
    org,
    metrics.flatMap((m) => m.owner ?? []),
  );
  const bySeat = Map.groupBy(metrics, (m) => m.seat);
  return seats.flatMap((seat) =>
    (bySeat.get(seat.id) ?? []).map((metric) => ({
      seat,
      metric,
      ownerName: metric.owner === null ? undefined : owners.get(metric.owner)?.name,
      target: targetWords(metric, metric.unit),
    })),
  );
}
