import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Instant } from '../src/clock.ts';
import { boundsOf } from '../src/domain/drift/bounds.ts';
import { type History, historyOf, needsFirst, windowStart } from '../src/domain/drift/history.ts';
import { FROZEN } from '../src/domain/drift/types.ts';
import type { Said, WatchOptions } from '../src/domain/drift/watch.ts';
import { DRIFT_SIGNALS } from '../src/domain/issue.ts';
import {
  type BaselineRow,
  type DriftReading,
  baselinesOf,
  driftReadings,
  driftSignals,
  firstReadings,
} from './drift.ts';
import type { Metric } from './metrics.ts';
import type { Db } from './store.ts';
import { targetChangesOf } from './targets.ts';

/** A metric's past, and how it is to be watched. */
export interface Loaded {
  readonly metric: Metric;
  readonly history: History;
  readonly options: WatchOptions;
  /** The readings of the window by their period. */
  readonly readings: ReadonlyMap<string, DriftReading>;
  /** Where a person said that the baseline begins. */
  readonly baseline: BaselineRow | undefined;
}

/** Metrics that are read and worked through before others get a turn of the event loop: some ten milliseconds. */
const AT_ONCE = 50;

/** The histories of these metrics, a handful of queries for each fifty of them. `zone` is the organisation's. */
export async function loadHistories(
  db: Db,
  org: string,
  metrics: readonly Metric[],
  now: Instant,
  zone: string,
): Promise<Map<string, Loaded>> {
  const loaded = new Map<string, Loaded>();
  for (const alike of Map.groupBy(metrics, (metric) => metric.cadence).values()) {
    for (let i = 0; i < alike.length; i += AT_ONCE) {
      if (i > 0) await nextTurn();
      await loadSome(db, org, alike.slice(i, i + AT_ONCE), now, zone, loaded);
    }
  }
  return loaded;
}

/** The metrics share a cadence. */
async function loadSome(
  db: Db,
  org: string,
  metrics: readonly Metric[],
  now: Instant,
  zone: string,
  into: Map<string, Loaded>,
): Promise<void> {
  const ids = metrics.map(({ id }) => id);
  const start = windowStart(metrics[0]!.cadence, now, zone);
  const readings = await driftReadings(db, org, ids, start);
  const targets = await targetChangesOf(db, org, ids);
  const baselines = await baselinesOf(db, org, ids);
  const signals = Map.groupBy(await driftSignals(db, org, ids, start), ({ metric }) => metric!);
  for (const metric of metrics) {
    const recent = readings.get(metric.id) ?? [];
    const baseline = baselines.get(metric.id);
    const first = needsFirst(recent, baseline?.from, start, now)
      ? await firstReadings(db, org, metric.id, { from: baseline?.from ?? 0, before: start, limit: FROZEN })
      : [];
    const recorded = { recent, first, targets: targets.get(metric.id) ?? [], baselineFrom: baseline?.from };
    const history = historyOf(metric, recorded, now, zone);
    into.set(metric.id, {
      metric,
      history,
      options: {
        sensitivity: metric.sensitivity,
        baselineFrom: history.baselineFrom,
        machine: metric.source === 'api' || metric.source === 'alert',
        said: (signals.get(metric.id) ?? []).flatMap(said),
        ...boundsOf(
          metric.unit,
          history.periods.map(({ value }) => value),
        ),
      },
      readings: new Map(recent.map((reading) => [reading.period, reading])),
      baseline,
    });
  }
}

function said(row: Awaited<ReturnType<typeof driftSignals>>[number]): Said[] {
  const kind = DRIFT_SIGNALS.find((one) => one === row.kind);
  if (kind === undefined || row.period === null) return [];
  const direction = row.facts?.['direction'];
  return [
    {
      kind,
      period: row.period,
      direction: direction === 'up' || direction === 'down' ? direction : null,
      open: row.openFor !== null,
    },
  ];
}
