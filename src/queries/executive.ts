import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type IssueCount,
  type NumberNow,
  type SeatEver,
  issueCounts,
  numbersNow,
  overduePriorities,
  seatsEver,
} from '../../db/executive.ts';
import { orgById } from '../../db/orgs.ts';
import { stageChanges } from '../../db/stages.ts';
import type { Db } from '../../db/store.ts';
import { targetChangesAfter } from '../../db/targets.ts';
import type { Instant } from '../clock.ts';
import { isAwaited } from '../domain/awaited.ts';
import { type Cadence, CADENCES } from '../domain/dates.ts';
import { type Funnel, funnel } from '../domain/funnel.ts';
import type { Severity } from '../domain/issue.ts';
import type { StatusWord } from '../domain/metric.ts';
import { type Period, dueAt, periodOf, previousPeriod } from '../domain/period.ts';
import { quarterAt } from '../domain/priority.ts';
import { type PastTarget, statusAt } from '../domain/target.ts';
import { type Readiness, loadReadiness } from './readiness.ts';

/** One seat and what is wrong with it. */
export interface Trouble {
  readonly seat: Pick<SeatEver, 'id' | 'key' | 'name' | 'stage' | 'halted'>;
  /** Names of numbers. */
  readonly red: readonly string[];
  readonly missing: readonly string[];
  readonly yellow: number;
  readonly issues: Readonly<Record<Severity, number>>;
  readonly overdue: number;
  readonly latePriorities: number;
}

export interface ExecutiveView {
  readonly org: string;
  readonly zone: string;
  readonly at: Instant;
  readonly week: Period;
  /** That are not retired. */
  readonly seats: number;
  readonly halted: number;
  readonly counts: Readonly<Record<StatusWord, number>>;
  readonly issues: Readonly<Record<Severity, number>>;
  readonly overdue: number;
  readonly latePriorities: number;
  /** The worst ten that have anything, worst first. */
  readonly worst: readonly Trouble[];
  /** How many more seats have anything. */
  readonly more: number;
  readonly funnel: Funnel;
  /** Of the seats that are not retired. */
  readonly readiness: Readiness<Pick<SeatEver, 'id' | 'key' | 'name'>>;
}

const WORST = 10;
/** The numbers are read in so many parts, whatever the number of seats, so that none of them holds the event loop. */
const PARTS = 16;

const noIssues = (): Record<Severity, number> => ({ 1: 0, 2: 0, 3: 0, 4: 0 });

/**
 * The whole organisation on one page. A number counts with its reading for the last complete day, week or month. The
 * number of queries is fixed.
 */
export async function loadExecutive(db: Db, org: string, at: Instant): Promise<ExecutiveView> {
  const { name, zone } = (await orgById(db, org))!;
  const ever = await seatsEver(db, org);
  const moves = Map.groupBy(await stageChanges(db, org), (move) => move.seat);
  const seats = ever.filter((seat) => seat.stage !== 'retired');
  const issues = Map.groupBy(await issueCounts(db, org, at), (row) => row.seat);
  const late = await overduePriorities(db, org, quarterAt(at, zone));
  const numbers = await allNumbers(db, org, zone, seats, at);
  const readiness = await loadReadiness(db, org, seats);
  const troubles = seats.map((seat) =>
    troubleOf(seat, numbers.get(seat.id) ?? [], issues.get(seat.id) ?? [], late.get(seat.id) ?? 0),
  );
  const bad = troubles.filter((trouble) => weight(trouble) > 0);
  const counts: Record<StatusWord, number> = { green: 0, yellow: 0, red: 0, missing: 0 };
  for (const { status } of [...numbers.values()].flat()) counts[status] += 1;
  const bySeverity = noIssues();
  for (const one of troubles) for (const s of [1, 2, 3, 4] as const) bySeverity[s] += one.issues[s];
  const sum = (of: (trouble: Trouble) => number) => troubles.reduce((total, one) => total + of(one), 0);
  return {
    org: name,
    zone,
    at,
    week: previousPeriod('weekly', periodOf('weekly', at, zone), zone),
    seats: seats.length,
    halted: seats.filter((seat) => seat.halted).length,
    counts,
    issues: bySeverity,
    overdue: sum((one) => one.overdue),
    latePriorities: sum((one) => one.latePriorities),
    worst: bad.toSorted((a, b) => weight(b) - weight(a)).slice(0, WORST),
    more: Math.max(0, bad.length - WORST),
    funnel: funnel(
      ever.map((seat) => ({ ...seat, moves: moves.get(seat.id) ?? [] })),
      at,
    ),
    readiness,
  };
}

interface Judged {
  readonly name: string;
  readonly status: StatusWord;
}

async function allNumbers(
  db: Db,
  org: string,
  zone: string,
  seats: readonly { readonly id: string }[],
  at: Instant,
): Promise<Map<string, Judged[]>> {
  const last = new Map(
    CADENCES.map((cadence) => [cadence, previousPeriod(cadence, periodOf(cadence, at, zone), zone)]),
  );
  // Of the targets that were changed since, nearly none.
  const ended = Math.min(...[...last.values()].map((period) => period.end));
  const changes = Map.groupBy(await targetChangesAfter(db, org, ended), (change) => change.metric);
  const size = Math.max(1, Math.ceil(seats.length / PARTS));
  const found = new Map<string, Judged[]>();
  for (let part = 0; part < PARTS; part += 1) {
    const ids = seats.slice(part * size, (part + 1) * size).map((seat) => seat.id);
    for (const row of await numbersNow(db, org, ids, last)) {
      const status = judge(row, changes.get(row.id) ?? [], last, zone, at);
      if (status === undefined) continue;
      const own = found.get(row.seat);
      if (own === undefined) found.set(row.seat, [{ name: row.name, status }]);
      else own.push({ name: row.name, status });
    }
    await nextTurn();
  }
  return found;
}

function judge(
  row: NumberNow,
  changes: readonly PastTarget[],
  last: ReadonlyMap<Cadence, Period>,
  zone: string,
  at: Instant,
): StatusWord | undefined {
  const period = last.get(row.cadence)!;
  if (row.value !== null) return statusAt(row, changes, row.value, period.end);
  return isAwaited(row, period) && dueAt(period, zone) <= at ? 'missing' : undefined;
}

function troubleOf(
  seat: SeatEver,
  numbers: readonly Judged[],
  issues: readonly IssueCount[],
  latePriorities: number,
): Trouble {
  const bySeverity = noIssues();
  for (const { severity, open } of issues) bySeverity[severity] += open;
  const named = (status: StatusWord) => numbers.filter((n) => n.status === status).map((n) => n.name);
  return {
    seat,
    red: named('red'),
    missing: named('missing'),
    yellow: named('yellow').length,
    issues: bySeverity,
    overdue: issues.reduce((total, row) => total + row.overdue, 0),
    latePriorities,
  };
}

/** What is worse comes first; a halted seat and a critical issue before everything else. */
const weight = ({ seat, red, missing, yellow, issues, overdue, latePriorities }: Trouble): number =>
  (seat.halted ? 1000 : 0) +
  issues[1] * 500 +
  overdue * 20 +
  issues[2] * 15 +
  red.length * 10 +
  missing.length * 4 +
  issues[3] * 3 +
  yellow * 2 +
  latePriorities;
