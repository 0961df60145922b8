import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { pingsOf } from '../../../db/escalations.ts';
import { moved, statesFor } from '../../domain/issue.ts';
import { type Scope, type Verdict, defineAction } from '../action.ts';
import { atLeast, either, ownerOf } from '../allow.ts';
import { needIssue } from '../find.ts';
import { issueSubjects } from '../subjects.ts';
import { endEscalation } from '../escalation/end.ts';
import { assertPossible, whoWasFirst } from './who-was-first.ts';

type Input = { issue: string };

/** Who was pinged about this issue, also as somebody's delegate. */
export async function pinged(s: Scope<Input>): Promise<Verdict> {
  const issue = await needIssue(s.tx, s.org, s.input.issue);
  const mine = (await pingsOf(s.tx, s.org, issue.id)).some(
    (p) => p.person !== null && p.person === s.person?.id,
  );
  return mine ? { allowed: true, right: 'pinged' } : { allowed: false, whoMay: 'who was pinged about it' };
}

export const ownerOfIssue = ownerOf<Input>(async (s) => (await needIssue(s.tx, s.org, s.input.issue)).seat);

/** Says “I have it”. The chain of pings stops, every copy of the message shows who. */
export const acknowledgeIssue = defineAction({
  name: 'issue.acknowledge',
  /** `CLAIMS-1`. */
  input: z.object({ issue: z.string() }),
  allow: either<Input>(ownerOfIssue, pinged, atLeast('governor')),
  async run({ tx, org, now, input, person }) {
    const { issues } = tx.t;
    const issue = await needIssue(tx, org, input.issue);
    await assertPossible(tx, org, 'acknowledge', issue, person?.id);
    const [row] = await tx
      .update(issues)
      .set(moved(issue, 'acknowledge', now, person!.id))
      .where(
        and(
          eq(issues.org, org),
          eq(issues.id, issue.id),
          inArray(issues.state, [...statesFor('acknowledge')]),
        ),
      )
      .returning({ id: issues.id });
    if (row === undefined) throw await whoWasFirst(tx, org, 'acknowledge', issue, person?.id);
    await endEscalation(tx, org, issue.id, now);
    return {
      result: { ref: issue.ref, id: issue.id },
      audit: { subject: `issue:${issue.id}`, facts: { ref: issue.ref, state: 'acknowledged' } },
      changed: await issueSubjects(tx, org, issue.id),
    };
  },
});
