import { HOLDER_KINDS, MAX_LEVEL, OWNER_ROLES, RISK_TIERS, STAGES } from '../seat.ts';

/** What a field of a seat takes. */
export type FieldKind =
  | { readonly kind: 'line'; readonly max: number }
  /** Line breaks are kept. */
  | { readonly kind: 'text'; readonly max: number }
  | { readonly kind: 'list'; readonly max: number; readonly most: number }
  | { readonly kind: 'one of'; readonly values: readonly string[] }
  | { readonly kind: 'number'; readonly from: number; readonly to: number }
  /** Of any length: letters and digits of its beginning make the key. */
  | { readonly kind: 'key' }
  /** An address, a name, or `me`. */
  | { readonly kind: 'person' }
  /** Key of another seat, which may stand further down in the same file. */
  | { readonly kind: 'seat' }
  | { readonly kind: 'channel' };

const line = (max: number): FieldKind => ({ kind: 'line', max });
const text = (max: number): FieldKind => ({ kind: 'text', max });
const list: FieldKind = { kind: 'list', max: 200, most: 50 };

/** Everything that a mapping can fill, in the order in which it is shown. */
export const IMPORT_FIELDS = {
  key: { kind: 'key' },
  name: line(80),
  accountability: line(300),
  holder: { kind: 'one of', values: HOLDER_KINDS },
  stage: { kind: 'one of', values: STAGES },
  level: { kind: 'number', from: 1, to: MAX_LEVEL },
  risk: { kind: 'one of', values: RISK_TIERS },
  parent: { kind: 'seat' },
  channel: { kind: 'channel' },
  use_case: text(4000),
  users: text(2000),
  data_sources: list,
  model_class: line(200),
  model_provider: line(200),
  systems: list,
  posture: text(2000),
  source: text(500),
  vendor: line(120),
  'vendor.sla': text(2000),
  'vendor.terms': text(2000),
  'vendor.residency': text(2000),
  'vendor.rate_limits': text(2000),
  'vendor.cost': text(2000),
  'vendor.switching': text(2000),
  'vendor.contact': line(300),
  ...(Object.fromEntries(OWNER_ROLES.map((role) => [`owner.${role}`, { kind: 'person' }])) as Record<
    `owner.${(typeof OWNER_ROLES)[number]}`,
    FieldKind
  >),
} as const satisfies Readonly<Record<string, FieldKind>>;

export type ImportField = keyof typeof IMPORT_FIELDS;

/** Guarantee of the cast: these are its keys. */
export const FIELD_NAMES = Object.keys(IMPORT_FIELDS) as ImportField[];

export const kindOf = (field: ImportField): FieldKind => IMPORT_FIELDS[field];

/** Without these a seat cannot be made. */
export const NEEDED_FIELDS: readonly ImportField[] = ['name', 'accountability'];
