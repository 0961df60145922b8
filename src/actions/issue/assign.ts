import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Issue } from '../../../db/issues.ts';
import type { Db } from '../../../db/store.ts';
import { moved, holderOf } from '../../domain/issue.ts';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { endEscalation } from '../escalation/end.ts';
import { needMember } from '../find.ts';
import { optionalText } from '../inputs.ts';
import { issueSubjects } from '../subjects.ts';
import { addComment } from './comment.ts';
import { promises } from './promises.ts';
import { whoWorksOnIt } from './rights.ts';
import { setIssue, takeIssue } from './take.ts';

/** Hands an issue to a person, who is asked to take it. Handing it to oneself is taking it. */
export const assignIssue = defineAction({
  name: 'issue.assign',
  input: z.object({
    /** `CLAIMS-1`. */
    issue: z.string(),
    /** Person id. */
    person: z.string({ error: 'Please choose the person.' }),
    because: optionalText('the reason', 500),
  }),
  allow: whoWorksOnIt,
  async run(s) {
    const { tx, org, now, input, person } = s;
    const issue = await takeIssue(s, input.issue, 'change');
    const to = await needMember(tx, org, input.person, 'have an issue', 'person');
    if (holderOf(issue) === to.id && (issue.state === 'acknowledged' || to.id !== person!.id)) {
      throw conflict(`${to.id === person!.id ? 'You already have' : `${to.name} already has`} ${issue.ref}.`);
    }
    const mine = to.id === person!.id;
    if (mine) {
      await setIssue(tx, issue, { ...moved(issue, 'acknowledge', now, to.id) });
      await endEscalation(tx, org, issue.id, now);
    } else {
      const { acknowledgeBy } = await promises(tx, org, issue.severity, now);
      const left = await setIssue(tx, issue, { assignee: to.id, state: 'open', acknowledgeBy });
      await handOver(tx, { org, now, issue: left, to: to.id, by: person!.id });
    }
    const text = `Handed to ${to.name}${input.because === undefined ? '' : `: ${input.because}`}`;
    if (!mine) await addComment(tx, { org, issue: issue.id, now, person: person!.id, text });
    return {
      result: { ref: issue.ref, id: issue.id, to: to.name, mine },
      audit: {
        subject: `issue:${issue.id}`,
        facts: { ref: issue.ref, assignee: to.id },
        text: { because: input.because ?? null },
      },
      changed: await issueSubjects(tx, org, issue.id),
    };
  },
});

/** The chain asks the new person next. */
async function handOver(
  tx: Db,
  h: { org: string; now: number; issue: Issue; to: string; by: string },
): Promise<void> {
  const { escalations } = tx.t;
  await tx
    .update(escalations)
    .set({ state: 'running', handedTo: h.to, handedBy: h.by, nextAt: h.now, endedAt: null })
    .where(and(eq(escalations.org, h.org), eq(escalations.issue, h.issue.id)))
    .returning({ id: escalations.id });
}
