import { setImmediate as nextTurn } from 'node:timers/promises';
import { allVendors } from '../../../db/vendors.ts';
import type { Db } from '../../../db/store.ts';
import type { ImportField } from '../../domain/import/fields.ts';
import type { MappedRow, SkippedRow } from '../../domain/import/mapping.ts';
import {
  type Difference,
  type Outcome,
  type Wanted,
  difference,
  wantedOf,
} from '../../domain/import/plan.ts';
import { OWNER_ROLES, type OwnerRole, slug } from '../../domain/seat.ts';
import type { VendorRecord } from '../../domain/vendor.ts';
import { freeKeys } from './keys.ts';
import type { Parents } from './parents.ts';
import type { Finder } from './people.ts';
import { type FoundBy, type Known, knownSeats } from './present.ts';

/** How a file is imported, and what is known from earlier rows of the same file. */
export interface Looking extends FoundBy {
  readonly overwrite: boolean;
  readonly finder: Finder;
  readonly parents: Parents;
  /** Keys that are spoken for by earlier rows which are not stored. */
  readonly planned: Set<string>;
}

/** A vendor that a row names: one that is there, or one to be made. */
export interface VendorWish {
  readonly key: string;
  readonly name: string;
  readonly record: Partial<VendorRecord>;
}

/** What has to be written for a row. */
export type Step =
  | { readonly kind: 'none'; readonly outcome: Outcome }
  | {
      readonly kind: 'create';
      readonly row: MappedRow;
      readonly key: string;
      readonly wanted: Wanted;
      readonly vendor: VendorWish | undefined;
      readonly outcome: Outcome;
    }
  | {
      readonly kind: 'change';
      readonly row: MappedRow;
      readonly known: Known;
      readonly change: Difference;
      readonly vendor: VendorWish | undefined;
      readonly outcome: Outcome;
    };

/** So many rows are looked at before others get a turn of the event loop. */
const TURN = 100;

/** What would become of rows, in their order. Reads, and changes nothing. */
export async function lookAtRows(
  db: Db,
  org: string,
  looking: Looking,
  rows: readonly (MappedRow | SkippedRow)[],
): Promise<readonly Step[]> {
  const mapped = rows.filter((row) => 'values' in row);
  const known = await knownSeats(db, org, looking, mapped);
  const fresh = mapped.filter((row) => known.of(row) === undefined);
  const keys = await freeKeys(
    db,
    org,
    fresh.map((row) => ({ id: row.id, text: String(row.values.key ?? row.values.name) })),
    looking.planned,
  );
  const keyOf = new Map(fresh.map((row, i) => [row, keys[i]!]));
  const vendors = await vendorsByKey(db, org, mapped);
  const stepOf = async (row: MappedRow | SkippedRow): Promise<Step> => {
    if (!('values' in row)) return { kind: 'none', outcome: { ...row, outcome: 'skip' } };
    const found = known.of(row);
    if (found === 'hidden') {
      const why = 'You may not see the seat that it is about.';
      return { kind: 'none', outcome: { row: row.row, outcome: 'skip', why, meant: false } };
    }
    const notes = [...row.notes];
    const vendor = vendorOf(row);
    const wanted = await everything(row, looking, notes, found?.seat.id);
    if (found === undefined) return creation(row, keyOf.get(row)!, wanted, vendor, notes);
    const step = changing(row, found, wanted, vendor, vendors, notes, looking.overwrite);
    const parent = step.kind === 'change' ? step.change.seat.parent : undefined;
    if (parent !== undefined) looking.parents.plan(found.seat.id, parent);
    return step;
  };
  const isRefused = (row: MappedRow | SkippedRow): boolean => {
    const found = 'values' in row ? known.of(row) : undefined;
    return found !== undefined && found !== 'hidden' && looking.parents.refused.has(found.seat.id);
  };
  const steps: Step[] = [];
  for (const row of rows) {
    if (steps.length % TURN === 0) await nextTurn();
    steps.push(await stepOf(row));
  }
  // A row further down may have moved what was in the way: a line of seats that is turned round.
  for (let left = rows.filter(isRefused), before = Infinity; left.length > 0 && left.length < before;) {
    before = left.length;
    for (const row of left) steps[rows.indexOf(row)] = await stepOf(row);
    left = left.filter(isRefused);
  }
  return steps;
}

const shortenedIn = ({ shortened }: MappedRow): { readonly shortened?: readonly string[] } =>
  shortened === undefined ? {} : { shortened };

function creation(
  row: MappedRow,
  key: string,
  wanted: Wanted,
  vendor: VendorWish | undefined,
  notes: readonly string[],
): Step {
  const told = { row: row.row, id: row.id, key, notes, kept: [], ...shortenedIn(row) };
  return { kind: 'create', row, key, wanted, vendor, outcome: { ...told, outcome: 'create' } };
}

function changing(
  row: MappedRow,
  known: Known,
  wanted: Wanted,
  vendor: VendorWish | undefined,
  vendors: ReadonlyMap<string, string>,
  notes: readonly string[],
  overwrite: boolean,
): Step {
  const id = vendor && vendors.get(vendor.key);
  const behind = id === undefined ? {} : { vendors: [id] };
  const change = difference(known.present, { ...wanted, ...behind }, overwrite);
  const named = vendor !== undefined && id === undefined;
  const changes = [
    ...change.changes,
    ...(named ? [{ field: 'vendor', before: '', after: vendor.name }] : []),
    ...(known.adopted ? [{ field: 'inventory', before: '', after: row.id }] : []),
  ];
  const told = {
    row: row.row,
    id: row.id,
    key: known.seat.key,
    notes: [...notes, ...change.notes],
    kept: change.kept,
    ...shortenedIn(row),
  };
  if (changes.length === 0) return { kind: 'none', outcome: { ...told, outcome: 'unchanged' } };
  return { kind: 'change', row, known, change, vendor, outcome: { ...told, outcome: 'change', changes } };
}

const OWNER_FIELDS = OWNER_ROLES.map((role) => ({ role, field: `owner.${role}` as const }));

/** With the people, the channel and the seat above that a row names; whom nobody knows is told in `notes`. */
async function everything(
  row: MappedRow,
  { finder, parents }: Looking,
  notes: string[],
  seat: string | undefined,
): Promise<Wanted> {
  const { values } = row;
  const owners = new Map<OwnerRole, string>();
  for (const { role, field } of OWNER_FIELDS) {
    const text = values[field];
    if (text === undefined) continue;
    const found = await finder.person(String(text));
    if ('id' in found) owners.set(role, found.id);
    else notes.push(`${field}: ${found.say}; the role stays vacant.`);
  }
  const channel = values.channel === undefined ? undefined : await finder.channel(String(values.channel));
  if (channel !== undefined && 'say' in channel) notes.push(`channel: ${channel.say}.`);
  const above = values.parent === undefined ? undefined : await parents.of(String(values.parent), seat);
  if (above !== undefined && 'say' in above && row.parentFollows !== true)
    notes.push(`parent: ${above.say}.`);
  const said = wantedOf(row);
  if (channel === undefined && above === undefined) return { ...said, owners };
  return {
    ...said,
    seat: {
      ...said.seat,
      ...(channel !== undefined && 'id' in channel ? { channel: channel.id } : {}),
      ...(above !== undefined && 'id' in above ? { parent: above.id } : {}),
    },
    owners,
  };
}

const VENDOR_TEXTS = {
  'vendor.sla': 'sla',
  'vendor.terms': 'terms',
  'vendor.residency': 'residency',
  'vendor.rate_limits': 'rateLimits',
  'vendor.cost': 'cost',
  'vendor.switching': 'switching',
  'vendor.contact': 'contact',
} as const satisfies Readonly<Partial<Record<ImportField, keyof VendorRecord>>>;

function vendorOf({ values }: MappedRow): VendorWish | undefined {
  if (values.vendor === undefined) return undefined;
  const name = String(values.vendor);
  const key = slug(name);
  if (key === '') return undefined;
  const record: Record<string, string> = {};
  for (const [field, column] of Object.entries(VENDOR_TEXTS)) {
    const value = values[field as ImportField];
    if (value !== undefined) record[column] = String(value);
  }
  return { key, name, record };
}

/** Vendor ids by key, where any row names one. */
async function vendorsByKey(
  db: Db,
  org: string,
  rows: readonly MappedRow[],
): Promise<ReadonlyMap<string, string>> {
  if (rows.every((row) => row.values.vendor === undefined)) return new Map();
  return new Map((await allVendors(db, org)).map((vendor) => [vendor.key, vendor.id]));
}
