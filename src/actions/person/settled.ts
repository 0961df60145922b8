import { and, eq } from 'drizzle-orm';
import type { Db } from '../../../db/store.ts';

/** Messages about whether somebody has one account only. */
export const singleSubject = (person: string): string => `single:${person}`;

/** From now on nobody doubts it. */
export async function confirm(tx: Db, org: string, person: string, by: string, now: number): Promise<void> {
  const { people } = tx.t;
  await tx
    .update(people)
    .set({ aloneAt: now, aloneBy: by })
    .where(and(eq(people.org, org), eq(people.id, person)))
    .returning({ id: people.id });
}
