import { type Inventory, recordsOfSeats } from '../../db/inventory.ts';
import { orgById } from '../../db/orgs.ts';
import { peopleByIds } from '../../db/people.ts';
import type { Seat } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { type VendorName, vendorsOfSeats } from '../../db/vendors.ts';
import { EMPTY_RECORD, type InventoryRecord, type RecordKey, missingOf } from '../domain/inventory.ts';

export interface SeatRecord {
  readonly seat: Seat;
  readonly zone: string;
  readonly record: InventoryRecord;
  readonly vendors: readonly VendorName[];
  /** 0 while nothing was ever said. */
  readonly revision: number;
  readonly missing: readonly RecordKey[];
  readonly origin: Pick<Inventory, 'importedFrom' | 'externalId'>;
  readonly updatedAt: number | undefined;
  /** Undefined when a machine did, or nobody yet. */
  readonly updatedBy: string | undefined;
}

/** What the inventory says of a seat. */
export async function loadSeatRecord(db: Db, org: string, seat: Seat): Promise<SeatRecord> {
  const [found, records, vendors] = await Promise.all([
    orgById(db, org),
    recordsOfSeats(db, org, [seat.id]),
    vendorsOfSeats(db, org, [seat.id]),
  ]);
  const row = records.get(seat.id);
  const by = row?.updatedBy ?? undefined;
  const people = await peopleByIds(db, org, by === undefined ? [] : [by]);
  return {
    seat,
    zone: found!.zone,
    record: row ?? EMPTY_RECORD,
    vendors: vendors.get(seat.id) ?? [],
    revision: row?.revision ?? 0,
    missing: missingOf(row ?? EMPTY_RECORD, seat.holder),
    origin: { importedFrom: row?.importedFrom ?? null, externalId: row?.externalId ?? null },
    updatedAt: row?.updatedAt,
    updatedBy: by === undefined ? undefined : people.get(by)?.name,
  };
}
