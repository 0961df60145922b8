import { importFile, lookAtFile } from '../../src/actions/inventory/index.ts';
import type { Ctx } from '../../src/context.ts';
import type { ImportCounts, Outcome } from '../../src/domain/import/plan.ts';
import { type InventoryFile, openInventory } from '../../src/imports/file.ts';

/** A file with its mapping, in memory. */
export const inventoryOf = (csv: string | Uint8Array, mapping: string): Promise<InventoryFile> =>
  openInventory(
    {
      name: 'inventory.csv',
      async *bytes() {
        yield Buffer.from(csv);
      },
    },
    mapping,
  );

export interface Brought {
  readonly counts: ImportCounts;
  readonly outcomes: readonly Outcome[];
}

interface How {
  readonly overwrite?: boolean;
  /** Stop after so many batches, as if the process were killed. */
  readonly batches?: number;
}

async function all(
  steps: ReturnType<typeof importFile>,
  batches = Number.POSITIVE_INFINITY,
): Promise<Brought> {
  let counts: ImportCounts | undefined;
  const outcomes: Outcome[] = [];
  let seen = 0;
  for await (const step of steps) {
    ({ counts } = step);
    outcomes.push(...step.outcomes);
    seen += 1;
    if (seen >= batches) break;
  }
  return { counts: counts!, outcomes };
}

/** Imports it. */
export const bring = (ctx: Ctx, file: InventoryFile, { overwrite = false, batches }: How = {}) =>
  all(importFile(ctx, file, overwrite), batches);

/** Says what it would do. */
export const look = (ctx: Ctx, file: InventoryFile, { overwrite = false }: How = {}) =>
  all(lookAtFile(ctx, file, overwrite));
