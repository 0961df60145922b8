import { setImmediate as nextTurn } from 'node:timers/promises';
import { listDigests, slotsSince } from '../../db/digests.ts';
import { orgById } from '../../db/orgs.ts';
import { type ScoreRequest, openScoreRequests } from '../../db/scores.ts';
import { type Seat, listSeats } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { DAY, type Instant } from '../clock.ts';
import type { Rule } from '../domain/calendar.ts';
import type { StatusWord } from '../domain/metric.ts';
import type { Period } from '../domain/period.ts';
import { change, worstFirst } from '../domain/scorecard.ts';
import { type IssueLine, loadIssueLines } from './issue.ts';
import { type PriorityLine, loadPriorities } from './priority.ts';
import { peopleNamed } from './people.ts';
import { type MetricRow, loadScorecards } from './scorecard.ts';
import { type SeatStanding, loadStandings } from './standing.ts';

export interface DigestRow {
  readonly seat: Seat;
  readonly row: MetricRow;
  readonly status: StatusWord;
  /** Status of the week before, when it was another. */
  readonly was: StatusWord | undefined;
}

export interface DigestView {
  readonly zone: string;
  readonly at: Instant;
  readonly week: Period;
  readonly weeks: readonly Period[];
  readonly seats: number;
  readonly counts: Readonly<Record<StatusWord, number>>;
  /** Worst first: red, missing, yellow, green; within one status the longest first. */
  readonly rows: readonly DigestRow[];
  /** Numbers of which nothing is awaited: `claims acceptance`. */
  readonly paused: readonly string[];
  /** Open ones that are no drills, oldest first. */
  readonly issues: readonly IssueLine[];
  readonly priorities: readonly PriorityLine[];
  /** With the trend since the week before. */
  readonly scored: readonly { readonly seat: Seat; readonly standing: SeatStanding }[];
  /** Scores that were asked for and have not come, the first due first. */
  readonly requests: readonly {
    readonly seat: Seat;
    readonly request: ScoreRequest;
    readonly reviewer: string;
    readonly overdue: boolean;
  }[];
  readonly neverScored: readonly Seat[];
}

const MOST_ISSUES = 10_000;
const WEEK = 7 * DAY;

/** What a channel's digest says: everything about the seats that report there. The number of queries is fixed. */
export async function loadDigest(db: Db, org: string, channel: string, at: Instant): Promise<DigestView> {
  const zone = (await orgById(db, org))!.zone;
  const seats = await listSeats(db, org, { channel });
  const ids = seats.map((s) => s.id);
  const { weeks, cards } = await loadScorecards(db, org, zone, seats, at);
  await nextTurn();
  const rows = cards.flatMap((card) => card.rows.flatMap((row) => rowOf(card.seat, row)));
  const issues = await loadIssueLines(db, org, { seats: ids, limit: MOST_ISSUES, now: at });
  const priorities = await loadPriorities(db, org, zone, seats, at);
  const standings = await loadStandings(db, org, ids, at - WEEK);
  const requests = await requestsOf(db, org, seats, at);
  await nextTurn();
  const counts: Record<StatusWord, number> = { green: 0, yellow: 0, red: 0, missing: 0 };
  for (const { status } of rows) counts[status] += 1;
  return {
    zone,
    at,
    week: weeks.at(-1)!,
    weeks,
    seats: seats.length,
    counts,
    rows: worstFirst(rows, ({ row }) => row.cells),
    paused: cards.flatMap(({ seat, paused }) => paused.map(({ metric }) => `${seat.key} ${metric.key}`)),
    issues: issues
      .filter(({ issue }) => !issue.drill)
      .toSorted((a, b) => a.issue.openedAt - b.issue.openedAt || a.issue.severity - b.issue.severity),
    priorities,
    scored: seats.flatMap((seat) => {
      const standing = standings.get(seat.id);
      return standing === undefined ? [] : [{ seat, standing }];
    }),
    requests,
    neverScored: seats.filter((seat) => !standings.has(seat.id)),
  };
}

async function requestsOf(
  db: Db,
  org: string,
  seats: readonly Seat[],
  at: Instant,
): Promise<DigestView['requests']> {
  const open = await openScoreRequests(
    db,
    org,
    seats.map((s) => s.id),
  );
  const names = await peopleNamed(
    db,
    org,
    open.map((request) => request.reviewer),
  );
  const bySeat = new Map(seats.map((seat) => [seat.id, seat]));
  return open.map((request) => ({
    request,
    seat: bySeat.get(request.seat)!,
    reviewer: names.get(request.reviewer) ?? 'somebody',
    overdue: request.dueAt <= at,
  }));
}

function rowOf(seat: Seat, row: MetricRow): DigestRow[] {
  const changed = change(row.cells);
  return changed === undefined ? [] : [{ seat, row, ...changed }];
}

export interface DigestLine {
  readonly channel: string;
  readonly rule: Rule;
  readonly zone: string;
  /** Undefined while it rests. */
  readonly nextAt: Instant | undefined;
  /** Coxswain can post there. */
  readonly reachable: boolean;
  readonly last: { readonly at: Instant; readonly outcome: string } | undefined;
}

/** Far enough back to hold the last slot of every weekly digest that runs at all. */
const LOOK_BACK = 35 * DAY;

/**
 * Every weekly digest with its next time and what became of the last one, by channel. Without `all`, for who is neither
 * governor nor admin, those of restricted channels are left out.
 */
export async function loadDigestList(db: Db, org: string, now: Instant, all: boolean): Promise<DigestLine[]> {
  const rows = await listDigests(db, org);
  const slots = Map.groupBy(await slotsSince(db, org, 'digest', now - LOOK_BACK), (slot) => slot.target);
  return rows
    .filter(({ visibility }) => all || visibility === 'everyone')
    .map(({ digest, name, reachable }) => {
      const last = slots.get(digest.channel)?.[0];
      return {
        channel: name,
        rule: digest.rule,
        zone: digest.zone,
        nextAt: digest.active ? digest.nextAt : undefined,
        reachable,
        last: last === undefined ? undefined : { at: last.nominal, outcome: last.outcome },
      };
    });
}
