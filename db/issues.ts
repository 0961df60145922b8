import { and, asc, count, desc, eq, exists, gt, inArray, isNull, lt, lte, min, or } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import { ISSUE_STATES, type SignalKind, isOpen } from '../src/domain/issue.ts';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Issue = Tables['issues']['$inferSelect'];
export type Comment = Tables['comments']['$inferSelect'];
export type Signal = Tables['signals']['$inferSelect'];

const OPEN = ISSUE_STATES.filter(isOpen);

export async function issueById(db: Db, org: string, id: string): Promise<Issue | undefined> {
  const { issues } = db.t;
  const [row] = await db
    .select()
    .from(issues)
    .where(and(eq(issues.org, org), eq(issues.id, id)));
  return row;
}

export async function issuesByIds(db: Db, org: string, ids: readonly string[]): Promise<Map<string, Issue>> {
  if (ids.length === 0) return new Map();
  const { issues } = db.t;
  const rows = await db
    .select()
    .from(issues)
    .where(and(eq(issues.org, org), inArray(issues.id, [...new Set(ids)])));
  return new Map(rows.map((row) => [row.id, row]));
}

export async function issueByRef(db: Db, org: string, ref: string): Promise<Issue | undefined> {
  const { issues } = db.t;
  const [row] = await db
    .select()
    .from(issues)
    .where(and(eq(issues.org, org), eq(issues.ref, ref)));
  return row;
}

/** Every issue that a seat ever had. */
export function issuesOfSeat(db: Db, org: string, seat: string): Promise<Pick<Issue, 'id' | 'state'>[]> {
  const { issues } = db.t;
  return db
    .select({ id: issues.id, state: issues.state })
    .from(issues)
    .where(and(eq(issues.org, org), eq(issues.seat, seat)));
}

/** Value of `issues.open_for` while an issue is the open one of its seat and metric. */
export const openForKey = (seat: string, metric: string): string => `${seat}:${metric}`;

/** Value of `issues.open_for` while this one is open; null where any number of them may be. */
export function openForOf({
  seat,
  metric,
  priority,
}: Pick<Issue, 'seat' | 'metric' | 'priority'>): string | null {
  if (metric !== null) return openForKey(seat, metric);
  return priority === null ? null : `priority:${priority}`;
}

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

/** What was solved about a metric and has not closed yet: a new signal reopens it. */
export async function quietIssueFor(
  db: Db,
  org: string,
  seat: string,
  metric: string,
  now: Instant,
): Promise<Issue | undefined> {
  const { issues } = db.t;
  const [row] = await db
    .select()
    .from(issues)
    .where(
      and(
        eq(issues.org, org),
        eq(issues.metric, metric),
        eq(issues.seat, seat),
        eq(issues.state, 'solved'),
        gt(issues.closeAt, now),
      ),
    )
    .orderBy(desc(issues.solvedAt), desc(issues.id))
    .limit(1);
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

/** Every open issue of a seat, drills too. */
export function openIssuesOfSeat(db: Db, org: string, seat: string): Promise<Issue[]> {
  const { issues } = db.t;
  return db
    .select()
    .from(issues)
    .where(and(eq(issues.org, org), eq(issues.seat, seat), inArray(issues.state, OPEN)))
    .orderBy(asc(issues.severity), asc(issues.openedAt), asc(issues.ref));
}

const openCounts = prepared('open_issue_counts', (db, p: Places<'org' | 'seats'>) => {
  const { issues } = db.t;
  return db
    .select({ seat: issues.seat, n: count() })
    .from(issues)
    .where(
      and(
        eq(issues.org, p.org),
        inArray(issues.state, OPEN),
        eq(issues.drill, false),
        among(db, issues.seat, p.seats),
      ),
    )
    .groupBy(issues.seat);
});

/** How many issues are open, drills apart, by the ids of the seats that have any. */
export async function countOpenIssues(
  db: Db,
  org: string,
  seats: readonly string[],
): Promise<Map<string, number>> {
  if (seats.length === 0) return new Map();
  const rows = await openCounts(db, { org, seats: list(db, seats) });
  return new Map(rows.map(({ seat, n }) => [seat, n]));
}

/** The newest ones, newest first. */
export function signalsOf(db: Db, org: string, issue: string, limit: number): Promise<Signal[]> {
  const { signals } = db.t;
  return db
    .select()
    .from(signals)
    .where(and(eq(signals.org, org), eq(signals.issue, issue)))
    .orderBy(desc(signals.at), desc(signals.id))
    .limit(limit);
}

/** Which kinds of signals an issue has, however many there are of each. */
export async function signalKinds(db: Db, org: string, issue: string): Promise<SignalKind[]> {
  const { signals } = db.t;
  const rows = await db
    .selectDistinct({ kind: signals.kind })
    .from(signals)
    .where(and(eq(signals.org, org), eq(signals.issue, issue)));
  return rows.map(({ kind }) => kind);
}

/** The first or the last signal of one of these kinds. */
export async function signalAt(
  db: Db,
  org: string,
  issue: string,
  which: 'first' | 'last',
  kinds: readonly SignalKind[],
): Promise<Signal | undefined> {
  const { signals } = db.t;
  const order = which === 'first' ? asc : desc;
  const [row] = await db
    .select()
    .from(signals)
    .where(and(eq(signals.org, org), eq(signals.issue, issue), inArray(signals.kind, [...kinds])))
    .orderBy(order(signals.at), order(signals.id))
    .limit(1);
  return row;
}

/** With which period each signal begins, as far as it is about one. */
export async function signalPeriods(
  db: Db,
  org: string,
  issue: string,
): Promise<Pick<Signal, 'period' | 'facts'>[]> {
  const { signals } = db.t;
  return db
    .select({ period: signals.period, facts: signals.facts })
    .from(signals)
    .where(and(eq(signals.org, org), eq(signals.issue, issue)));
}

/** What was solved and has been quiet for long enough, in any organisation. */
export function issuesToClose(db: Db, now: Instant, limit: number) {
  const { issues } = db.t;
  return db
    .select({ org: issues.org, id: issues.id, closeAt: issues.closeAt })
    .from(issues)
    .where(and(lte(issues.closeAt, now), eq(issues.state, 'solved')))
    .orderBy(asc(issues.closeAt))
    .limit(limit);
}

/** When the next solved issue closes by itself after `now`, in any organisation. */
export async function nextCloseAt(db: Db, now: Instant): Promise<Instant | undefined> {
  const { issues } = db.t;
  const [row] = await db
    .select({ at: min(issues.closeAt) })
    .from(issues)
    .where(and(gt(issues.closeAt, now), eq(issues.state, 'solved')));
  return row?.at ?? undefined;
}

/** Which issues a list holds. `mine`: what a person has, and what is open and was asked of them. */
export type IssueFilter =
  | { readonly only: 'open' | 'overdue' | 'all' }
  | { readonly only: 'mine'; readonly person: string };

/** Issues by what is asked for: open ones most severe and then oldest first; `all` in every state, newest first. */
export function listIssues(
  db: Db,
  org: string,
  q: IssueFilter & { readonly seat?: string | undefined; readonly now: Instant; readonly limit: number },
): Promise<Issue[]> {
  const { limit, seat } = q;
  if (q.only === 'open')
    return openIssues(db, org, seat === undefined ? { limit } : { seats: [seat], limit });
  const { issues, pings } = db.t;
  const asked = (person: string) =>
    exists(
      db
        .select({ id: pings.id })
        .from(pings)
        .where(and(eq(pings.org, org), eq(pings.issue, issues.id), eq(pings.person, person))),
    );
  const inState = q.only === 'all' ? undefined : inArray(issues.state, OPEN);
  const narrowed =
    q.only === 'overdue'
      ? and(
          eq(issues.drill, false),
          or(lt(issues.solveBy, q.now), and(eq(issues.state, 'open'), lt(issues.acknowledgeBy, q.now))),
        )
      : q.only === 'mine'
        ? or(
            eq(issues.assignee, q.person),
            and(isNull(issues.assignee), eq(issues.acknowledgedBy, q.person)),
            and(eq(issues.state, 'open'), asked(q.person)),
          )
        : undefined;
  return db
    .select()
    .from(issues)
    .where(
      and(eq(issues.org, org), seat === undefined ? undefined : eq(issues.seat, seat), inState, narrowed),
    )
    .orderBy(
      ...(q.only === 'all'
        ? [desc(issues.openedAt), desc(issues.ref)]
        : [asc(issues.severity), asc(issues.openedAt), asc(issues.ref)]),
    )
    .limit(limit);
}

/** Newest first. */
export function commentsOf(db: Db, org: string, issue: string, limit: number): Promise<Comment[]> {
  const { comments } = db.t;
  return db
    .select()
    .from(comments)
    .where(and(eq(comments.org, org), eq(comments.issue, issue)))
    .orderBy(desc(comments.at), desc(comments.id))
    .limit(limit);
}

export async function countComments(db: Db, org: string, issue: string): Promise<number> {
  const { comments } = db.t;
  const [row] = await db
    .select({ n: count() })
    .from(comments)
    .where(and(eq(comments.org, org), eq(comments.issue, issue)));
  return row?.n ?? 0;
}
