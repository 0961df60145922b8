import { resultFor } from '../../../db/work.ts';
import type { Ctx } from '../../context.ts';
import { notFound } from '../../errors.ts';
import type { Checked } from './check.ts';

/** The key under which the runner keeps what a checked file would do. */
export const importKey = (id: string): string => `import:${id}`;

/**
 * A file that this person had checked. Throws not_found for anybody else's, and when it was forgotten. Guarantee of
 * the cast: only `import.check` keeps results under such a key.
 */
export async function keptImport(ctx: Ctx, id: string): Promise<Checked> {
  const kept = await resultFor(ctx.store.read, ctx.org, importKey(id));
  const checked = kept?.action === 'import.check' ? (kept.result as unknown as Checked) : undefined;
  const me = ctx.actor.kind === 'person' ? ctx.actor.person : undefined;
  if (checked !== undefined && checked.by === me) return checked;
  throw notFound('This preview is no longer there. Give the file again.', { hint: 'log csv' });
}
