import { z } from 'zod';
import type { Issue } from '../../../db/issues.ts';
import type { Db } from '../../../db/store.ts';
import { hasIt, holderOf } from '../../domain/issue.ts';
import { conflict } from '../../errors.ts';
import { type Effects, defineAction } from '../action.ts';
import { handOver } from '../escalation/index.ts';
import { nameOf, needMember } from '../find.ts';
import { optionalText } from '../inputs.ts';
import { issueSubjects } from '../subjects.ts';
import { addComment } from './comment.ts';
import { haveIssue } from './have.ts';
import { overdueCheck } from './overdue.ts';
import { promises } from './promises.ts';
import { whoWorksOnIt } from './rights.ts';
import { setIssue, takeIssue } from './take.ts';

type Assigned = { ref: string; id: string; to: string };

/**
 * Hands an issue to a person, who is asked to take it; who is away has a delegate. It comes back to who hands it over
 * when it is not taken. Handing it to oneself is taking it.
 */
export const assignIssue = defineAction({
  name: 'issue.assign',
  input: z.object({
    /** `CLAIMS-1`. */
    issue: z.string(),
    /** Person id. */
    person: z.string({ error: 'Please choose the person.' }),
    because: optionalText('the reason', 500),
    /** Person id of who had it when this was asked for, empty for nobody: who takes it meanwhile keeps it. */
    seen: z.string().optional(),
  }),
  allow: whoWorksOnIt,
  async run(s): Promise<Effects<Assigned>> {
    const { tx, org, now, input, person } = s;
    const issue = await takeIssue(s, input.issue, 'change');
    const to = await needMember(tx, org, input.person, 'have an issue', 'person');
    const by = person!.id;
    if (holderOf(issue) === to.id && (issue.state === 'acknowledged' || to.id !== by)) {
      throw conflict(`${to.id === by ? 'You already have' : `${to.name} already has`} ${issue.ref}.`);
    }
    await assertAsSeen(tx, issue, input.seen, by);
    const subject = `issue:${issue.id}`;
    if (to.id === by) {
      await haveIssue(s, issue);
      return {
        result: { ref: issue.ref, id: issue.id, to: to.name },
        audit: { subject, facts: { ref: issue.ref, assignee: to.id, state: 'acknowledged' } },
        changed: await issueSubjects(tx, org, issue.id),
      };
    }
    const { acknowledgeBy } = await promises(tx, org, issue.severity, now);
    const left = await setIssue(tx, issue, { assignee: to.id, state: 'open', acknowledgeBy });
    const { shows, asked } = await handOver(tx, {
      org,
      issue: left,
      to: to.id,
      by,
      why: input.because,
      now,
    });
    const why = input.because === undefined ? '' : `: ${input.because}`;
    const name = asked === to.id ? to.name : `${await nameOf(tx, org, asked)}, for ${to.name}`;
    await addComment(tx, { org, issue: issue.id, now, person: by, text: `Handed to ${name}${why}` });
    return {
      result: { ref: issue.ref, id: issue.id, to: name },
      audit: {
        subject,
        facts: { ref: issue.ref, assignee: asked, for: to.id },
        text: { because: input.because ?? null },
      },
      shows,
      followUps: overdueCheck(left, left, now),
      changed: await issueSubjects(tx, org, issue.id),
    };
  },
});

/** Of two at the same moment one has it, and the other is told who. */
async function assertAsSeen(tx: Db, issue: Issue, seen: string | undefined, by: string): Promise<void> {
  const has = hasIt(issue);
  if (seen === undefined || has === null || has === seen || has === by) return;
  const name = (await nameOf(tx, issue.org, has)) ?? 'Somebody';
  throw conflict(`${name} has ${issue.ref} now.`, {
    hint: `issue assign ${issue.ref} @somebody from="${name.replaceAll('"', '')}"`,
  });
}
