import { and, eq, inArray } from 'drizzle-orm';
import { crewOf } from '../../../db/crew.ts';
import { type Escalation, escalationOf } from '../../../db/escalations.ts';
import type { Issue } from '../../../db/issues.ts';
import type { Wanted } from '../../../db/messages.ts';
import type { Db } from '../../../db/store.ts';
import { type Policy, askedStep, presentWait } from '../../domain/escalation.ts';
import { standIn } from '../../domain/escalation-answer.ts';
import { addWorkingTime, nextWorking } from '../../domain/working-time.ts';
import { invalid } from '../../errors.ts';
import { holidaysOf } from '../../holidays.ts';
import { newId } from '../../ids.ts';
import { askedMessage } from './messages.ts';
import { policyOf } from './start.ts';

export interface Handing {
  readonly org: string;
  /** Open or acknowledged. */
  readonly issue: Issue;
  /** Person ids: who shall have it, and who says so. */
  readonly to: string;
  readonly by: string;
  readonly why?: string | undefined;
  readonly now: number;
}

/** Where nobody is pinged by a policy, an issue that is handed over just comes back. */
const NO_STEPS: Policy = { steps: [], workingHours: true };

/**
 * Asks somebody to take an issue over. The chain waits for them as long as for a step; if they do not acknowledge it,
 * it comes back to who handed it over and goes on. Returns the messages that are now wanted, and who is really asked:
 * the delegate of who is away. Throws `invalid` when nobody would be.
 */
export async function handOver(
  tx: Db,
  h: Handing,
): Promise<{ readonly shows: readonly Wanted[]; readonly asked: string }> {
  const { issue, now } = h;
  const people = await crewOf(tx, h.org, [h.to]);
  const name = people.get(h.to)?.name ?? 'This person';
  const who = standIn({ now, find: (id) => people.get(id), lost: new Set(), holidays: holidaysOf }, h.to);
  if ('gone' in who)
    throw refused(`${name} is away and nobody stands in for them. Hand it to somebody else.`);
  if (who.person === h.by)
    throw refused('That is you. Acknowledge it to take it yourself, or choose somebody else.');
  const escalation = await chainOf(tx, h);
  const { policy } = escalation;
  const notBefore = policy.workingHours ? nextWorking(now, who.calendar) : now;
  const wait = presentWait(policy, escalation);
  const nextAt = policy.workingHours ? addWorkingTime(notBefore, wait, who.calendar) : notBefore + wait;
  const { escalations, issues, pings } = tx.t;
  await tx
    .update(escalations)
    .set({
      state: 'running',
      nextAt,
      endedAt: null,
      handedTo: who.person,
      handedBy: h.by,
      why: h.why ?? null,
      snoozedUntil: null,
      snoozedBy: null,
    })
    .where(and(eq(escalations.org, h.org), eq(escalations.id, escalation.id)))
    .returning({ id: escalations.id });
  await tx
    .update(issues)
    .set({ assignee: who.person, state: 'open' })
    .where(
      and(eq(issues.org, h.org), eq(issues.id, issue.id), inArray(issues.state, ['open', 'acknowledged'])),
    )
    .returning({ id: issues.id });
  await tx.insert(pings).values({
    org: h.org,
    id: newId(),
    escalation: escalation.id,
    issue: issue.id,
    round: escalation.round,
    step: askedStep(policy, escalation) ?? 0,
    at: now,
    notBefore,
    target: 'handed',
    person: who.person,
    outcome: 'handed',
  });
  return { shows: [askedMessage(issue, who.person, notBefore)], asked: who.person };
}

const refused = (why: string) => invalid(why, { fields: { person: why } });

/** The chain of the issue; one without steps for an issue that pings nobody. */
async function chainOf(tx: Db, { org, issue, now }: Handing): Promise<Escalation> {
  const known = await escalationOf(tx, org, issue.id);
  if (known !== undefined) return known;
  const [made] = await tx
    .insert(tx.t.escalations)
    .values({
      org,
      id: newId(),
      issue: issue.id,
      policy: (await policyOf(tx, org, issue.seat, issue.severity)) ?? NO_STEPS,
      step: 0,
      repeats: 0,
      state: 'running',
      startedAt: now,
      nextAt: now,
    })
    .returning();
  return made!;
}
