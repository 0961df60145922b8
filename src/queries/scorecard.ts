import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Metric, type ShownReading, allMetricsOfSeats, readingsSince } from '../../db/metrics.ts';
import { peopleByIds } from '../../db/people.ts';
import type { Seat } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { targetChangesOf } from '../../db/targets.ts';
import { DAY, type Instant } from '../clock.ts';
import { isAwaited, periodOfKey } from '../domain/awaited.ts';
import { formatTarget } from '../domain/metric.ts';
import { type Period, dueAt, lastPeriods, periodOf } from '../domain/period.ts';
import { type PastTarget, statusAt } from '../domain/target.ts';
import { type Cell, MOST_WEEKS, SCORECARD_WEEKS } from '../domain/scorecard.ts';

export interface MetricRow {
  readonly metric: Metric;
  readonly ownerName: string | undefined;
  /** `≥ 92 %`: the present target. Cells are judged by the target of their own time. */
  readonly target: string;
  /** One a week, oldest first, as many as the scorecard has weeks. */
  readonly cells: readonly Cell[];
}

/** A number of which nothing is awaited or judged: it is shown as the word “paused”, without a status. */
export interface PausedRow {
  readonly metric: Metric;
  readonly ownerName: string | undefined;
  readonly target: string;
  readonly since: Instant;
  readonly reason: string;
}

export interface Scorecard {
  readonly seat: Seat;
  /** Numbers that are awaited and judged. */
  readonly rows: readonly MetricRow[];
  readonly paused: readonly PausedRow[];
}

export interface Scorecards {
  /** Oldest first. */
  readonly weeks: readonly Period[];
  readonly cards: readonly Scorecard[];
}

/** From so many readings on others get a turn of the event loop in between. */
const MANY = 2000;

/** As many days as a month can have: a month's reading lies at its end, and its start as far back. */
const MONTH = 31 * DAY;

/**
 * The last `count` weeks of these seats (1 to 52), newest last, in four queries whatever the number of seats. The
 * present week is the newest as soon as it has a daily or weekly reading; before that, the last complete one is.
 *
 * A reading stands in the week in which its period ends, and a week shows the last one in it: of a daily number the
 * last day that came, of a monthly one the month that ended in that week. What came for a month that is still running
 * stands in the newest week. A week is missing when the number was awaited and none of its readings came in time.
 */
export async function loadScorecards(
  db: Db,
  org: string,
  zone: string,
  seats: readonly Seat[],
  now: Instant,
  count: number = SCORECARD_WEEKS,
): Promise<Scorecards> {
  const wanted = Math.min(MOST_WEEKS, Math.max(1, Math.floor(count)));
  const all = lastPeriods('weekly', wanted + 1, now, zone, { includeCurrent: true });
  const found = await allMetricsOfSeats(
    db,
    org,
    seats.map((s) => s.id),
  );
  const metrics = found.filter((m) => m.active);
  const ids = metrics.map((m) => m.id);
  const from = all[0]!.start - (metrics.some((m) => m.cadence === 'monthly') ? MONTH : 0);
  const readings = await readingsSince(db, org, ids, from);
  if (readings.length > MANY) await nextTurn();
  const targets = await targetChangesOf(db, org, ids);
  const owners = await peopleByIds(
    db,
    org,
    found.flatMap((m) => (m.owner === null ? [] : [m.owner])),
  );
  const current = all.at(-1)!;
  const periods = periodsOf(readings, zone);
  if (readings.length > MANY) await nextTurn();
  const begun = readings.some(
    (r) => r.periodStart >= current.start && periods.get(r.period)!.end <= current.end,
  );
  const weeks = begun ? all.slice(1) : all.slice(0, -1);
  const byMetric = Map.groupBy(readings, (r) => r.metric);
  const bySeat = Map.groupBy(found, (m) => m.seat);
  const shown = (metric: Metric) => ({
    metric,
    ownerName: metric.owner === null ? undefined : owners.get(metric.owner)?.name,
    target: formatTarget(metric, metric.unit),
  });
  const cards = seats.map((seat) => {
    const own = bySeat.get(seat.id) ?? [];
    return {
      seat,
      rows: own
        .filter((m) => m.active)
        .map((metric) => ({
          ...shown(metric),
          cells: cellsOf(
            { metric, changes: targets.get(metric.id) ?? [], readings: byMetric.get(metric.id) ?? [] },
            periods,
            weeks,
            now,
            zone,
          ),
        })),
      paused: own
        .filter((m) => !m.active)
        .map((metric) => ({
          ...shown(metric),
          since: metric.pausedAt ?? metric.createdAt,
          reason: metric.pauseReason ?? '',
        })),
    };
  });
  return { weeks, cards };
}

/** The few periods that all these readings are for, by key. */
function periodsOf(readings: readonly ShownReading[], zone: string): ReadonlyMap<string, Period> {
  const periods = new Map<string, Period>();
  for (const { period } of readings) if (!periods.has(period)) periods.set(period, periodOfKey(period, zone));
  return periods;
}

interface Series {
  readonly metric: Metric;
  readonly changes: readonly PastTarget[];
  /** Oldest first. */
  readonly readings: readonly ShownReading[];
}

/** Both lists are in the order of time, so one pass is enough. */
function cellsOf(
  { metric, changes, readings: known }: Series,
  periods: ReadonlyMap<string, Period>,
  weeks: readonly Period[],
  now: Instant,
  zone: string,
): Cell[] {
  const newest = weeks.at(-1)!;
  // Where the cadence was changed, a month may have begun before a week that ended first.
  const readings =
    metric.awaitedFrom === null
      ? known
      : known.toSorted((a, b) => periods.get(a.period)!.end - periods.get(b.period)!.end);
  let next = 0;
  return weeks.map((week) => {
    let reading: ShownReading | undefined;
    for (; next < readings.length; next += 1) {
      const { end } = periods.get(readings[next]!.period)!;
      // A month that is still running would lie beyond the last week.
      const at = end > now ? Math.min(end, newest.end) : end;
      if (at > week.end) break;
      if (at > week.start) reading = readings[next];
    }
    if (reading !== undefined) {
      const note = reading.note === null ? {} : { note: reading.note };
      const { end } = periods.get(reading.period)!;
      return { status: statusAt(metric, changes, reading.value, end), value: reading.value, ...note };
    }
    return { status: wasMissed(metric, week, now, zone) ? 'missing' : 'none' };
  });
}

/** The reading that was awaited in this week did not come in time: of a month only the week in which it ends. */
function wasMissed(metric: Metric, week: Period, now: Instant, zone: string): boolean {
  if (metric.cadence !== 'monthly') return isAwaited(metric, week) && dueAt(week, zone) <= now;
  const month = periodOf('monthly', week.end - 1, zone);
  const ended = month.start > week.start ? periodOf('monthly', month.start - 1, zone) : month;
  const endsHere = ended.end > week.start && ended.end <= week.end;
  return endsHere && isAwaited(metric, ended) && dueAt(ended, zone) <= now;
}
