import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Outcome } from '../src/domain/import/plan.ts';
import type { JsonObject } from '../src/ui/card.ts';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type ImportPart = Tables['importParts']['$inferSelect'];
export type Import = Tables['imports']['$inferSelect'];

export async function importById(db: Db, org: string, id: string): Promise<Import | undefined> {
  const { imports } = db.t;
  const [row] = await db
    .select()
    .from(imports)
    .where(and(eq(imports.org, org), eq(imports.id, id)));
  return row;
}

/** The same file with the same mapping, stopped on its way. */
export async function openImport(
  db: Db,
  org: string,
  same: Pick<Import, 'fileHash' | 'mappingHash' | 'overwrite'>,
): Promise<Import | undefined> {
  const { imports } = db.t;
  const [row] = await db
    .select()
    .from(imports)
    .where(
      and(
        eq(imports.org, org),
        eq(imports.fileHash, same.fileHash),
        eq(imports.mappingHash, same.mappingHash),
        eq(imports.overwrite, same.overwrite),
        eq(imports.state, 'running'),
      ),
    )
    .orderBy(desc(imports.createdAt))
    .limit(1);
  return row;
}

/** Moves an import on from the place and state where it was seen; undefined when it is not there any more. */
export async function moveImport(
  tx: Db,
  org: string,
  id: string,
  seen: Pick<Import, 'state' | 'position'>,
  to: Partial<Pick<Import, 'state' | 'position' | 'counts' | 'endedAt' | 'fault'>>,
): Promise<Import | undefined> {
  const { imports } = tx.t;
  const [row] = await tx
    .update(imports)
    .set(to)
    .where(
      and(
        eq(imports.org, org),
        eq(imports.id, id),
        eq(imports.state, seen.state),
        eq(imports.position, seen.position),
      ),
    )
    .returning();
  return row;
}

const ofIds = prepared('seats_of_external_ids', (db, p: Places<'org' | 'from' | 'ids'>) => {
  const { inventory } = db.t;
  return db
    .select({ seat: inventory.seat, id: inventory.externalId })
    .from(inventory)
    .where(
      and(
        eq(inventory.org, p.org),
        eq(inventory.importedFrom, p.from),
        among(db, inventory.externalId, p.ids),
      ),
    );
});

/** Seat ids by the name that the inventory `from` has for them. */
export async function seatsOfExternalIds(
  db: Db,
  org: string,
  from: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ofIds(db, { org, from, ids: list(db, ids) });
  return new Map(rows.map(({ seat, id }) => [id!, seat]));
}

const takenOf = prepared('seat_keys_taken', (db, p: Places<'org' | 'keys'>) => {
  const { seats } = db.t;
  return db
    .select({ key: seats.key })
    .from(seats)
    .where(and(eq(seats.org, p.org), among(db, seats.key, p.keys)));
});

/** Those of the keys that seats have. */
export async function keysTaken(db: Db, org: string, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await takenOf(db, { org, keys: list(db, keys) });
  return new Set(rows.map(({ key }) => key));
}

const changesOf = prepared('changes_of_seats', (db, p: Places<'org' | 'seats'>) => {
  const { seatChanges: t } = db.t;
  return db
    .select({ seat: t.seat, by: t.by, before: t.before })
    .from(t)
    .where(and(eq(t.org, p.org), among(db, t.seat, p.seats)))
    .orderBy(asc(t.at), asc(t.id));
});

/** Every change of these seats and their records, oldest first. */
export const changesOfSeats = (db: Db, org: string, seats: readonly string[]) =>
  seats.length === 0 ? Promise.resolve([]) : changesOf(db, { org, seats: list(db, seats) });

export async function importPart(
  db: Db,
  org: string,
  id: string,
  at: number,
): Promise<ImportPart | undefined> {
  const { importParts: t } = db.t;
  const [row] = await db
    .select()
    .from(t)
    .where(and(eq(t.org, org), eq(t.import, id), eq(t.at, at)));
  return row;
}

/** What became of the rows of an import, part by part in their order. */
export async function importOutcomes(
  db: Db,
  org: string,
  id: string,
): Promise<{ readonly at: number; readonly outcomes: readonly Outcome[] }[]> {
  const { importParts: t } = db.t;
  const rows = await db
    .select({ at: t.at, outcomes: t.outcomes })
    .from(t)
    .where(and(eq(t.org, org), eq(t.import, id)))
    .orderBy(asc(t.at));
  // Guarantee of the cast: `keepOutcomes` is what fills them.
  return rows.map(({ at, outcomes }) => ({ at, outcomes: (outcomes ?? []) as unknown as Outcome[] }));
}

/** Keeps what became of the rows of a part. */
export async function keepOutcomes(
  tx: Db,
  org: string,
  id: string,
  at: number,
  outcomes: readonly Outcome[],
): Promise<void> {
  const { importParts: t } = tx.t;
  await tx
    .update(t)
    // Guarantee of the cast: outcomes are plain data.
    .set({ outcomes: outcomes as unknown as JsonObject[] })
    .where(and(eq(t.org, org), eq(t.import, id), eq(t.at, at)))
    .returning({ at: t.at });
}

/** The rows of an import that has ended are not needed any more. */
export async function forgetRows(tx: Db, org: string, id: string): Promise<void> {
  const { importParts: t } = tx.t;
  await tx
    .update(t)
    .set({ rows: [] })
    .where(and(eq(t.org, org), eq(t.import, id)))
    .returning({ at: t.at });
}

/** Imports of chat that ended, or were left lying, before this instant, and still keep parts. */
export async function oldImports(db: Db, org: string, before: number, limit: number): Promise<string[]> {
  const { imports, importParts } = db.t;
  const rows = await db
    .selectDistinct({ id: imports.id })
    .from(imports)
    .innerJoin(importParts, and(eq(importParts.org, imports.org), eq(importParts.import, imports.id)))
    .where(
      and(
        eq(imports.org, org),
        lt(imports.createdAt, before),
        inArray(imports.state, ['checking', 'checked', 'done', 'failed', 'cancelled']),
      ),
    )
    .limit(limit);
  return rows.map(({ id }) => id);
}

export async function dropParts(tx: Db, org: string, id: string): Promise<void> {
  const { importParts: t } = tx.t;
  await tx
    .delete(t)
    .where(and(eq(t.org, org), eq(t.import, id)))
    .returning({ at: t.at });
}
