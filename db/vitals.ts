import { and, count, eq, inArray, isNotNull, lte, min } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import { ISSUE_STATES, isOpen } from '../src/domain/issue.ts';
import type { Db } from './store.ts';

/** How much waits, and since when the oldest of it does. */
export interface Queue {
  readonly waiting: number;
  readonly since: Instant | undefined;
}

const queueOf = (row: { n: number; since: Instant | null } | undefined): Queue => ({
  waiting: row?.n ?? 0,
  since: row?.since ?? undefined,
});

/** Follow-ups of every organisation that are due. */
export async function followUpQueue(db: Db, now: Instant): Promise<Queue> {
  const { followUps } = db.t;
  const rows = await db
    .select({ n: count(), since: min(followUps.dueAt) })
    .from(followUps)
    .where(and(eq(followUps.state, 'waiting'), lte(followUps.dueAt, now)));
  return queueOf(rows[0]);
}

/** Messages of every organisation that are not on display as they are wanted, although it is time. */
export async function messageQueue(db: Db, now: Instant): Promise<Queue> {
  const { messages } = db.t;
  const rows = await db
    .select({ n: count(), since: min(messages.notBefore) })
    .from(messages)
    .where(and(eq(messages.state, 'live'), isNotNull(messages.tryAt), lte(messages.notBefore, now)));
  return queueOf(rows[0]);
}

/** Follow-ups that failed for good, and messages that were set aside, of every organisation. */
export async function setAsideCounts(db: Db): Promise<{ failed: number; parked: number; held: number }> {
  const { followUps, messages } = db.t;
  const [failed] = await db.select({ n: count() }).from(followUps).where(eq(followUps.state, 'failed'));
  const aside = await db
    .select({ state: messages.state, n: count() })
    .from(messages)
    .where(inArray(messages.state, ['parked', 'held']))
    .groupBy(messages.state);
  const of = (state: string) => aside.find((row) => row.state === state)?.n ?? 0;
  return { failed: failed?.n ?? 0, parked: of('parked'), held: of('held') };
}

/** Open issues of every organisation by severity, without drills. */
export function openBySeverity(db: Db): Promise<{ severity: number; n: number }[]> {
  const { issues } = db.t;
  return db
    .select({ severity: issues.severity, n: count() })
    .from(issues)
    .where(and(inArray(issues.state, ISSUE_STATES.filter(isOpen)), eq(issues.drill, false)))
    .groupBy(issues.severity);
}

/** Seats of every organisation by stage. */
export function seatsByStage(db: Db): Promise<{ stage: string; n: number }[]> {
  const { seats } = db.t;
  return db.select({ stage: seats.stage, n: count() }).from(seats).groupBy(seats.stage);
}

/** Workspaces and tenants that are connected, by platform. */
export function installedByPlatform(db: Db): Promise<{ platform: string; n: number }[]> {
  const { installations } = db.t;
  return db
    .select({ platform: installations.platform, n: count() })
    .from(installations)
    .where(eq(installations.active, true))
    .groupBy(installations.platform);
}
