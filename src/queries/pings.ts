import { pingsInVain, pingsOfGroup } from '../../db/escalations.ts';
import { type Issue } from '../../db/issues.ts';
import { peopleByIds } from '../../db/people.ts';
import { type Seat, seatById } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { PING_GROUP, type PingOutcome, type PingTarget, idOf } from '../domain/escalation.ts';

/** One thing that a person is asked, and whether they have answered. */
export interface Asking {
  readonly target: PingTarget;
  readonly person: string;
  readonly outcome: PingOutcome;
  readonly answeredAt: number | null;
}

export interface AskedAbout {
  readonly issue: Issue;
  readonly asking: Asking;
}

/** All that is asked of one person at one time, most severe first. */
export async function loadAsked(db: Db, org: string, person: string, from: Instant): Promise<AskedAbout[]> {
  const rows = await pingsOfGroup(db, org, person, from, from + PING_GROUP);
  const last = new Map(
    rows.map(({ ping, issue }) => [
      issue.id,
      {
        issue,
        asking: { target: ping.target, person, outcome: ping.outcome, answeredAt: ping.answeredAt },
      },
    ]),
  );
  return [...last.values()];
}

export interface InVain {
  readonly seat: Seat;
  readonly refs: readonly string[];
  /** Roles that nobody answers for. */
  readonly vacant: readonly string[];
  /** Names of people who could not be reached, and of those who are away without a delegate. */
  readonly lost: readonly string[];
  readonly away: readonly string[];
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
  const namesOf = (outcome: PingOutcome) =>
    unique(
      rows.flatMap(({ ping }) =>
        ping.person === null || ping.outcome !== outcome ? [] : [people.get(ping.person)?.name ?? 'somebody'],
      ),
    );
  return {
    seat,
    refs: unique(rows.map((r) => r.issue.ref)),
    vacant: unique(
      rows.flatMap(({ ping }) =>
        ping.outcome === 'vacant'
          ? [idOf(ping.target, 'person') === undefined ? ping.target : 'somebody named']
          : [],
      ),
    ),
    lost: namesOf('unreachable'),
    away: namesOf('away'),
  };
}
