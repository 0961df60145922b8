import { and, eq } from 'drizzle-orm';
import type { Vendor } from '../../../db/vendors.ts';
import type { Db } from '../../../db/store.ts';
import { UNKNOWN_VENDOR, type VendorKey, type VendorRecord, searchableVendor } from '../../domain/vendor.ts';
import { conflict } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Writer } from '../seat/index.ts';

/** Stores a new vendor. What was typed is checked before, and its key is free. */
export async function createVendor(
  tx: Db,
  { org, now, by }: Writer,
  draft: Partial<VendorRecord> & { readonly key: string; readonly name: string },
): Promise<Vendor> {
  const vendor: Vendor = {
    ...UNKNOWN_VENDOR,
    ...draft,
    org,
    id: newId(),
    reviewedAt: null,
    reviewedBy: null,
    endedAt: null,
    searchable: searchableVendor(draft),
    revision: 1,
    createdAt: now,
    createdBy: by,
  };
  await tx.insert(tx.t.vendors).values(vendor);
  return vendor;
}

type VendorFields = Pick<Vendor, VendorKey | 'name' | 'reviewedAt' | 'reviewedBy' | 'endedAt'>;

/**
 * Changes a vendor and keeps what was known before. Returns the names of the fields that are different now. Throws
 * conflict when somebody else changed it at the same moment, or since the revision `seen`.
 */
export async function changeVendor(
  tx: Db,
  { org, now, by }: Writer,
  vendor: Vendor,
  given: Partial<VendorFields>,
  seen = vendor.revision,
): Promise<readonly string[]> {
  const { vendors, vendorChanges } = tx.t;
  const entries = Object.entries(given).filter(([key, value]) => value !== vendor[key as keyof VendorFields]);
  const changed = entries.map(([key]) => key);
  if (changed.length === 0) return [];
  const present = { ...vendor, ...given };
  const [moved] = await tx
    .update(vendors)
    .set({
      ...Object.fromEntries(entries),
      searchable: searchableVendor(present),
      revision: vendor.revision + 1,
    })
    .where(and(eq(vendors.org, org), eq(vendors.id, vendor.id), eq(vendors.revision, seen)))
    .returning({ id: vendors.id });
  if (moved === undefined) {
    throw conflict(
      `${vendor.name} was changed by somebody else in the meantime. Look, and change it again.`,
      {
        hint: `vendor show ${vendor.key}`,
      },
    );
  }
  const before = Object.fromEntries(changed.map((key) => [key, vendor[key as keyof VendorFields]]));
  await tx.insert(vendorChanges).values({ org, id: newId(), vendor: vendor.id, at: now, by, before });
  return changed;
}
