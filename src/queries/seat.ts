import { openIssues } from '../../db/issues.ts';
import { channelById, orgById } from '../../db/orgs.ts';
import { type Owner, ownerHistory, ownersOfSeat, ownersOfSeats } from '../../db/owners.ts';
import { peopleByIds } from '../../db/people.ts';
import { type Seat, listSeats, seatById } from '../../db/seats.ts';
import { stageHistory } from '../../db/stages.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { type IssueLine, loadIssueLines } from './issue.ts';
import { type Rule, rulesFor } from './rules.ts';
import { type MetricRow, loadScorecards } from './scorecard.ts';
import { type SeatStanding, loadStandings } from './standing.ts';

/** The seat's card names the newest value only: so many weeks hold the newest of a monthly number, too. */
const SHOWN_WEEKS = 6;

export interface SeatView {
  readonly seat: Seat;
  readonly zone: string;
  readonly owners: readonly Owner[];
  readonly rows: readonly MetricRow[];
  readonly issues: readonly IssueLine[];
  readonly standing: SeatStanding | undefined;
  /** Of who scored it. */
  readonly nameOf: (person: string) => string;
  readonly channelName: string | undefined;
  readonly parent: Seat | undefined;
  /** What others learned before it, and holds for it. */
  readonly rules: readonly Rule[];
}

export async function loadSeat(db: Db, org: string, seat: Seat, now: Instant): Promise<SeatView> {
  const zone = (await orgById(db, org))!.zone;
  const [owners, scorecards, issues, scores, channel, parent, rules] = await Promise.all([
    ownersOfSeat(db, org, seat.id),
    loadScorecards(db, org, zone, [seat], now, SHOWN_WEEKS),
    loadIssueLines(db, org, { seats: [seat.id], limit: 6, now }),
    loadStandings(db, org, [seat.id]),
    seat.channel === null ? undefined : channelById(db, org, seat.channel),
    seat.parent === null ? undefined : seatById(db, org, seat.parent),
    rulesFor(db, org, seat),
  ]);
  const standing = scores.get(seat.id);
  const reviewers = await peopleByIds(db, org, standing?.now.reviewers ?? []);
  return {
    seat,
    zone,
    owners,
    rows: scorecards.cards[0]!.rows,
    issues,
    standing,
    nameOf: (person) => reviewers.get(person)?.name ?? 'somebody',
    channelName: channel?.name,
    parent,
    rules,
  };
}

export interface OwnerHistory {
  readonly seat: Seat;
  readonly zone: string;
  /** Everyone who ever was named, newest first. */
  readonly named: readonly Owner[];
  /** Every stage it moved to, newest first. */
  readonly moves: Awaited<ReturnType<typeof stageHistory>>;
}

export async function loadOwnerHistory(db: Db, org: string, seat: Seat): Promise<OwnerHistory> {
  const [found, named, moves] = await Promise.all([
    orgById(db, org),
    ownerHistory(db, org, seat.id, 30),
    stageHistory(db, org, seat.id, 15),
  ]);
  return { seat, zone: found!.zone, named, moves };
}

export interface SeatLine {
  readonly seat: Seat;
  readonly accountable: Owner | undefined;
  readonly standing: SeatStanding | undefined;
  readonly openIssues: number;
}

/** All seats that are not retired, in three more queries whatever their number. */
export async function loadSeatLines(
  db: Db,
  org: string,
  filter: { channel?: string } = {},
): Promise<SeatLine[]> {
  const seats = await listSeats(db, org, filter);
  const ids = seats.map((s) => s.id);
  const [owners, scores, issues] = await Promise.all([
    ownersOfSeats(db, org, ids),
    loadStandings(db, org, ids),
    openIssues(db, org, { seats: ids, limit: 10_000 }),
  ]);
  const accountable = new Map(owners.filter((o) => o.role === 'accountable').map((o) => [o.seat, o]));
  const open = Map.groupBy(
    issues.filter((issue) => !issue.drill),
    (issue) => issue.seat,
  );
  return seats.map((seat) => ({
    seat,
    accountable: accountable.get(seat.id),
    standing: scores.get(seat.id),
    openIssues: open.get(seat.id)?.length ?? 0,
  }));
}
