import { and, asc, count, eq, gt, inArray, lt, lte, min, sql } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import type { Cadence } from '../src/domain/dates.ts';
import { ISSUE_STATES, isOpen } from '../src/domain/issue.ts';
import type { Period } from '../src/domain/period.ts';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type ExecutiveDigest = Tables['executiveDigests']['$inferSelect'];
type To = Pick<ExecutiveDigest, 'toKind' | 'toId'>;

export async function executiveById(db: Db, org: string, id: string): Promise<ExecutiveDigest | undefined> {
  const { executiveDigests: t } = db.t;
  const [row] = await db
    .select()
    .from(t)
    .where(and(eq(t.org, org), eq(t.id, id)));
  return row;
}

export async function executiveTo(db: Db, org: string, to: To): Promise<ExecutiveDigest | undefined> {
  const { executiveDigests: t } = db.t;
  const [row] = await db
    .select()
    .from(t)
    .where(and(eq(t.org, org), eq(t.toKind, to.toKind), eq(t.toId, to.toId)));
  return row;
}

export function executivesDue(db: Db, now: Instant, limit: number): Promise<ExecutiveDigest[]> {
  const { executiveDigests: t } = db.t;
  return db
    .select()
    .from(t)
    .where(and(eq(t.active, true), lte(t.nextAt, now)))
    .orderBy(asc(t.nextAt))
    .limit(limit);
}

export async function nextExecutiveAt(db: Db, now: Instant): Promise<Instant | undefined> {
  const { executiveDigests: t } = db.t;
  const [row] = await db
    .select({ at: min(t.nextAt) })
    .from(t)
    .where(and(eq(t.active, true), gt(t.nextAt, now)));
  return row?.at ?? undefined;
}

/** Every seat, the retired ones too, by key: what the funnel counts. */
export function seatsEver(db: Db, org: string) {
  const { seats } = db.t;
  return db
    .select({
      id: seats.id,
      key: seats.key,
      name: seats.name,
      stage: seats.stage,
      halted: seats.halted,
      createdAt: seats.createdAt,
    })
    .from(seats)
    .where(eq(seats.org, org))
    .orderBy(asc(seats.key));
}

export type SeatEver = Awaited<ReturnType<typeof seatsEver>>[number];

export interface IssueCount {
  readonly seat: string;
  readonly severity: Tables['issues']['$inferSelect']['severity'];
  readonly open: number;
  /** Of them, those whose promised time has passed. */
  readonly overdue: number;
}

/** Open issues that are no drills, by seat and severity. */
export async function issueCounts(db: Db, org: string, now: Instant): Promise<IssueCount[]> {
  const { issues: t } = db.t;
  const rows = await db
    .select({
      seat: t.seat,
      severity: t.severity,
      open: count(),
      overdue: sql<number | string>`sum(case when ${t.solveBy} < ${sql.param(now, t.solveBy)}
        or (${t.state} = 'open' and ${t.acknowledgeBy} < ${sql.param(now, t.acknowledgeBy)}) then 1 else 0 end)`,
    })
    .from(t)
    .where(and(eq(t.org, org), inArray(t.state, ISSUE_STATES.filter(isOpen)), eq(t.drill, false)))
    .groupBy(t.seat, t.severity);
  // PostgreSQL gives sums as texts.
  return rows.map((row) => ({ ...row, overdue: Number(row.overdue) }));
}

/** How many open priorities of a quarter that is over each seat has; seats without any are left out. */
export async function overduePriorities(db: Db, org: string, present: string): Promise<Map<string, number>> {
  const { priorities: t } = db.t;
  const rows = await db
    .select({ seat: t.seat, open: count() })
    .from(t)
    .where(and(eq(t.org, org), eq(t.state, 'open'), lt(t.quarter, present)))
    .groupBy(t.seat);
  return new Map(rows.map((row) => [row.seat, row.open]));
}

const now = prepared('numbers_now', (db, p: Places<'org' | 'seats' | 'daily' | 'weekly' | 'monthly'>) => {
  const { metrics: m, readings: r } = db.t;
  const period = sql`case ${m.cadence} when 'daily' then ${p.daily} when 'weekly' then ${p.weekly} else ${p.monthly} end`;
  return db
    .select({
      id: m.id,
      seat: m.seat,
      name: m.name,
      direction: m.direction,
      target: m.target,
      targetHigh: m.targetHigh,
      tolerance: m.tolerance,
      cadence: m.cadence,
      createdAt: m.createdAt,
      awaitedFrom: m.awaitedFrom,
      value: r.value,
    })
    .from(m)
    .leftJoin(r, and(eq(r.org, m.org), eq(r.present, sql`${m.id} || ':' || ${period}`)))
    .where(and(eq(m.org, p.org), among(db, m.seat, p.seats), eq(m.active, sql`true`)));
});

/** A number and its reading for one period; no value where none came. */
export type NumberNow = Awaited<ReturnType<typeof now>>[number];

/** The active numbers of these seats with their readings for the period of their cadence. */
export const numbersNow = (
  db: Db,
  org: string,
  seats: readonly string[],
  periods: ReadonlyMap<Cadence, Period>,
): Promise<NumberNow[]> =>
  now(db, {
    org,
    seats: list(db, seats),
    daily: periods.get('daily')!.key,
    weekly: periods.get('weekly')!.key,
    monthly: periods.get('monthly')!.key,
  });
