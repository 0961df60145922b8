import type { InventoryRecord } from '../inventory.ts';
import { HOLDER_KINDS, type HolderKind, type OwnerRole, type RiskTier, type Stage } from '../seat.ts';
import type { ImportField } from './fields.ts';
import type { MappedRow } from './mapping.ts';

/** A field that is different, or would be. */
export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

interface Told {
  /** As a spreadsheet counts. */
  readonly row: number;
  readonly id: string;
  readonly key: string;
  readonly notes: readonly string[];
  /** Texts that are longer than their field. They are counted once for the file. */
  readonly shortened?: readonly string[];
  /** What people changed since the last import, and is therefore left as it is. */
  readonly kept: readonly FieldChange[];
}

/** What becomes of a row, or would. */
export type Outcome =
  | (Told & { readonly outcome: 'create' | 'unchanged' })
  | (Told & { readonly outcome: 'change'; readonly changes: readonly FieldChange[] })
  | { readonly row: number; readonly outcome: 'skip'; readonly why: string; readonly meant: boolean };

export interface ImportCounts {
  readonly create: number;
  readonly change: number;
  readonly unchanged: number;
  /** Left out as meant: empty rows, and what the mapping leaves out. */
  readonly skip: number;
  /** Rows that cannot be taken as they are. */
  readonly fault: number;
  /** Rows with a note. */
  readonly noted: number;
  /** Fields that people changed and that were therefore left alone. */
  readonly kept: number;
}

export const NO_COUNTS: ImportCounts = {
  create: 0,
  change: 0,
  unchanged: 0,
  skip: 0,
  fault: 0,
  noted: 0,
  kept: 0,
};

export function counted(before: ImportCounts, outcomes: readonly Outcome[]): ImportCounts {
  const counts = { ...before };
  for (const one of outcomes) {
    if (one.outcome === 'skip') {
      counts[one.meant ? 'skip' : 'fault'] += 1;
      continue;
    }
    counts[one.outcome] += 1;
    counts.noted += one.notes.length > 0 ? 1 : 0;
    counts.kept += one.kept.length;
  }
  return counts;
}

/** A seat as it is. */
export interface Present {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly accountability: string;
  readonly holder: HolderKind;
  readonly stage: Stage;
  readonly level: number;
  readonly risk: RiskTier;
  readonly parent: string | null;
  readonly channel: string | null;
  readonly record: InventoryRecord;
  /** Vendor ids. */
  readonly vendors: readonly string[];
  /** Person ids of present owners, accepted or not. */
  readonly owners: ReadonlyMap<OwnerRole, string>;
  /** Whether people gave this field its present value. */
  readonly byPeople: (field: string) => boolean;
}

/** What a row says, with everybody and everything that it names found. */
export interface Wanted {
  readonly seat: {
    readonly name?: string;
    readonly accountability?: string;
    readonly holder?: HolderKind;
    readonly level?: number;
    readonly risk?: RiskTier;
    readonly parent?: string;
    readonly channel?: string;
  };
  readonly stage?: Stage;
  readonly record: Partial<InventoryRecord>;
  readonly vendors?: readonly string[];
  readonly owners: ReadonlyMap<OwnerRole, string>;
}

/** What has to be written so that a seat is as wanted. */
export interface Difference {
  readonly seat: Wanted['seat'];
  readonly record: Partial<InventoryRecord>;
  readonly vendors?: readonly string[];
  readonly owners: ReadonlyMap<OwnerRole, string>;
  readonly changes: readonly FieldChange[];
  readonly kept: readonly FieldChange[];
  readonly notes: readonly string[];
}

type SeatKey = keyof Wanted['seat'];

/** Fields of the record, as a mapping calls them. */
const RECORD_FIELDS = {
  use_case: 'useCase',
  users: 'users',
  data_sources: 'dataSources',
  model_class: 'modelClass',
  model_provider: 'modelProvider',
  systems: 'integrations',
  posture: 'posture',
  source: 'source',
} as const satisfies Readonly<Partial<Record<ImportField, keyof InventoryRecord>>>;

/** Of a list or extra, short enough for a report that people read. */
const shown = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join('; ');
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const same = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/**
 * What differs. Empty cells say nothing, so nothing is emptied. What people gave a value since the last import is kept,
 * unless it is to be overwritten; a stage is never moved, since that is somebody's decision.
 */
export function difference(present: Present, wanted: Wanted, overwrite: boolean): Difference {
  const changes: FieldChange[] = [];
  const kept: FieldChange[] = [];
  const notes: string[] = [];
  const differs = (field: string, name: string, before: unknown, after: unknown): boolean => {
    if (same(before, after)) return false;
    const keep = !overwrite && !isEmpty(before) && present.byPeople(name);
    (keep ? kept : changes).push({ field, before: shown(before), after: shown(after) });
    return !keep;
  };
  const seat: Record<string, unknown> = {};
  for (const [name, after] of Object.entries(wanted.seat))
    if (differs(name, name, present[name as SeatKey], after)) seat[name] = after;
  const record: Record<string, unknown> = {};
  for (const [name, after] of Object.entries(wanted.record)) {
    const before = present.record[name as keyof InventoryRecord];
    const merged = name === 'extra' ? { ...(before as object), ...(after as object) } : after;
    if (name === 'extra' ? extraDiffers(before, merged) : differs(fieldName(name), name, before, merged))
      record[name] = merged;
  }
  function extraDiffers(before: unknown, after: unknown): boolean {
    const [old, next] = [before, after] as [Record<string, string>, Record<string, string>];
    const was = (title: string) => (Object.hasOwn(old, title) ? old[title] : undefined);
    const different = Object.keys(next).filter((title) => was(title) !== next[title]);
    if (different.length === 0) return false;
    const keep =
      !overwrite && present.byPeople('extra') && different.some((title) => was(title) !== undefined);
    for (const title of different)
      (keep ? kept : changes).push({ field: title, before: was(title) ?? '', after: next[title]! });
    return !keep;
  }
  const vendors =
    wanted.vendors !== undefined && wanted.vendors.some((id) => !present.vendors.includes(id))
      ? [...new Set([...present.vendors, ...wanted.vendors])]
      : undefined;
  if (vendors !== undefined)
    changes.push({ field: 'vendor', before: shown(present.vendors.length), after: shown(vendors.length) });
  const owners = new Map<OwnerRole, string>();
  for (const [role, person] of wanted.owners) {
    const before = present.owners.get(role);
    if (before === person) continue;
    const change = { field: `owner.${role}`, before: before ?? '', after: person };
    if (before !== undefined && !overwrite) kept.push(change);
    else {
      changes.push(change);
      owners.set(role, person);
    }
  }
  if (wanted.stage !== undefined && wanted.stage !== present.stage)
    notes.push(
      `stage: the file says ${wanted.stage}, the seat is in ${present.stage}. An import moves no seat; “seat move ${present.key} ${wanted.stage}” does.`,
    );
  // Guarantee of the casts: entries of `wanted`.
  return {
    seat: seat,
    record: record,
    ...(vendors === undefined ? {} : { vendors }),
    owners,
    changes,
    kept,
    notes,
  };
}

const FIELD_OF: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(RECORD_FIELDS).map(([field, name]) => [name, field]),
);
const fieldName = (name: string): string => FIELD_OF[name] ?? name;

/** What a row says of the seat and its record themselves; everybody whom it names is looked for elsewhere. */
export function wantedOf({ values, extra }: MappedRow): Pick<Wanted, 'seat' | 'stage' | 'record'> {
  const seat: Record<string, unknown> = {};
  for (const field of SEAT_FIELDS) if (values[field] !== undefined) seat[field] = values[field];
  const record: Record<string, unknown> = {};
  for (const [field, column] of RECORD_COLUMNS)
    if (values[field] !== undefined) record[column] = values[field];
  if (Object.keys(extra).length > 0) record['extra'] = extra;
  // Guarantee of the casts: `valueOf` fits every value to the kind of its field.
  const { stage } = values;
  return stage === undefined ? { seat, record } : { seat, stage: stage as Stage, record };
}

const SEAT_FIELDS = ['name', 'accountability', 'holder', 'level', 'risk'] as const;
/** Guarantee of the cast: these are its entries. */
const RECORD_COLUMNS = Object.entries(RECORD_FIELDS) as [keyof typeof RECORD_FIELDS, string][];

/** What a new seat is where the file does not say. */
export const NEW_SEAT = {
  holder: HOLDER_KINDS[0],
  stage: 'proposed',
  level: 1,
  risk: 'medium',
} as const;
