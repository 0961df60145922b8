import type { Instant } from '../../clock.ts';
import type { Db } from '../../../db/store.ts';
import type { HeldRubric } from '../../rubrics/held.ts';

/** The version that came with Coxswain becomes the organisation's own when it is first used: later ones do not touch it. */
export async function keepRubric(tx: Db, org: string, held: HeldRubric, now: Instant): Promise<void> {
  if (held.row !== undefined) return;
  const { key } = held.rubric;
  await tx
    .insert(tx.t.rubrics)
    .values({
      org,
      key,
      version: held.version,
      rubric: held.rubric,
      state: 'adopted',
      proposedAt: now,
      decidedAt: now,
      present: key,
    })
    .onConflictDoNothing()
    .returning({ version: tx.t.rubrics.version });
}
