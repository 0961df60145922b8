import { and, eq } from 'drizzle-orm';
import { insertRows } from '../../../db/bulk.ts';
import { type Inventory, recordsOfSeats } from '../../../db/inventory.ts';
import type { Seat } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { vendorsOfSeats } from '../../../db/vendors.ts';
import { EMPTY_RECORD, type InventoryRecord, searchableSeat } from '../../domain/inventory.ts';
import { conflict } from '../../errors.ts';
import { newId, newIds } from '../../ids.ts';
import type { Json } from '../../ui/card.ts';

/** Who writes; `by` is a person id, or null for a machine. */
export interface Writer {
  readonly org: string;
  readonly now: number;
  readonly by: string | null;
}

/** The inventory that a seat was imported from, and its name for the use case. At most one seat has both. */
export interface Origin {
  readonly importedFrom: string;
  readonly externalId: string;
}

/** What can be changed of the seat itself; its stage has an action of its own. */
export type SeatFields = Pick<
  Seat,
  'name' | 'accountability' | 'holder' | 'level' | 'risk' | 'parent' | 'channel'
>;

export interface SeatDraft extends SeatFields {
  /** A new id when left out; given, others of the batch can name it as their parent. */
  readonly id?: string;
  readonly key: string;
  readonly stage: Seat['stage'];
  readonly record?: Partial<InventoryRecord>;
  /** Vendor ids. */
  readonly vendors?: readonly string[];
  readonly origin?: Origin;
}

/**
 * Stores new seats with their records, whatever their number. What was typed is checked before: keys are free, and
 * parents, channels and vendors exist.
 */
export async function createSeats(
  tx: Db,
  { org, now, by }: Writer,
  drafts: readonly SeatDraft[],
): Promise<Seat[]> {
  const ids = newIds(drafts.length);
  const seats = drafts.map((draft, i): Seat => {
    const { key, name, holder, accountability, stage, level, risk, parent, channel } = draft;
    const said = { key, name, holder, accountability, stage, level, risk, parent, channel };
    const counts = { halted: false, issueCount: 0, priorityCount: 0 };
    const about = { createdAt: now, addedBy: by, visibility: 'everyone' } as const;
    return { org, id: draft.id ?? ids[i]!, ...said, ...counts, ...about };
  });
  const records = drafts.map((draft, i): Inventory => {
    const record = { ...EMPTY_RECORD, ...draft.record };
    return {
      org,
      seat: seats[i]!.id,
      ...record,
      importedFrom: draft.origin?.importedFrom ?? null,
      externalId: draft.origin?.externalId ?? null,
      searchable: searchableSeat(draft, record),
      revision: 1,
      updatedAt: now,
      updatedBy: by,
    };
  });
  const behind = drafts.flatMap((draft, i) =>
    [...new Set(draft.vendors)].map((vendor) => ({ org, seat: seats[i]!.id, vendor })),
  );
  await insertRows(tx, 'seats', seats);
  await insertRows(tx, 'inventory', records);
  await insertRows(tx, 'seatVendors', behind);
  return seats;
}

export interface SeatEdit {
  /** As this transaction read it. */
  readonly seat: Seat;
  readonly fields?: Partial<SeatFields>;
  readonly record?: Partial<InventoryRecord>;
  /** Vendor ids: these, and no others. */
  readonly vendors?: readonly string[];
  readonly origin?: Origin;
  /** The revision that whoever changes it has seen; whichever there is, when left out. */
  readonly seen?: number;
}

export interface Edited {
  readonly seat: Seat;
  /** Names of the fields that are different now. */
  readonly changed: readonly string[];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Those of the new values that differ from the old ones. */
function different<T extends object>(old: T, given: Partial<T>): Partial<T> {
  const entries = Object.entries(given).filter(
    ([key, value]) => value !== undefined && !same(value, (old as Record<string, unknown>)[key]),
  );
  // Guarantee of the cast: entries of `given`.
  return Object.fromEntries(entries) as Partial<T>;
}

/**
 * Changes seats and their records, each of them once, and keeps what they said before. An edit that would change nothing leaves no trace.
 * Throws conflict when somebody else changed one of them at the same moment, or since its `seen` revision.
 */
export async function changeSeats(tx: Db, by: Writer, edits: readonly SeatEdit[]): Promise<Edited[]> {
  const ids = edits.map(({ seat }) => seat.id);
  const [records, vendors] = [await recordsOfSeats(tx, by.org, ids), await vendorsOfSeats(tx, by.org, ids)];
  const edited: Edited[] = [];
  for (const edit of edits) {
    const { id } = edit.seat;
    const behind = (vendors.get(id) ?? []).map((vendor) => vendor.id);
    edited.push(await changeSeat(tx, by, edit, records.get(id), behind));
  }
  return edited;
}

async function changeSeat(
  tx: Db,
  { org, now, by }: Writer,
  { seat, fields = {}, record = {}, vendors, origin, seen }: SeatEdit,
  before: Inventory | undefined,
  behind: readonly string[],
): Promise<Edited> {
  const { seats, inventory, seatVendors, seatChanges } = tx.t;
  const old = before ?? { ...EMPTY_RECORD, importedFrom: null, externalId: null, revision: 0 };
  if (seen !== undefined && seen !== old.revision) throw overtaken(seat);
  const ofSeat = different(seat, fields);
  const ofRecord = different(old, { ...record, ...origin });
  const wanted = vendors === undefined ? behind : [...new Set(vendors)].toSorted();
  const ofVendors = same(wanted, behind.toSorted()) ? {} : { vendors: behind };
  const changed = [...Object.keys(ofSeat), ...Object.keys(ofRecord), ...Object.keys(ofVendors)];
  if (changed.length === 0) return { seat, changed };

  const present = { ...seat, ...ofSeat };
  const said = { ...old, ...ofRecord };
  const row = { ...ofRecord, searchable: searchableSeat(present, said), revision: old.revision + 1 };
  const stamp = { updatedAt: now, updatedBy: by };
  if (Object.keys(ofSeat).length > 0) {
    await tx
      .update(seats)
      .set(ofSeat)
      .where(and(eq(seats.org, org), eq(seats.id, seat.id)))
      .returning({ id: seats.id });
  }
  if (before === undefined) {
    await tx.insert(inventory).values({ ...old, ...row, ...stamp, org, seat: seat.id });
  } else {
    const [moved] = await tx
      .update(inventory)
      .set({ ...row, ...stamp })
      .where(and(eq(inventory.org, org), eq(inventory.seat, seat.id), eq(inventory.revision, old.revision)))
      .returning({ seat: inventory.seat });
    if (moved === undefined) throw overtaken(seat);
  }
  if ('vendors' in ofVendors) {
    await tx
      .delete(seatVendors)
      .where(and(eq(seatVendors.org, org), eq(seatVendors.seat, seat.id)))
      .returning({ seat: seatVendors.seat });
    await insertRows(
      tx,
      'seatVendors',
      wanted.map((vendor) => ({ org, seat: seat.id, vendor })),
    );
  }
  const all: Record<string, unknown> = { ...seat, ...old, ...ofVendors };
  // Guarantee of the cast: columns of seat and record that can be changed hold texts, numbers, lists and texts by name.
  const was = Object.fromEntries(changed.map((name) => [name, all[name] as Json]));
  await tx.insert(seatChanges).values({ org, id: newId(), seat: seat.id, at: now, by, before: was });
  return { seat: present, changed };
}

const overtaken = (seat: Seat) =>
  conflict(`${seat.name} was changed by somebody else in the meantime. Look at it, and change it again.`, {
    hint: `seat record ${seat.key}`,
  });
