import { countOpenIssues } from '../../db/issues.ts';
import { recordsOfSeats } from '../../db/inventory.ts';
import { channelById } from '../../db/orgs.ts';
import { peopleByIds } from '../../db/people.ts';
import { type FoundSeat, searchSeats } from '../../db/seat-search.ts';
import type { Seat } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { fold } from '../domain/fold.ts';
import { missingOf } from '../domain/inventory.ts';
import { weakestOf } from '../domain/rubric/colour.ts';
import { RISK_TIERS, STAGES } from '../domain/seat.ts';
import type { ReadinessWord, SeatFilter } from '../domain/seat-filter.ts';
import { type SeatLine, seatLines } from './seat.ts';
import { type SeatStanding, loadStandings } from './standing.ts';

/** Seats on one page: with their names they stay within what Teams takes in a message. */
const PAGE = 20;

export interface SeatList {
  readonly lines: readonly SeatLine[];
  /** That fit, on all pages. */
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** What owner and channel of the filter are called. */
  readonly names: { readonly owner?: string; readonly channel?: string };
}

/** One page of the seats that fit. The number of queries does not depend on how many there are. */
export async function loadSeatList(db: Db, org: string, filter: SeatFilter, page = 1): Promise<SeatList> {
  const found = await findSeats(db, org, filter);
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const at = Math.min(Math.max(1, page), pages);
  const lines = await seatLines(db, org, found.slice((at - 1) * PAGE, at * PAGE));
  return { lines, total: found.length, page: at, pages, names: await namesIn(db, org, filter) };
}

async function namesIn(db: Db, org: string, { owner, channel }: SeatFilter): Promise<SeatList['names']> {
  const person = owner === undefined ? undefined : (await peopleByIds(db, org, [owner])).get(owner);
  const place = channel === undefined ? undefined : await channelById(db, org, channel);
  return {
    ...(person === undefined ? {} : { owner: `@${person.name}` }),
    ...(place?.name == null ? {} : { channel: `#${place.name}` }),
  };
}

const worst = ({ now }: SeatStanding): ReadinessWord =>
  weakestOf(now.dimensions.flatMap(({ colour }) => colour ?? [])) ?? 'none';

/** Every seat that fits, sorted. */
export async function findSeats(db: Db, org: string, filter: SeatFilter): Promise<Seat[]> {
  const { provider, readiness, flags, sort, backwards } = filter;
  let found: FoundSeat[] = await searchSeats(db, org, filter);
  if (provider !== undefined) found = found.filter((one) => fold(one.provider ?? '').includes(provider));
  const ids = () => found.map(({ seat }) => seat.id);
  if (flags.has('incomplete')) {
    const records = await recordsOfSeats(db, org, ids());
    found = found.filter(({ seat }) => {
      const record = records.get(seat.id);
      return record === undefined || missingOf(record, seat.holder).length > 0;
    });
  }
  const wanted = readiness !== undefined || sort === 'readiness';
  const standings = wanted ? await loadStandings(db, org, ids()) : new Map<string, SeatStanding>();
  if (readiness !== undefined) {
    found = found.filter(({ seat }) => {
      const standing = standings.get(seat.id);
      return readiness.includes(standing === undefined ? 'none' : worst(standing));
    });
  }
  const open = sort === 'issues' ? await countOpenIssues(db, org, ids()) : new Map<string, number>();
  const rank = ({ seat }: FoundSeat): number => {
    switch (sort) {
      case 'stage':
        return STAGES.indexOf(seat.stage);
      case 'risk':
        return -RISK_TIERS.indexOf(seat.risk);
      case 'level':
        return -seat.level;
      case 'readiness':
        return standings.get(seat.id)?.now.percent ?? 101;
      case 'issues':
        return -(open.get(seat.id) ?? 0);
      case 'newest':
        return -seat.createdAt;
      case 'key':
      case 'name':
        return 0;
      default:
        return sort satisfies never;
    }
  };
  const word = ({ seat }: FoundSeat) => (sort === 'name' ? fold(seat.name) : seat.key);
  const sorted = found
    .map((one) => ({ one, rank: rank(one), word: word(one) }))
    .toSorted((a, b) => a.rank - b.rank || (a.word < b.word ? -1 : a.word > b.word ? 1 : 0))
    .map(({ one }) => one.seat);
  return backwards ? sorted.toReversed() : sorted;
}
