import { and, eq, ne } from 'drizzle-orm';
import type { Db } from '../../../db/store.ts';

/** Stops the chain of pings; nothing happens when it has ended before. */
export async function endEscalation(tx: Db, org: string, issue: string, now: number): Promise<void> {
  const { escalations } = tx.t;
  await tx
    .update(escalations)
    .set({ state: 'ended', nextAt: null, endedAt: now })
    .where(and(eq(escalations.org, org), eq(escalations.issue, issue), ne(escalations.state, 'ended')))
    .returning({ id: escalations.id });
}
