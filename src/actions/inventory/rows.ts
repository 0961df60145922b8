import { z } from 'zod';
import { importById, moveImport } from '../../../db/imports.ts';
import type { Db } from '../../../db/store.ts';
import type { MappedRow, SkippedRow } from '../../domain/import/mapping.ts';
import { type ImportCounts, type Outcome, counted } from '../../domain/import/plan.ts';
import { conflict, notFound } from '../../errors.ts';
import { sha256 } from '../../ids.ts';
import { type Effects, defineAction } from '../action.ts';
import { type Step, lookAtRows } from './look.ts';
import { mayImport } from './may.ts';
import { parentsOf } from './parents.ts';
import { finderOf } from './people.ts';
import { writeSteps } from './write.ts';

/** Rows of one transaction: few enough that others get their turn soon. */
export const BATCH = 500;

/** Guarantee of the cast: rows come from `mapRows`, which fits every value to the kind of its field. */
export const isRow = (row: unknown): boolean =>
  typeof row === 'object' && row !== null && 'row' in row && ('values' in row || 'why' in row);

const input = z.object({
  import: z.string(),
  /** How many rows were worked through before. */
  from: z.number().int().min(0),
  rows: z.array(z.custom<MappedRow | SkippedRow>(isRow)).max(BATCH),
  byKey: z.boolean(),
  /** Rows whose seat above stands further down: they were counted already. */
  again: z.boolean().default(false),
  last: z.boolean(),
});

interface RowsDone {
  readonly import: string;
  readonly source: string;
  readonly overwrite: boolean;
  readonly byKey: boolean;
}

/** What a batch did, and to whom it has to be told. */
export async function importRows(
  tx: Db,
  scope: { readonly org: string; readonly now: number; readonly by: string | null },
  how: RowsDone,
  rows: readonly (MappedRow | SkippedRow)[],
): Promise<{ readonly outcomes: readonly Outcome[] } & Pick<Effects<unknown>, 'shows' | 'changed'>> {
  const { org, now, by } = scope;
  const looking = {
    source: how.source,
    byKey: how.byKey,
    overwrite: how.overwrite,
    finder: finderOf(tx, org, by ?? undefined),
    parents: parentsOf(tx, org, how.source),
    planned: new Set<string>(),
  };
  const steps: readonly Step[] = await lookAtRows(tx, org, looking, rows);
  const written = await writeSteps(tx, { org, now, import: how.import, by, source: how.source }, steps);
  return { outcomes: steps.map((step) => step.outcome), ...written };
}

/** Imports some rows of a file, those that follow on what was imported before. */
export const importSomeRows = defineAction({
  name: 'inventory.rows',
  input,
  allow: mayImport,
  async run({ tx, org, now, input, person }) {
    const { from, rows, byKey, again, last } = input;
    const before = await importById(tx, org, input.import);
    if (before === undefined) throw notFound('There is no such import.');
    if (before.state !== 'running' || before.position !== from) throw overtaken();
    const { source, overwrite } = before;
    const how = { import: before.id, source, overwrite, byKey };
    const { outcomes, ...written } = await importRows(tx, { org, now, by: person?.id ?? null }, how, rows);
    const counts = again ? before.counts : counted(before.counts, outcomes);
    const moved = await moveImport(tx, org, before.id, before, {
      position: from + rows.length,
      counts,
      ...(last ? { state: 'done', endedAt: now } : {}),
    });
    if (moved === undefined) throw overtaken();
    return {
      result: { outcomes: outcomes.map(asJson), counts: { ...counts } },
      audit: {
        subject: `import:${before.id}`,
        facts: { from, rows: rows.length, ...batchCounts(outcomes), hash: hashOf(rows) },
      },
      ...written,
    };
  },
});

const overtaken = () =>
  conflict('Somebody else imports this file at the same moment. Look again when that has ended.');

const hashOf = (rows: readonly unknown[]): string => sha256(JSON.stringify(rows));

const batchCounts = (outcomes: readonly Outcome[]): ImportCounts & Record<string, number> => ({
  ...counted({ create: 0, change: 0, unchanged: 0, skip: 0, fault: 0, noted: 0, kept: 0 }, outcomes),
});

/** Guarantee of the cast: outcomes are plain data. */
const asJson = (outcome: Outcome): Record<string, never> => outcome as unknown as Record<string, never>;
