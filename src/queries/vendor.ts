import { orgById } from '../../db/orgs.ts';
import { peopleByIds } from '../../db/people.ts';
import { seatsByIds } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import {
  type Vendor,
  allVendors,
  countSeatsOfVendors,
  seatsOfVendor,
  vendorChangesOf,
} from '../../db/vendors.ts';

export type { Vendor };

/** Changes that a vendor's card names. */
const SHOWN_CHANGES = 5;

export interface VendorView {
  readonly vendor: Vendor;
  readonly zone: string;
  /** Keys of the seats behind which it stands. */
  readonly seats: readonly string[];
  readonly reviewer: string | undefined;
  readonly changes: Awaited<ReturnType<typeof vendorChangesOf>>;
}

export async function loadVendor(db: Db, org: string, vendor: Vendor): Promise<VendorView> {
  const [found, ids, changes, people] = await Promise.all([
    orgById(db, org),
    seatsOfVendor(db, org, vendor.id),
    vendorChangesOf(db, org, vendor.id, SHOWN_CHANGES),
    peopleByIds(db, org, vendor.reviewedBy === null ? [] : [vendor.reviewedBy]),
  ]);
  const seats = await seatsByIds(db, org, ids);
  return {
    vendor,
    zone: found!.zone,
    seats: [...seats.values()].map((seat) => seat.key).toSorted(),
    reviewer: vendor.reviewedBy === null ? undefined : people.get(vendor.reviewedBy)?.name,
    changes,
  };
}

export interface VendorLine {
  readonly vendor: Vendor;
  readonly seats: number;
}

/** Every vendor that is one, by key. */
export async function loadVendorLines(db: Db, org: string): Promise<VendorLine[]> {
  const [vendors, counts] = await Promise.all([allVendors(db, org), countSeatsOfVendors(db, org)]);
  return vendors
    .filter((vendor) => vendor.endedAt === null)
    .map((vendor) => ({ vendor, seats: counts.get(vendor.id) ?? 0 }));
}

/** Every vendor that is one, as a choice for a form. */
export async function vendorOptions(db: Db, org: string): Promise<{ value: string; label: string }[]> {
  const vendors = (await allVendors(db, org)).filter((vendor) => vendor.endedAt === null);
  return vendors.map(({ key, name }) => ({ value: key, label: `${key} · ${name}` }));
}
