import { and, eq, inArray } from 'drizzle-orm';
import { insertRows } from '../../../db/bulk.ts';
import { orgById } from '../../../db/orgs.ts';
import type { Seat } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { allVendors } from '../../../db/vendors.ts';
import { DAY } from '../../clock.ts';
import { dayText } from '../../domain/dates.ts';
import { NEW_SEAT } from '../../domain/import/plan.ts';
import type { OwnerRole } from '../../domain/seat.ts';
import { newIds } from '../../ids.ts';
import type { Effects } from '../action.ts';
import { type Writer, changeSeats, createSeats } from '../seat/index.ts';
import { createVendor } from '../vendor/index.ts';
import type { Step } from './look.ts';

interface Writing {
  readonly org: string;
  readonly now: number;
  /** Id of the import. */
  readonly import: string;
  /** The person who imports; null from the command line. */
  readonly by: string | null;
  readonly source: string;
}

type Shown = Pick<Effects<unknown>, 'shows' | 'changed'>;

interface Naming {
  readonly seat: string;
  readonly role: OwnerRole;
  readonly person: string;
  /** Somebody has the role. */
  readonly instead: boolean;
}

/** Writes what was found to be done. What it changes of a seat is kept with the import's name, so the next one knows. */
export async function writeSteps(tx: Db, w: Writing, steps: readonly Step[]): Promise<Shown> {
  const writer: Writer = { org: w.org, now: w.now, by: `import:${w.import}` };
  const vendors = await vendorsOf(tx, writer, steps);
  const vendorIds = (step: { readonly vendor: { readonly key: string } | undefined }) =>
    step.vendor === undefined ? [] : [vendors.get(step.vendor.key)!];
  const creates = steps.filter((step) => step.kind === 'create');
  const changes = steps.filter((step) => step.kind === 'change');
  const channel = creates.length === 0 ? null : ((await orgById(tx, w.org))?.governanceChannel ?? null);
  const made = await createSeats(
    tx,
    writer,
    creates.map(({ key, row, wanted, ...step }) => ({
      ...NEW_SEAT,
      parent: null,
      channel,
      ...wanted.seat,
      // Guarantee of the casts: no row is taken without both.
      name: wanted.seat.name!,
      accountability: wanted.seat.accountability!,
      stage: wanted.stage ?? NEW_SEAT.stage,
      key,
      record: wanted.record,
      vendors: vendorIds(step),
      origin: { importedFrom: w.source, externalId: row.id },
    })),
  );
  await changeSeats(
    tx,
    writer,
    changes.map(({ known, change, row, ...step }) => {
      const behind = [...new Set([...known.present.vendors, ...(change.vendors ?? []), ...vendorIds(step)])];
      return {
        seat: known.seat,
        fields: change.seat,
        record: change.record,
        ...(step.vendor === undefined ? {} : { vendors: behind }),
        ...(known.adopted ? { origin: { importedFrom: w.source, externalId: row.id } } : {}),
      };
    }),
  );
  const namings = [
    ...creates.flatMap(({ wanted }, i) => namingsOf(made[i]!, wanted.owners)),
    ...changes.flatMap(({ known, change }) =>
      namingsOf(known.seat, change.owners).map((one) => ({
        ...one,
        instead: known.present.owners.has(one.role),
      })),
    ),
  ];
  const offered = await nameOwners(tx, w, namings);
  return { ...offered, changed: changes.map(({ known }) => `seat:${known.seat.id}`) };
}

const namingsOf = (seat: Pick<Seat, 'id'>, owners: ReadonlyMap<OwnerRole, string>): Naming[] =>
  [...owners].map(([role, person]) => ({ seat: seat.id, role, person, instead: false }));

/** Names everybody at once. All that somebody is named for on one day stands in one direct message. */
async function nameOwners(tx: Db, w: Writing, namings: readonly Naming[]): Promise<Pick<Shown, 'shows'>> {
  const { owners } = tx.t;
  const ended = namings.filter((one) => one.instead).map((one) => `${one.seat}:${one.role}`);
  if (ended.length > 0) {
    await tx
      .update(owners)
      .set({ endedAt: w.now, present: null })
      .where(and(eq(owners.org, w.org), inArray(owners.present, ended)))
      .returning({ id: owners.id });
  }
  const ids = newIds(namings.length);
  await insertRows(
    tx,
    'owners',
    namings.map(({ seat, role, person }, i) => ({
      org: w.org,
      id: ids[i]!,
      seat,
      role,
      person,
      namedAt: w.now,
      namedBy: w.by,
      acceptedAt: person === w.by ? w.now : null,
      endedAt: null,
      present: `${seat}:${role}`,
    })),
  );
  const day = dayText(Math.floor(w.now / DAY));
  const asked = new Set(namings.map((one) => one.person).filter((person) => person !== w.by));
  return {
    shows: [...asked].map((person) => ({
      key: `offers:${person}:${day}`,
      to: { kind: 'person', id: person },
      view: 'offers',
      args: { person, day },
      subject: `offers:${person}`,
    })),
  };
}

/** Vendor ids by key; those that nobody knows yet are made, and what is known of a vendor is left as it is. */
async function vendorsOf(tx: Db, writer: Writer, steps: readonly Step[]): Promise<Map<string, string>> {
  const wishes = steps.flatMap((step) => (step.kind === 'none' ? [] : (step.vendor ?? [])));
  if (wishes.length === 0) return new Map();
  const ids = new Map((await allVendors(tx, writer.org)).map((vendor) => [vendor.key, vendor.id]));
  for (const { key, name, record } of wishes)
    if (!ids.has(key)) ids.set(key, (await createVendor(tx, writer, { ...record, key, name })).id);
  return ids;
}
