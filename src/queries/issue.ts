import { type Escalation, type PingRow, escalationOf, pingsOf } from '../../db/escalations.ts';
import {
  type Comment,
  type Issue,
  type IssueFilter,
  type Signal,
  commentsOf,
  countComments,
  issueById,
  listIssues,
  openIssues,
  signalKinds,
  signalsOf,
} from '../../db/issues.ts';
import { metricById } from '../../db/metrics.ts';
import { orgById } from '../../db/orgs.ts';
import { peopleByIds } from '../../db/people.ts';
import { type Seat, seatById, seatsByIds } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { asksOutcome, hasIt } from '../domain/issue.ts';
import { type Behaviour, loadBehaviour } from './drift.ts';
import { type Overdue, overdue } from '../domain/service-level.ts';

export interface IssueView {
  readonly issue: Issue;
  readonly seat: Seat;
  /** The newest ones, newest first. */
  readonly signals: readonly Signal[];
  /** Whether solving asks if the number is fixed or has a new normal. */
  readonly asksOutcome: boolean;
  /** The last few, or all that were asked for; newest first. */
  readonly comments: readonly Comment[];
  /** How many comments there are in all. */
  readonly said: number;
  /** In the order in which people were asked. */
  readonly pings: readonly PingRow[];
  /** Undefined where nobody was ever pinged. */
  readonly chain: Escalation | undefined;
  /** When the next one is asked; undefined once the chain has ended. */
  readonly nextAt: Instant | undefined;
  /** The promise that is broken; undefined when none is, or when it was not asked for an instant. */
  readonly overdue: Overdue | undefined;
  /** What this one became part of. */
  readonly mergedInto: string | undefined;
  /** The chart of the number that it is about, where it was asked for. */
  readonly behaviour: Behaviour | undefined;
  readonly nameOf: (person: string | null) => string | undefined;
  readonly zone: string;
}

/** As many comments as a card names; “issue show” names more. */
const FEW = 3;
const SHOWN_SIGNALS = 10;

interface HowMuch {
  /** For what is overdue. */
  readonly now?: Instant;
  readonly comments?: number;
  /** With the chart of its number. */
  readonly chart?: true;
}

export async function loadIssue(
  db: Db,
  org: string,
  id: string,
  { now, comments: most = FEW, chart }: HowMuch = {},
): Promise<IssueView | undefined> {
  const issue = await issueById(db, org, id);
  if (issue === undefined) return undefined;
  const [seat, signals, kinds, comments, said, pings, escalation, whole, found] = await Promise.all([
    seatById(db, org, issue.seat),
    signalsOf(db, org, id, SHOWN_SIGNALS),
    signalKinds(db, org, id),
    commentsOf(db, org, id, most),
    countComments(db, org, id),
    pingsOf(db, org, id),
    escalationOf(db, org, id),
    issue.mergedInto === null ? undefined : issueById(db, org, issue.mergedInto),
    orgById(db, org),
  ]);
  const { openedBy, acknowledgedBy, assignee, solvedBy, closedBy } = issue;
  const inChain = [escalation?.snoozedBy, escalation?.handedTo, escalation?.handedBy].map((id) => id ?? null);
  const ids = [
    openedBy,
    acknowledgedBy,
    assignee,
    solvedBy,
    closedBy,
    ...inChain,
    ...pings.map((p) => p.person),
  ];
  const people = await peopleByIds(
    db,
    org,
    [...ids, ...comments.map((c) => c.person)].filter((p) => p !== null),
  );
  return {
    issue,
    seat: seat!,
    signals,
    asksOutcome: asksOutcome(issue.metric, kinds),
    comments,
    said,
    pings,
    chain: escalation,
    nextAt: escalation?.state === 'running' ? (escalation.nextAt ?? undefined) : undefined,
    overdue: now === undefined ? undefined : overdue(issue, now),
    mergedInto: whole?.ref,
    behaviour: chart === true && now !== undefined ? await behaviourOf(db, issue, seat!, now) : undefined,
    nameOf: (person) => (person === null ? undefined : people.get(person)?.name),
    zone: found!.zone,
  };
}

async function behaviourOf(
  db: Db,
  { org, metric: id }: Issue,
  seat: Seat,
  now: Instant,
): Promise<Behaviour | undefined> {
  const metric = id === null ? undefined : await metricById(db, org, id);
  return metric === undefined ? undefined : loadBehaviour(db, org, seat, metric, now);
}

export interface IssueLine {
  readonly issue: Issue;
  readonly seatKey: string;
  /** Name of who has it. */
  readonly holder: string | undefined;
  /** The promise that is broken. */
  readonly overdue: Overdue | undefined;
}

/** Open and acknowledged issues, most severe and oldest first; one more than `limit` tells that there are more. */
export async function loadIssueLines(
  db: Db,
  org: string,
  filter: { seats?: readonly string[]; limit: number; now: Instant },
): Promise<IssueLine[]> {
  return withNames(db, org, await openIssues(db, org, filter), filter.now);
}

/** The issues of a list: see IssueFilter. */
export const loadIssueList = async (
  db: Db,
  org: string,
  q: IssueFilter & { readonly seat?: string | undefined; readonly now: Instant; readonly limit: number },
): Promise<IssueLine[]> => withNames(db, org, await listIssues(db, org, q), q.now);

export async function withNames(
  db: Db,
  org: string,
  issues: readonly Issue[],
  now: Instant,
): Promise<IssueLine[]> {
  if (issues.length === 0) return [];
  const seats = await seatsByIds(
    db,
    org,
    issues.map((i) => i.seat),
  );
  const people = await peopleByIds(
    db,
    org,
    issues.map(hasIt).filter((person) => person !== null),
  );
  return issues.map((issue) => ({
    issue,
    seatKey: seats.get(issue.seat)?.key ?? '?',
    holder: people.get(hasIt(issue) ?? '')?.name,
    overdue: overdue(issue, now),
  }));
}
