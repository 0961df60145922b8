import { openIssues } from '../../db/issues.ts';
import { type Metric, metricsOfSeats } from '../../db/metrics.ts';
import { orgById } from '../../db/orgs.ts';
import { ownersOfSeat } from '../../db/owners.ts';
import { latestReadings } from '../../db/readings.ts';
import { type Seat, seatById } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { targetChangesOf } from '../../db/targets.ts';
import type { Instant } from '../clock.ts';
import { isAwaited, periodOfKey } from '../domain/awaited.ts';
import type { StatusWord } from '../domain/metric.ts';
import { type Period, dueAt, periodFromKey, previousPeriod } from '../domain/period.ts';
import { type PastTarget, statusAt } from '../domain/target.ts';
import { reporterNames } from './token.ts';
import { loadStandings } from './standing.ts';

/** As many open issues of a seat as a machine is told. */
const MOST_ISSUES = 50;

const iso = (at: Instant): string => new Date(at).toISOString();

/** A seat's numbers as machines read them. What is not there is null, never false or 0. */
export async function loadNumbers(db: Db, org: string, seat: Seat, now: Instant) {
  const [found, metrics] = await Promise.all([orgById(db, org), metricsOfSeats(db, org, [seat.id])]);
  const { zone } = found!;
  const ids = metrics.map((m) => m.id);
  const [latest, targets] = await Promise.all([latestReadings(db, org, ids), targetChangesOf(db, org, ids)]);
  const names = await reporterNames(
    db,
    org,
    [...latest.values()].map((r) => r.reporter),
  );
  return {
    seat: seat.key,
    metrics: metrics.map((metric) => {
      const reading = latest.get(metric.id);
      const past = targets.get(metric.id) ?? [];
      const awaited = periodFromKey(metric.cadence, metric.duePeriod, zone);
      return {
        key: metric.key,
        name: metric.name,
        category: metric.category,
        unit: metric.unit,
        direction: metric.direction,
        target: metric.target,
        targetHigh: metric.targetHigh,
        tolerance: metric.tolerance,
        cadence: metric.cadence,
        awaited: { period: awaited.key, dueAt: iso(metric.dueAt) },
        status: statusNow(metric, past, reading, awaited, now, zone),
        latest:
          reading === undefined
            ? null
            : {
                value: reading.value,
                period: reading.period,
                status: statusAt(metric, past, reading.value, periodOfKey(reading.period, zone).end),
                at: iso(reading.at),
                reportedBy: names.get(reading.reporter) ?? null,
                note: reading.note,
              },
      };
    }),
  };
}

/** The newest value's status, `missing` when a later one should be there by now, null when none was awaited yet. */
function statusNow(
  metric: Metric,
  past: readonly PastTarget[],
  reading: { value: number; period: string; periodStart: Instant } | undefined,
  awaited: Period,
  now: Instant,
  zone: string,
): StatusWord | null {
  const last = previousPeriod(metric.cadence, awaited, zone);
  const late = isAwaited(metric, last) && dueAt(last, zone) <= now;
  if (late && (reading === undefined || reading.periodStart < last.start)) return 'missing';
  if (reading === undefined) return null;
  return statusAt(metric, past, reading.value, periodOfKey(reading.period, zone).end);
}

/** A seat as machines read it: no addresses of people, no texts beyond titles. */
export async function loadSeatForMachines(db: Db, org: string, seat: Seat) {
  const [owners, issues, scores, parent] = await Promise.all([
    ownersOfSeat(db, org, seat.id),
    openIssues(db, org, { seats: [seat.id], limit: MOST_ISSUES }),
    loadStandings(db, org, [seat.id]),
    seat.parent === null ? undefined : seatById(db, org, seat.parent),
  ]);
  const now = scores.get(seat.id)?.now;
  return {
    key: seat.key,
    name: seat.name,
    accountability: seat.accountability,
    holder: seat.holder,
    stage: seat.stage,
    level: seat.level,
    risk: seat.risk,
    halted: seat.halted,
    reportsTo: parent?.key ?? null,
    owners: owners.map((o) => ({ role: o.role, name: o.name, accepted: o.acceptedAt !== null })),
    readiness: now === undefined ? null : { percent: now.percent, letters: now.letters, at: iso(now.at) },
    openIssues: issues
      .filter((issue) => !issue.drill)
      .map((issue) => ({
        issue: issue.ref,
        title: issue.title,
        kind: issue.kind,
        severity: issue.severity,
        state: issue.state,
        openedAt: iso(issue.openedAt),
      })),
  };
}
