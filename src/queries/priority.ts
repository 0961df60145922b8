import { orgById } from '../../db/orgs.ts';
import { type Priority, latestTracks, openPriorities, prioritiesOfQuarter } from '../../db/priorities.ts';
import { peopleByIds } from '../../db/people.ts';
import type { Seat } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { DAY, type Instant } from '../clock.ts';
import { isOverdue, quarterAt } from '../domain/priority.ts';

export interface PriorityLine {
  readonly priority: Priority;
  readonly seat: Pick<Seat, 'id' | 'key' | 'name'>;
  readonly ownerName: string;
  /** Its quarter is over and it is still open. */
  readonly overdue: boolean;
  /** The last word on it; `stale` when nobody has said one for a week. */
  readonly word: { readonly on: boolean; readonly week: string; readonly stale: boolean } | undefined;
}

const WEEK = 7 * DAY;

/** Open priorities of these seats, overdue ones first; those of a later quarter are left out. */
export async function loadPriorities(
  db: Db,
  org: string,
  zone: string,
  seats: readonly Seat[],
  at: Instant,
): Promise<PriorityLine[]> {
  const present = quarterAt(at, zone);
  const open = (
    await openPriorities(
      db,
      org,
      seats.map((seat) => seat.id),
    )
  ).filter((priority) => priority.quarter <= present);
  return linesOf(db, org, seats, open, present, at);
}

async function linesOf(
  db: Db,
  org: string,
  seats: readonly Seat[],
  priorities: readonly Priority[],
  present: string,
  at: Instant,
): Promise<PriorityLine[]> {
  const byId = new Map(seats.map((seat) => [seat.id, seat]));
  const tracks = await latestTracks(
    db,
    org,
    priorities.map((priority) => priority.id),
  );
  const owners = await peopleByIds(
    db,
    org,
    priorities.map((priority) => priority.owner),
  );
  return priorities.map((priority) => {
    const track = tracks.get(priority.id);
    return {
      priority,
      seat: byId.get(priority.seat)!,
      ownerName: owners.get(priority.owner)?.name ?? 'somebody',
      overdue: isOverdue(priority, present),
      word:
        track === undefined ? undefined : { on: track.on, week: track.week, stale: track.at <= at - WEEK },
    };
  });
}

export interface SeatPriorities {
  readonly quarter: string;
  /** Of the quarter, whether open or not; and before them what is overdue. */
  readonly lines: readonly PriorityLine[];
}

/** The priorities of one seat for a quarter (the present one when none is given), with those that are overdue. */
export async function loadSeatPriorities(
  db: Db,
  org: string,
  seat: Seat,
  at: Instant,
  quarter?: string,
): Promise<SeatPriorities> {
  const { zone } = (await orgById(db, org))!;
  const present = quarterAt(at, zone);
  const wanted = quarter ?? present;
  const overdue = (await openPriorities(db, org, [seat.id])).filter((p) => isOverdue(p, present));
  const own = await prioritiesOfQuarter(db, org, seat.id, wanted);
  const before = wanted === present ? overdue.filter((p) => p.quarter !== wanted) : [];
  return { quarter: wanted, lines: await linesOf(db, org, [seat], [...before, ...own], present, at) };
}
