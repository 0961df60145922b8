import type { Store } from '../../db/store.ts';
import { NO_COUNTS } from '../../src/domain/import/plan.ts';

/** Ids of imports in each state, and the hash of their files. */
export const IMPORTS = {
  sketched: 'import-sketched',
  checking: 'import-checking',
  checked: 'import-checked',
  running: 'import-running',
  hash: 'a'.repeat(64),
} as const;

const ROW = { row: 2, id: '8', values: { name: 'Yard', accountability: 'Sorts' }, extra: {}, notes: [] };

/** Files on their way to becoming seats. */
export async function addImports(store: Store, org: string, by: string, now: number): Promise<void> {
  await store.write(async (tx) => {
    for (const state of ['sketched', 'checking', 'checked', 'running'] as const) {
      const id = IMPORTS[state];
      await tx.insert(tx.t.imports).values({
        org,
        id,
        by,
        state,
        source: 'federal',
        fileName: 'yards.csv',
        fileHash: IMPORTS.hash,
        mappingHash: IMPORTS.hash,
        overwrite: false,
        rows: 1,
        position: 0,
        counts: NO_COUNTS,
        notes: ['Name'],
        createdAt: now,
        endedAt: null,
        fault: null,
      });
      if (state === 'sketched') continue;
      const outcomes = [{ row: 2, outcome: 'create', id: '8', key: 'yard', notes: [], kept: [] }];
      await tx.insert(tx.t.importParts).values({ org, import: id, at: 0, size: 1, rows: [ROW], outcomes });
    }
  });
}
