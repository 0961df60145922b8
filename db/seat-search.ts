import { type SQL, and, eq, gte, inArray, lte, ne, sql } from 'drizzle-orm';
import { fold } from '../src/domain/fold.ts';
import type { SeatFilter } from '../src/domain/seat-filter.ts';
import type { Seat } from './seats.ts';
import type { Db } from './store.ts';

/** A seat that was found, with what its list is sorted and filtered by. */
export interface FoundSeat {
  readonly seat: Seat;
  readonly provider: string | null;
  /** False for a seat of which no record says anything yet. */
  readonly recorded: boolean;
}

/** Both engines take the backslash for an escape when told so. */
const contains = (column: SQL, word: string): SQL =>
  sql`${column} like ${`%${word.replace(/[\\%_]/g, String.raw`\$&`)}%`} escape '\\'`;

/**
 * The seats that fit everything a database can judge, by key, in one query: the rest is up to the caller. Words are
 * looked for in the folded text of seat and record, and in the names of its vendors.
 */
export async function searchSeats(db: Db, org: string, filter: SeatFilter): Promise<FoundSeat[]> {
  const { seats, inventory, owners, seatVendors, vendors } = db.t;
  const { words, flags, stages, risks, holder, levels, owner, channel, vendor } = filter;
  const named = (word: string) => sql`exists (select 1 from ${seatVendors}
    inner join ${vendors} on ${vendors.org} = ${seatVendors.org} and ${vendors.id} = ${seatVendors.vendor}
    where ${seatVendors.org} = ${seats.org} and ${seatVendors.seat} = ${seats.id}
    and ${contains(sql`${vendors.searchable}`, word)})`;
  const owned = (which: SQL) => sql`exists (select 1 from ${owners} where ${owners.org} = ${seats.org}
    and ${owners.seat} = ${seats.id} and ${owners.present} is not null and ${which})`;
  const rows = await db
    .select({ seat: seats, provider: inventory.modelProvider, record: inventory.seat })
    .from(seats)
    .leftJoin(inventory, and(eq(inventory.org, seats.org), eq(inventory.seat, seats.id)))
    .where(
      and(
        eq(seats.org, org),
        stages === undefined ? stageOf() : inArray(seats.stage, stages as Seat['stage'][]),
        risks === undefined ? undefined : inArray(seats.risk, risks as Seat['risk'][]),
        holder === undefined ? undefined : eq(seats.holder, holder as Seat['holder']),
        levels === undefined ? undefined : and(gte(seats.level, levels.from), lte(seats.level, levels.to)),
        channel === undefined ? undefined : eq(seats.channel, channel),
        flags.has('halted') ? eq(seats.halted, true) : undefined,
        owner === undefined ? undefined : owned(sql`${owners.person} = ${owner}`),
        flags.has('unowned')
          ? sql`not ${owned(sql`${owners.role} = 'accountable' and ${owners.acceptedAt} is not null`)}`
          : undefined,
        vendor === undefined
          ? undefined
          : sql`exists (select 1 from ${seatVendors} where ${seatVendors.org} = ${seats.org}
              and ${seatVendors.seat} = ${seats.id} and ${seatVendors.vendor} = ${vendor})`,
        ...words.map(
          (word) =>
            sql`(${inventory.searchable} is null or ${contains(sql`${inventory.searchable}`, word)} or ${named(word)})`,
        ),
      ),
    )
    .orderBy(seats.key);
  return rows.flatMap(({ seat, provider, record }) => {
    // Seats from before there were records: what is folded for the others is folded here.
    if (record === null && words.length > 0) {
      const own = fold([seat.key, seat.name, seat.accountability].join('\n'));
      if (!words.every((word) => own.includes(word))) return [];
    }
    return [{ seat, provider, recorded: record !== null }];
  });

  function stageOf(): SQL | undefined {
    if (flags.has('all')) return undefined;
    return flags.has('retired') ? eq(seats.stage, 'retired') : ne(seats.stage, 'retired');
  }
}
