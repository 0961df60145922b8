import { and, eq } from 'drizzle-orm';
import { escalationOf } from '../../../db/escalations.ts';
import type { Issue } from '../../../db/issues.ts';
import { orgById } from '../../../db/orgs.ts';
import type { Db } from '../../../db/store.ts';
import { OFFICE_HOURS, addWorkingTime } from '../../domain/working-time.ts';
import { endEscalation } from '../escalation/end.ts';
import { policyOf } from '../escalation/index.ts';

/**
 * The issue became milder: the chain goes on by the policy of its new severity, whoever is asked at present has the
 * new policy's time to answer, and where it asks nobody the chain ends.
 */
export async function calmRound(tx: Db, m: { org: string; now: number; issue: Issue }): Promise<void> {
  const { org, now, issue } = m;
  const { escalations } = tx.t;
  const policy = await policyOf(tx, org, issue.seat, issue.severity);
  if (policy === undefined) return endEscalation(tx, org, issue.id, now);
  const chain = await escalationOf(tx, org, issue.id);
  if (chain === undefined || chain.state === 'ended') return;
  const step = Math.min(chain.step, policy.steps.length);
  const { zone } = (await orgById(tx, org))!;
  const wait = step === 0 ? 0 : policy.steps[step - 1]!.wait;
  const later = policy.workingHours ? addWorkingTime(now, wait, { ...OFFICE_HOURS, zone }) : now + wait;
  const nextAt =
    chain.state === 'running' && chain.nextAt !== null ? Math.max(chain.nextAt, later) : chain.nextAt;
  await tx
    .update(escalations)
    .set({ policy, step, repeats: 0, nextAt })
    .where(and(eq(escalations.org, org), eq(escalations.id, chain.id)))
    .returning({ id: escalations.id });
}
