import { and, asc, desc, eq, gt, gte, inArray, isNotNull, lt, lte, min } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import { ISSUE_STATES, isOpen } from '../src/domain/issue.ts';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Issue = Tables['issues']['$inferSelect'];
export type Signal = Tables['signals']['$inferSelect'];
export type Escalation = Tables['escalations']['$inferSelect'];
export type PingRow = Tables['pings']['$inferSelect'];

const OPEN = ISSUE_STATES.filter(isOpen);

export async function issueById(db: Db, org: string, id: string): Promise<Issue | undefined> {
  const { issues } = db.t;
  const [row] = await db
    .select()
    .from(issues)
    .where(and(eq(issues.org, org), eq(issues.id, id)));
  return row;
}

export async function issueByRef(db: Db, org: string, ref: string): Promise<Issue | undefined> {
  const { issues } = db.t;
  const [row] = await db
    .select()
    .from(issues)
    .where(and(eq(issues.org, org), eq(issues.ref, ref)));
  return row;
}

/** Value of `issues.open_for` while an issue is the open one of its seat and metric. */
export const openForKey = (seat: string, metric: string): string => `${seat}:${metric}`;

const openFor = prepared('open_issues_for', (db, p: Places<'org' | 'keys'>) => {
  const { issues } = db.t;
  return db
    .select({ openFor: issues.openFor })
    .from(issues)
    .where(and(eq(issues.org, p.org), among(db, issues.openFor, p.keys)));
});

/** Those of the keys (see `openForKey`) for which an issue is open. */
export async function openIssuesFor(db: Db, org: string, keys: readonly string[]): Promise<Set<string>> {
  const rows = await openFor(db, { org, keys: list(db, keys) });
  return new Set(rows.map((row) => row.openFor!));
}

export async function openIssueFor(
  db: Db,
  org: string,
  seat: string,
  metric: string,
): Promise<Issue | undefined> {
  const { issues } = db.t;
  const [row] = await db
    .select()
    .from(issues)
    .where(and(eq(issues.org, org), eq(issues.openFor, openForKey(seat, metric))));
  return row;
}

const open = prepared('open_issues', (db, p: Places<'org' | 'limit'>) => {
  const { issues } = db.t;
  return db
    .select()
    .from(issues)
    .where(and(eq(issues.org, p.org), inArray(issues.state, OPEN)))
    .orderBy(asc(issues.severity), asc(issues.openedAt), asc(issues.ref))
    .limit(p.limit);
});

const openOf = prepared('open_issues_of', (db, p: Places<'org' | 'seats' | 'limit'>) => {
  const { issues } = db.t;
  return db
    .select()
    .from(issues)
    .where(and(eq(issues.org, p.org), inArray(issues.state, OPEN), among(db, issues.seat, p.seats)))
    .orderBy(asc(issues.severity), asc(issues.openedAt), asc(issues.ref))
    .limit(p.limit);
});

/** Open and acknowledged issues, most severe and then oldest first. */
export async function openIssues(
  db: Db,
  org: string,
  { seats, limit }: { seats?: readonly string[]; limit: number },
): Promise<Issue[]> {
  if (seats === undefined) return open(db, { org, limit });
  return seats.length === 0 ? [] : openOf(db, { org, seats: list(db, seats), limit });
}

export function signalsOf(db: Db, org: string, issue: string, limit: number): Promise<Signal[]> {
  const { signals } = db.t;
  return db
    .select()
    .from(signals)
    .where(and(eq(signals.org, org), eq(signals.issue, issue)))
    .orderBy(desc(signals.at), desc(signals.id))
    .limit(limit);
}

export async function escalationOf(db: Db, org: string, issue: string): Promise<Escalation | undefined> {
  const { escalations } = db.t;
  const [row] = await db
    .select()
    .from(escalations)
    .where(and(eq(escalations.org, org), eq(escalations.issue, issue)));
  return row;
}

export function escalationsDue(db: Db, now: Instant, limit: number) {
  const { escalations } = db.t;
  return db
    .select({
      org: escalations.org,
      id: escalations.id,
      step: escalations.step,
      repeats: escalations.repeats,
      nextAt: escalations.nextAt,
    })
    .from(escalations)
    .where(and(eq(escalations.state, 'running'), lte(escalations.nextAt, now)))
    .orderBy(asc(escalations.nextAt))
    .limit(limit);
}

/** In the order in which people were pinged. */
export function pingsOf(db: Db, org: string, issue: string): Promise<PingRow[]> {
  const { pings } = db.t;
  return db
    .select()
    .from(pings)
    .where(and(eq(pings.org, org), eq(pings.issue, issue)))
    .orderBy(asc(pings.at), asc(pings.id));
}

/** Open issues for which this person was pinged. */
export function issuesWaitingFor(db: Db, org: string, person: string, limit: number) {
  const { issues, pings } = db.t;
  return db
    .selectDistinct({ issue: issues })
    .from(issues)
    .innerJoin(pings, and(eq(pings.org, issues.org), eq(pings.issue, issues.id)))
    .where(
      and(
        eq(issues.org, org),
        eq(pings.person, person),
        inArray(issues.state, OPEN),
        isNotNull(pings.person),
      ),
    )
    .orderBy(asc(issues.severity), asc(issues.openedAt))
    .limit(limit);
}

/** Every ping with the issue that it is about. */
const pingsWithIssues = (db: Db) =>
  db
    .select({ ping: db.t.pings, issue: db.t.issues })
    .from(db.t.pings)
    .innerJoin(db.t.issues, and(eq(db.t.issues.org, db.t.pings.org), eq(db.t.issues.id, db.t.pings.issue)));

/** What a person is asked from one instant up to another, with the issues, most severe first. */
export function pingsOfGroup(db: Db, org: string, person: string, from: Instant, to: Instant) {
  const { issues, pings } = db.t;
  return pingsWithIssues(db)
    .where(
      and(eq(pings.org, org), eq(pings.person, person), gte(pings.notBefore, from), lt(pings.notBefore, to)),
    )
    .orderBy(asc(issues.severity), asc(issues.openedAt), asc(issues.ref));
}

/** Pings of a seat's issues that reached nobody, from one instant up to another. */
export function pingsInVain(db: Db, org: string, seat: string, from: Instant, to: Instant) {
  const { issues, pings } = db.t;
  return pingsWithIssues(db)
    .where(
      and(
        eq(pings.org, org),
        eq(issues.seat, seat),
        gte(pings.at, from),
        lt(pings.at, to),
        inArray(pings.outcome, ['vacant', 'unreachable']),
      ),
    )
    .orderBy(asc(issues.ref), asc(pings.at), asc(pings.id));
}

/** When the next step of an escalation is due after `now`, in any organisation. */
export async function nextEscalationAt(db: Db, now: Instant): Promise<Instant | undefined> {
  const { escalations } = db.t;
  const [row] = await db
    .select({ at: min(escalations.nextAt) })
    .from(escalations)
    .where(and(eq(escalations.state, 'running'), gt(escalations.nextAt, now)));
  return row?.at ?? undefined;
}

/** Issues whose chain came to its end from one instant up to another, most severe first. */
export function governanceGroup(db: Db, org: string, from: Instant, to: Instant) {
  const { issues, pings } = db.t;
  return pingsWithIssues(db)
    .where(
      and(
        eq(pings.org, org),
        eq(pings.target, 'governance channel'),
        eq(pings.outcome, 'pinged'),
        gte(pings.at, from),
        lt(pings.at, to),
      ),
    )
    .orderBy(asc(issues.severity), asc(issues.openedAt), asc(issues.ref));
}
