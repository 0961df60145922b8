import type { Vendor } from '../../../db/vendors.ts';
import type { Db } from '../../../db/store.ts';
import { UNKNOWN_VENDOR, type VendorRecord, searchableVendor } from '../../domain/vendor.ts';
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
