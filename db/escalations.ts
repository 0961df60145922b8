import { and, asc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, ne, or } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import { ISSUE_STATES, type Severity, isOpen } from '../src/domain/issue.ts';
import type { PingTarget } from '../src/domain/escalation.ts';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Escalation = Tables['escalations']['$inferSelect'];
export type PingRow = Tables['pings']['$inferSelect'];
export type PolicyRow = Tables['policies']['$inferSelect'];

const OPEN = ISSUE_STATES.filter(isOpen);
/** States in which something comes next. */
const GOING = ['running', 'watching'] as const;
const GOVERNANCE: PingTarget = 'governance channel';
/** Outcomes after which a person has, or gets, a message. */
const TOLD = ['pinged', 'handed', 'reminded', 'unreachable'] as const;

export async function escalationOf(db: Db, org: string, issue: string): Promise<Escalation | undefined> {
  const { escalations } = db.t;
  const [row] = await db
    .select()
    .from(escalations)
    .where(and(eq(escalations.org, org), eq(escalations.issue, issue)));
  return row;
}

/** In the order in which they are due. Each state is looked up by itself: only so the index hands them over sorted. */
export async function escalationsDue(db: Db, now: Instant, limit: number) {
  const { escalations } = db.t;
  const found = await Promise.all(
    GOING.map((state) =>
      db
        .select({
          org: escalations.org,
          id: escalations.id,
          step: escalations.step,
          repeats: escalations.repeats,
          nextAt: escalations.nextAt,
        })
        .from(escalations)
        .where(and(eq(escalations.state, state), lte(escalations.nextAt, now)))
        .orderBy(asc(escalations.nextAt))
        .limit(limit),
    ),
  );
  const [running = [], watching = []] = found;
  if (watching.length === 0) return running;
  return [...running, ...watching].toSorted((x, y) => x.nextAt! - y.nextAt!).slice(0, limit);
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

const waiting = prepared('issues_waiting_for', (db, p: Places<'org' | 'person' | 'limit'>) => {
  const { issues, pings } = db.t;
  return db
    .selectDistinct({ issue: issues })
    .from(issues)
    .innerJoin(pings, and(eq(pings.org, issues.org), eq(pings.issue, issues.id)))
    .where(
      and(
        eq(issues.org, p.org),
        eq(pings.person, p.person),
        inArray(issues.state, OPEN),
        isNotNull(pings.person),
      ),
    )
    .orderBy(asc(issues.severity), asc(issues.openedAt))
    .limit(p.limit);
});

/** Open issues for which this person was pinged. */
export const issuesWaitingFor = (db: Db, org: string, person: string, limit: number) =>
  waiting(db, { org, person, limit });

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
      and(
        eq(pings.org, org),
        eq(pings.person, person),
        gte(pings.notBefore, from),
        lt(pings.notBefore, to),
        inArray(pings.outcome, TOLD),
      ),
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
        inArray(pings.outcome, ['vacant', 'unreachable', 'away']),
        ne(pings.target, GOVERNANCE),
      ),
    )
    .orderBy(asc(issues.ref), asc(pings.at), asc(pings.id));
}

/** When the next step of an escalation is due after `now`, in any organisation. */
export async function nextEscalationAt(db: Db, now: Instant): Promise<Instant | undefined> {
  const { escalations } = db.t;
  const found = await Promise.all(
    GOING.map((state) =>
      db
        .select({ at: escalations.nextAt })
        .from(escalations)
        .where(and(eq(escalations.state, state), gt(escalations.nextAt, now)))
        .orderBy(asc(escalations.nextAt))
        .limit(1),
    ),
  );
  const instants = found.flatMap(([row]) => row?.at ?? []);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

/**
 * Issues told in a channel from one instant up to another, most severe first: those whose chain came to its end, those
 * held because nobody is on duty (`away`), or those of a step that names the channel.
 */
export function channelGroup(
  db: Db,
  org: string,
  told: { readonly target: PingTarget; readonly outcome: 'pinged' | 'away' },
  from: Instant,
  to: Instant,
) {
  const { issues, pings } = db.t;
  return pingsWithIssues(db)
    .where(
      and(
        eq(pings.org, org),
        eq(pings.target, told.target),
        eq(pings.outcome, told.outcome),
        gte(pings.at, from),
        lt(pings.at, to),
      ),
    )
    .orderBy(asc(issues.severity), asc(issues.openedAt), asc(issues.ref));
}

const ofIssues = prepared('pings_of_issues', (db, p: Places<'org' | 'issues'>) => {
  const { pings } = db.t;
  return db
    .select()
    .from(pings)
    .where(and(eq(pings.org, p.org), among(db, pings.issue, p.issues)))
    .orderBy(asc(pings.at), asc(pings.id));
});

/** In the order in which people were pinged. */
export async function pingsOfIssues(db: Db, org: string, issues: readonly string[]): Promise<PingRow[]> {
  return issues.length === 0 ? [] : ofIssues(db, { org, issues: list(db, issues) });
}

/** Value of `policies.present` while this version holds; null is the whole organisation. */
export const presentPolicy = (seat: string | null, severity: Severity): string =>
  `${seat ?? '*'}:${severity}`;

/** The policy versions that hold for a seat: its own and the organisation's, where they were made. */
export async function policyFor(
  db: Db,
  org: string,
  seat: string | null,
  severity: Severity,
): Promise<{ readonly own: PolicyRow | undefined; readonly whole: PolicyRow | undefined }> {
  const { policies } = db.t;
  const keys = [presentPolicy(null, severity), ...(seat === null ? [] : [presentPolicy(seat, severity)])];
  const rows = await db
    .select()
    .from(policies)
    .where(and(eq(policies.org, org), inArray(policies.present, keys)));
  return { own: rows.find((r) => r.seat !== null), whole: rows.find((r) => r.seat === null) };
}

/** Running escalations that asked this person in their present round. */
export async function chainsAsking(db: Db, org: string, person: string): Promise<Escalation[]> {
  const { escalations, pings } = db.t;
  const asked = db
    .select({ id: pings.escalation, round: pings.round })
    .from(pings)
    .where(and(eq(pings.org, org), eq(pings.person, person)));
  const rounds = new Map<string, number>();
  for (const { id, round } of await asked) rounds.set(id, Math.max(round, rounds.get(id) ?? 0));
  const found = await goingOf(db, org, 'running', [...rounds.keys()], escalations.id);
  return found.filter((e) => rounds.get(e.id) === e.round);
}

/** Escalations that only watch over an issue which this person has. */
export async function chainsHeldBy(db: Db, org: string, person: string): Promise<Escalation[]> {
  const { escalations, issues } = db.t;
  const rows = await db
    .select({ id: issues.id })
    .from(issues)
    .where(
      and(
        eq(issues.org, org),
        eq(issues.state, 'acknowledged'),
        or(eq(issues.assignee, person), and(isNull(issues.assignee), eq(issues.acknowledgedBy, person))),
      ),
    );
  return goingOf(
    db,
    org,
    'watching',
    rows.map(({ id }) => id),
    escalations.issue,
  );
}

/** As many values fit into one statement on both engines. */
const VALUES = 500;

async function goingOf(
  db: Db,
  org: string,
  state: (typeof GOING)[number],
  values: readonly string[],
  column: Tables['escalations']['id' | 'issue'],
): Promise<Escalation[]> {
  const { escalations } = db.t;
  const found: Escalation[] = [];
  for (let from = 0; from < values.length; from += VALUES) {
    const some = values.slice(from, from + VALUES);
    found.push(
      ...(await db
        .select()
        .from(escalations)
        .where(and(eq(escalations.org, org), eq(escalations.state, state), inArray(column, some)))),
    );
  }
  return found;
}
