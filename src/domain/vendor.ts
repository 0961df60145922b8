import { fold } from './fold.ts';

/** What is known of a vendor, each in words; `null`: not said. */
export interface VendorRecord {
  /** Service level of its interface. */
  readonly sla: string | null;
  /** Data-processing terms. */
  readonly terms: string | null;
  readonly residency: string | null;
  readonly rateLimits: string | null;
  /** What it costs at real scale. */
  readonly cost: string | null;
  /** How to switch to another one. */
  readonly switching: string | null;
  readonly contact: string | null;
}

export type VendorKey = keyof VendorRecord;

/** In the order in which people read them; `asks` continues “Please give”. */
export const VENDOR_FIELDS: Readonly<Record<VendorKey, { readonly title: string; readonly asks: string }>> = {
  sla: { title: 'Service level', asks: 'the service level' },
  terms: { title: 'Data-processing terms', asks: 'the data-processing terms' },
  residency: { title: 'Data residency', asks: 'where the data stay' },
  rateLimits: { title: 'Rate limits', asks: 'the rate limits' },
  cost: { title: 'Cost at scale', asks: 'what it costs at scale' },
  switching: { title: 'How to switch', asks: 'how to switch to another one' },
  contact: { title: 'Contact', asks: 'whom to ask there' },
};

/** Guarantee of the cast: an object literal of exactly these keys. */
export const VENDOR_KEYS = Object.keys(VENDOR_FIELDS) as readonly VendorKey[];

export const UNKNOWN_VENDOR: VendorRecord = {
  sla: null,
  terms: null,
  residency: null,
  rateLimits: null,
  cost: null,
  switching: null,
  contact: null,
};

/** Characters of each text. */
export const MOST_VENDOR_TEXT = 3000;

export const missingOfVendor = (vendor: VendorRecord): readonly VendorKey[] =>
  VENDOR_KEYS.filter((key) => (vendor[key]?.length ?? 0) === 0);

/** What a search looks at, folded. */
export const searchableVendor = (vendor: { readonly key: string; readonly name: string }): string =>
  fold(`${vendor.key}\n${vendor.name}`);
