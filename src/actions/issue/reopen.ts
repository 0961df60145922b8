import { z } from 'zod';
import { type Issue, issueById, openIssueFor } from '../../../db/issues.ts';
import { issueOfPriority } from '../../../db/priorities.ts';
import { seatById } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { sentence } from '../inputs.ts';
import { issueSubjects } from '../subjects.ts';
import { addComment } from './comment.ts';
import { channelPost } from './evidence.ts';
import { overdueCheck } from './overdue.ts';
import { openAgain } from './open-again.ts';
import { takeIssue } from './take.ts';

/** It is back, or was never gone. Anyone may say so, as anyone may raise an issue. */
export const reopenIssue = defineAction({
  name: 'issue.reopen',
  input: z.object({
    /** `CLAIMS-1`. */
    issue: z.string(),
    because: sentence('the reason', 500),
  }),
  allow: anyone,
  async run(s) {
    const { tx, org, now, input, person } = s;
    const issue = await takeIssue(s, input.issue, 'reopen');
    await assertStandsAlone(tx, org, issue);
    const again = (await openAgain(tx, { org, now, issue, by: person!.id }))!;
    const text = `Reopened: ${input.because}`;
    await addComment(tx, { org, issue: issue.id, now, person: person!.id, text });
    const seat = (await seatById(tx, org, issue.seat))!;
    return {
      result: { ref: issue.ref, id: issue.id },
      audit: {
        subject: `issue:${issue.id}`,
        facts: { ref: issue.ref, was: issue.state, state: 'open' },
        text: { because: input.because },
      },
      shows: channelPost(seat, issue.id),
      changed: [...(await issueSubjects(tx, org, issue.id)), `seat:${issue.seat}`],
      followUps: overdueCheck(again, again, now),
    };
  },
});

/** What became part of another issue is reopened there; one number or priority has one open issue. */
async function assertStandsAlone(tx: Db, org: string, issue: Issue): Promise<void> {
  const whole = issue.mergedInto === null ? undefined : await issueById(tx, org, issue.mergedInto);
  if (whole !== undefined) {
    throw conflict(`${issue.ref} became part of ${whole.ref}, and its evidence stands there.`, {
      hint: `issue note ${whole.ref} "…"`,
    });
  }
  const number = issue.metric === null ? undefined : await openIssueFor(tx, org, issue.seat, issue.metric);
  const priority = issue.priority === null ? undefined : await issueOfPriority(tx, org, issue.priority);
  const other = number ?? priority;
  if (other === undefined) return;
  const what = number === undefined ? 'priority' : 'number';
  throw conflict(`${other.ref} is open for the same ${what} already. Add what you know to it.`, {
    hint: `issue note ${other.ref} "…"`,
  });
}
