import { oldImports } from '../../../db/imports.ts';
import type { Db } from '../../../db/store.ts';
import { DAY } from '../../clock.ts';
import type { FollowUp } from '../action.ts';

/** So long the rows of a file from chat are kept, and what became of them. */
const IMPORT_DAYS = 30;

/** A nightly duty: forgets the rows of imports that are old. */
export async function forgetOldImports(tx: Db, org: string, night: number): Promise<FollowUp[]> {
  const old = await oldImports(tx, org, night - IMPORT_DAYS * DAY, 100);
  return old.map((id) => ({
    action: 'inventory.forget',
    input: { import: id },
    key: `import:${id}:forget`,
  }));
}
