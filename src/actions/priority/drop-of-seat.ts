import { and, eq } from 'drizzle-orm';
import type { Db } from '../../../db/store.ts';

interface Drop {
  readonly org: string;
  readonly now: number;
  /** Id of the seat. */
  readonly seat: string;
  readonly note: string;
}

/** Gives up every open priority of a seat. Returns their names. */
export async function dropPrioritiesOf(tx: Db, { org, now, seat, note }: Drop): Promise<string[]> {
  const { priorities } = tx.t;
  const dropped = await tx
    .update(priorities)
    .set({ state: 'dropped', endedAt: now, note, place: null })
    .where(and(eq(priorities.org, org), eq(priorities.seat, seat), eq(priorities.state, 'open')))
    .returning({ ref: priorities.ref });
  return dropped.map((row) => row.ref).toSorted();
}
