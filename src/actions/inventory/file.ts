import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Ctx } from '../../context.ts';
import { type ImportCounts, NO_COUNTS, type Outcome, counted } from '../../domain/import/plan.ts';
import { type InventoryFile, inBatches } from '../../imports/file.ts';
import { perform } from '../perform.ts';
import { beginImport } from './begin.ts';
import { type Looking, lookAtRows } from './look.ts';
import { parentsOf } from './parents.ts';
import { finderOf } from './people.ts';
import { BATCH, importSomeRows } from './rows.ts';

/** How far it is, and what became of the rows since the last time this was said. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly counts: ImportCounts;
  readonly outcomes: readonly Outcome[];
}

const meOf = (ctx: Ctx): string | undefined => (ctx.actor.kind === 'person' ? ctx.actor.person : undefined);

/** What an import would do, a few hundred rows at a time. Nothing is changed. */
export async function* lookAtFile(
  ctx: Ctx,
  file: InventoryFile,
  overwrite: boolean,
): AsyncGenerator<Progress> {
  const db = ctx.store.read;
  const looking: Looking = {
    source: file.source,
    byKey: file.byKey,
    overwrite,
    planned: new Set(),
    finder: finderOf(db, ctx.org, meOf(ctx)),
    parents: parentsOf(db, ctx.org, file.source),
  };
  let done = 0;
  let counts = NO_COUNTS;
  for await (const rows of inBatches(file.rows(), BATCH)) {
    const steps = await lookAtRows(db, ctx.org, looking, rows);
    const outcomes = steps.map((step) => step.outcome);
    done += rows.length;
    counts = counted(counts, outcomes);
    yield { done, total: file.total, counts, outcomes };
    await nextTurn();
  }
  if (done === 0) yield { done, total: 0, counts, outcomes: [] };
}

/**
 * Imports a file, each batch an action of its own. Stopped, the same call goes on where it was; the rows before are not
 * told again.
 */
export async function* importFile(
  ctx: Ctx,
  file: InventoryFile,
  overwrite: boolean,
): AsyncGenerator<Progress> {
  const begun = await perform(ctx, beginImport, {
    source: file.source,
    fileName: file.name,
    fileHash: file.fileHash,
    mappingHash: file.mappingHash,
    overwrite,
    rows: file.total,
    notes: file.notes.slice(0, 100),
  });
  // Guarantee of the cast: `beginImport` answers with the counts of the row.
  let counts = begun.counts as unknown as ImportCounts;
  let at = begun.position;
  const all = file.total + file.withParent;
  const total = file.total;
  if (at > 0) yield { done: Math.min(at, total), total, counts, outcomes: [] };
  const about = { import: begun.id, byKey: file.byKey };
  if (all === 0) {
    await perform(ctx, importSomeRows, { ...about, from: 0, rows: [], last: true });
    yield { done: 0, total, counts, outcomes: [] };
  }
  const passes = [
    { parts: file.rows(), skip: Math.min(at, total), again: false },
    { parts: file.rowsWithParent(), skip: Math.max(0, at - total), again: true },
  ];
  for (const { parts, skip, again } of passes) {
    for await (const rows of inBatches(parts, BATCH, skip)) {
      const last = at + rows.length === all;
      const input = { ...about, from: at, rows, again, last };
      const { outcomes, counts: now } = await perform(ctx, importSomeRows, input);
      at += rows.length;
      // Guarantee of the casts: `importSomeRows` answers with outcomes and counts.
      counts = now;
      const told = outcomes as unknown as readonly Outcome[];
      yield { done: Math.min(at, total), total, counts, outcomes: again ? told.filter(isUnsettled) : told };
      await nextTurn();
    }
  }
}

/** In the second look at the rows with a seat above, only what could not be found is news. */
const isUnsettled = (one: Outcome): boolean =>
  one.outcome !== 'skip' && one.notes.some((note) => note.startsWith('parent: '));
