import { and, eq, inArray } from 'drizzle-orm';
import type { Issue } from '../../../db/issues.ts';
import type { Db } from '../../../db/store.ts';
import { endEscalation } from './end.ts';

/** A drill is over when somebody answers (`by`), or when its chain has ended and nobody has (null). */
export async function closeDrill(
  tx: Db,
  org: string,
  issue: Pick<Issue, 'id'>,
  now: number,
  by: string | null,
): Promise<void> {
  const { issues } = tx.t;
  await tx
    .update(issues)
    .set({ state: 'closed', closedAt: now, closedBy: by, closeAt: null, openFor: null })
    .where(and(eq(issues.org, org), eq(issues.id, issue.id), inArray(issues.state, ['open', 'acknowledged'])))
    .returning({ id: issues.id });
  await endEscalation(tx, org, issue.id, now);
}
