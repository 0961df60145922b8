import { type Import, importById } from '../../../db/imports.ts';
import type { Db } from '../../../db/store.ts';
import { notFound } from '../../errors.ts';

/** Throws not_found for an import that is not there. */
export async function needImport(tx: Db, org: string, id: string): Promise<Import> {
  const found = await importById(tx, org, id);
  if (found === undefined)
    throw notFound('This import is no longer there. Give the file again.', { hint: 'seat import' });
  return found;
}

/** Why nothing can be decided about an import any more, or yet. */
export const SAYS: Readonly<Record<Import['state'], string>> = {
  sketched: 'It has no mapping yet. Give the file with one.',
  checking: 'It is still being looked at.',
  checked: 'It was looked at, and waits.',
  running: 'It is being imported already.',
  done: 'It was imported already.',
  failed: 'It failed. Give the file again.',
  cancelled: 'It was cancelled. Give the file again.',
};
