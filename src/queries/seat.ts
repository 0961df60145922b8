import { countOpenIssues } from '../../db/issues.ts';
import { channelById, orgById } from '../../db/orgs.ts';
import { type Owner, ownerHistory, ownersOfSeat, ownersOfSeats } from '../../db/owners.ts';
import { peopleByIds } from '../../db/people.ts';
import { type Seat, listSeats, seatById, seatsByIds } from '../../db/seats.ts';
import { recordsOfSeats, seatChangesOf } from '../../db/inventory.ts';
import { type VendorName, allVendors, vendorsOfSeats } from '../../db/vendors.ts';
import { EMPTY_RECORD, type InventoryRecord } from '../domain/inventory.ts';
import { stageHistory } from '../../db/stages.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { type Visibility, stricter } from '../domain/visibility.ts';
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
  /** Its own, or the stricter one of the channel in which it reports. */
  readonly visibility: Visibility;
  readonly parent: Seat | undefined;
  /** What others learned before it, and holds for it. */
  readonly rules: readonly Rule[];
  readonly record: InventoryRecord;
  readonly vendors: readonly VendorName[];
}

export async function loadSeat(db: Db, org: string, seat: Seat, now: Instant): Promise<SeatView> {
  const zone = (await orgById(db, org))!.zone;
  const [owners, scorecards, issues, scores, channel, parent, rules, records, vendors] = await Promise.all([
    ownersOfSeat(db, org, seat.id),
    loadScorecards(db, org, zone, [seat], now, SHOWN_WEEKS),
    loadIssueLines(db, org, { seats: [seat.id], limit: 6, now }),
    loadStandings(db, org, [seat.id]),
    seat.channel === null ? undefined : channelById(db, org, seat.channel),
    seat.parent === null ? undefined : seatById(db, org, seat.parent),
    rulesFor(db, org, seat),
    recordsOfSeats(db, org, [seat.id]),
    vendorsOfSeats(db, org, [seat.id]),
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
    visibility: stricter(seat.visibility, channel?.visibility ?? 'everyone'),
    parent,
    rules,
    record: records.get(seat.id) ?? EMPTY_RECORD,
    vendors: vendors.get(seat.id) ?? [],
  };
}

export interface OwnerHistory {
  readonly seat: Seat;
  readonly zone: string;
  /** Everyone who ever was named, newest first. */
  readonly named: readonly Owner[];
  /** Every stage it moved to, newest first. */
  readonly moves: Awaited<ReturnType<typeof stageHistory>>;
  /** What it and its record said before each change, newest first. */
  readonly changes: Awaited<ReturnType<typeof seatChangesOf>>;
  /** Names of the seats and vendors that are named in the changes by their ids. */
  readonly nameOf: (id: string) => string;
}

export async function loadOwnerHistory(db: Db, org: string, seat: Seat): Promise<OwnerHistory> {
  const [found, named, moves, changes] = await Promise.all([
    orgById(db, org),
    ownerHistory(db, org, seat.id, 30),
    stageHistory(db, org, seat.id, 15),
    seatChangesOf(db, org, seat.id, 15),
  ]);
  const above = changes.flatMap(({ before: { parent } }) => (typeof parent === 'string' ? [parent] : []));
  const [parents, vendors] = await Promise.all([seatsByIds(db, org, above), allVendors(db, org)]);
  const names = new Map([...parents.values(), ...vendors].map(({ id, name }) => [id, name]));
  return { seat, zone: found!.zone, named, moves, changes, nameOf: (id) => names.get(id) ?? 'another one' };
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
  return seatLines(db, org, await listSeats(db, org, filter));
}

/** What a list says of these seats, in their order. */
export async function seatLines(db: Db, org: string, seats: readonly Seat[]): Promise<SeatLine[]> {
  const ids = seats.map((s) => s.id);
  const [owners, scores, open] = await Promise.all([
    ownersOfSeats(db, org, ids),
    loadStandings(db, org, ids),
    countOpenIssues(db, org, ids),
  ]);
  const accountable = new Map(owners.filter((o) => o.role === 'accountable').map((o) => [o.seat, o]));
  return seats.map((seat) => ({
    seat,
    accountable: accountable.get(seat.id),
    standing: scores.get(seat.id),
    openIssues: open.get(seat.id) ?? 0,
  }));
}
