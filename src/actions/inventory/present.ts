import { changesOfSeats, seatsOfExternalIds } from '../../../db/imports.ts';
import { recordsOfSeats } from '../../../db/inventory.ts';
import { ownersOfSeats } from '../../../db/owners.ts';
import { type Seat, seatsByIds, seatsByKeys } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { vendorsOfSeats } from '../../../db/vendors.ts';
import type { MappedRow } from '../../domain/import/mapping.ts';
import type { Present } from '../../domain/import/plan.ts';
import { EMPTY_RECORD } from '../../domain/inventory.ts';
import { slug } from '../../domain/seat.ts';

/** `by` of what an import wrote: `import:<id>`. */
const IMPORTED = 'import:';

/** A seat that a row is about, as it is now. */
export interface Known {
  readonly seat: Seat;
  readonly present: Present;
  /** Whether it was found by its key only, and belongs to the inventory from now on. */
  readonly adopted: boolean;
}

export interface Knowns {
  readonly of: (row: MappedRow) => Known | 'hidden' | undefined;
}

/** Rows are found again by their id in the inventory; where that is the key, also by it. */
export interface FoundBy {
  readonly source: string;
  readonly byKey: boolean;
}

/** The seats that these rows are about. The number of queries is fixed, whatever the number of rows. */
export async function knownSeats(
  db: Db,
  org: string,
  { source, byKey }: FoundBy,
  rows: readonly MappedRow[],
): Promise<Knowns> {
  const ids = await seatsOfExternalIds(
    db,
    org,
    source,
    rows.map((row) => row.id),
  );
  const unknown = byKey ? rows.filter((row) => !ids.has(row.id)).map((row) => slug(row.id)) : [];
  const keyed = unknown.length === 0 ? new Map<string, Seat>() : await seatsByKeys(db, org, unknown);
  const all = [...new Set(ids.values())];
  const seats = all.length === 0 ? new Map<string, Seat>() : await seatsByIds(db, org, all);
  for (const seat of keyed.values()) seats.set(seat.id, seat);
  const presents = await presentSeats(db, org, [...seats.values()]);
  return {
    of(row) {
      const id = ids.get(row.id);
      const seat = id === undefined ? (byKey ? keyed.get(slug(row.id)) : undefined) : seats.get(id);
      if (seat === undefined) return id === undefined ? undefined : 'hidden';
      return { seat, present: presents.get(seat.id)!, adopted: id === undefined };
    },
  };
}

async function presentSeats(db: Db, org: string, seats: readonly Seat[]): Promise<Map<string, Present>> {
  const ids = seats.map((seat) => seat.id);
  const records = await recordsOfSeats(db, org, ids);
  const vendors = await vendorsOfSeats(db, org, ids);
  const owners = Map.groupBy(await ownersOfSeats(db, org, ids), (owner) => owner.seat);
  const changes = Map.groupBy(await changesOfSeats(db, org, ids), (change) => change.seat);
  return new Map(
    seats.map((seat) => {
      const record = records.get(seat.id);
      const own = changes.get(seat.id) ?? [];
      const present: Present = {
        ...seat,
        record: record ?? EMPTY_RECORD,
        vendors: (vendors.get(seat.id) ?? []).map((vendor) => vendor.id),
        owners: new Map((owners.get(seat.id) ?? []).map((owner) => [owner.role, owner.person])),
        byPeople: byPeople(record?.importedFrom != null, own),
      };
      return [seat.id, present];
    }),
  );
}

/** Who gave each field its value: whoever changed it last, else whoever made the seat. */
function byPeople(
  imported: boolean,
  changes: readonly { readonly by: string | null; readonly before: Readonly<Record<string, unknown>> }[],
): (field: string) => boolean {
  const last = new Map<string, boolean>();
  for (const { by, before } of changes)
    for (const field of Object.keys(before)) last.set(field, by?.startsWith(IMPORTED) !== true);
  const made = !imported || last.has('importedFrom');
  return (field) => last.get(field) ?? made;
}
