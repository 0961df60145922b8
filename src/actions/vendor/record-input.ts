import { z } from 'zod';
import { MOST_VENDOR_TEXT, VENDOR_FIELDS, VENDOR_KEYS, type VendorRecord } from '../../domain/vendor.ts';

/**
 * What may be said of a vendor: any of its texts; empty means that nothing is said any more. Guarantee of the cast: one
 * schema for each key.
 */
export const vendorInput = z.object(
  Object.fromEntries(
    VENDOR_KEYS.map((key) => [
      key,
      z
        .string()
        .trim()
        .max(
          MOST_VENDOR_TEXT,
          `Please keep ${VENDOR_FIELDS[key].asks} within ${MOST_VENDOR_TEXT} characters.`,
        )
        .transform((text) => (text === '' ? null : text))
        .optional(),
    ]),
  ),
) as unknown as z.ZodType<Partial<VendorRecord>>;
