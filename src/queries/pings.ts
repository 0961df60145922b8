import { pingsInVain, pingsOfGroup } from '../../db/escalations.ts';
import { type Issue } from '../../db/issues.ts';
import { peopleByIds } from '../../db/people.ts';
import { type Seat, seatById, seatsByIds } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { type AskedRole, PING_GROUP } from '../domain/escalation.ts';

export interface AskedAbout {
  readonly issue: Issue;
  readonly role: AskedRole;
  readonly seat: Seat;
}

/** All that is asked of one person at one time, most severe first. */
export async function loadAsked(db: Db, org: string, person: string, from: Instant): Promise<AskedAbout[]> {
  const rows = await pingsOfGroup(db, org, person, from, from + PING_GROUP);
  const seats = await seatsByIds(
    db,
    org,
    rows.map((r) => r.issue.seat),
  );
  return rows.map(({ ping, issue }) => ({
    issue,
    role: ping.target as AskedRole,
    seat: seats.get(issue.seat)!,
  }));
}

export interface InVain {
  readonly seat: Seat;
  readonly refs: readonly string[];
  /** Roles that nobody answers for. */
  readonly vacant: readonly string[];
  /** Names of people who could not be reached. */
  readonly lost: readonly string[];
}

const unique = (texts: readonly string[]) => [...new Set(texts)];

/** Who could not be asked about a seat's issues at one time; undefined when everybody could. */
export async function loadInVain(
  db: Db,
  org: string,
  seatId: string,
  from: Instant,
): Promise<InVain | undefined> {
  const rows = await pingsInVain(db, org, seatId, from, from + PING_GROUP);
  const seat = await seatById(db, org, seatId);
  if (rows.length === 0 || seat === undefined) return undefined;
  const people = await peopleByIds(
    db,
    org,
    rows.flatMap((r) => r.ping.person ?? []),
  );
  return {
    seat,
    refs: unique(rows.map((r) => r.issue.ref)),
    vacant: unique(rows.filter((r) => r.ping.outcome === 'vacant').map((r) => r.ping.target)),
    lost: unique(
      rows.flatMap((r) => (r.ping.person === null ? [] : [people.get(r.ping.person)?.name ?? 'somebody'])),
    ),
  };
}
