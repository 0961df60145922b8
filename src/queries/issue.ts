import { type PingRow, escalationOf, pingsOf } from '../../db/escalations.ts';
import { type Issue, type Signal, issueById, openIssues, signalsOf } from '../../db/issues.ts';
import { orgById } from '../../db/orgs.ts';
import { peopleByIds } from '../../db/people.ts';
import { type Seat, seatById, seatsByIds } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';

export interface IssueView {
  readonly issue: Issue;
  readonly seat: Seat;
  /** Newest first. */
  readonly signals: readonly Signal[];
  /** In the order in which people were asked. */
  readonly pings: readonly PingRow[];
  /** When the next one is asked; undefined once the chain has ended. */
  readonly nextAt: Instant | undefined;
  readonly nameOf: (person: string | null) => string | undefined;
  readonly zone: string;
}

export async function loadIssue(db: Db, org: string, id: string): Promise<IssueView | undefined> {
  const issue = await issueById(db, org, id);
  if (issue === undefined) return undefined;
  const [seat, signals, pings, escalation] = await Promise.all([
    seatById(db, org, issue.seat),
    signalsOf(db, org, id, 10),
    pingsOf(db, org, id),
    escalationOf(db, org, id),
  ]);
  const ids = [issue.openedBy, issue.acknowledgedBy, issue.solvedBy, ...pings.map((p) => p.person)];
  const people = await peopleByIds(
    db,
    org,
    ids.filter((p) => p !== null),
  );
  return {
    issue,
    seat: seat!,
    signals,
    pings,
    nextAt: escalation?.state === 'running' ? (escalation.nextAt ?? undefined) : undefined,
    nameOf: (person) => (person === null ? undefined : people.get(person)?.name),
    zone: (await orgById(db, org))!.zone,
  };
}

export interface IssueLine {
  readonly issue: Issue;
  readonly seatKey: string;
  readonly acknowledgedBy: string | undefined;
}

/** Open and acknowledged issues, most severe and oldest first; one more than `limit` tells that there are more. */
export async function loadIssueLines(
  db: Db,
  org: string,
  filter: { seats?: readonly string[]; limit: number },
): Promise<IssueLine[]> {
  const issues = await openIssues(db, org, filter);
  return withNames(db, org, issues);
}

export async function withNames(db: Db, org: string, issues: readonly Issue[]): Promise<IssueLine[]> {
  if (issues.length === 0) return [];
  const seats = await seatsByIds(
    db,
    org,
    issues.map((i) => i.seat),
  );
  const people = await peopleByIds(
    db,
    org,
    issues.flatMap((i) => (i.acknowledgedBy === null ? [] : [i.acknowledgedBy])),
  );
  return issues.map((issue) => ({
    issue,
    seatKey: seats.get(issue.seat)?.key ?? '?',
    acknowledgedBy: issue.acknowledgedBy === null ? undefined : people.get(issue.acknowledgedBy)?.name,
  }));
}
