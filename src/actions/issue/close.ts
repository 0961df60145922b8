import { z } from 'zod';
import { moved } from '../../domain/issue.ts';
import { defineAction } from '../action.ts';
import { issueSubjects } from '../subjects.ts';
import { whoClosesIt } from './rights.ts';
import { setIssue, takeIssue } from './take.ts';

/** The seat's accountable owner has seen that it is solved. */
export const closeIssue = defineAction({
  name: 'issue.close',
  /** `CLAIMS-1`. */
  input: z.object({ issue: z.string() }),
  allow: whoClosesIt,
  async run(s) {
    const { tx, org, now, input, person } = s;
    const issue = await takeIssue(s, input.issue, 'close');
    await setIssue(tx, issue, moved(issue, 'close', now, person!.id));
    return {
      result: { ref: issue.ref, id: issue.id },
      audit: { subject: `issue:${issue.id}`, facts: { ref: issue.ref, state: 'closed' } },
      changed: await issueSubjects(tx, org, issue.id),
    };
  },
});
