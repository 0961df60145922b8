import { z } from 'zod';
import { moved } from '../../domain/issue.ts';
import { defineAction } from '../action.ts';
import { endEscalation } from '../escalation/end.ts';
import { issueSubjects } from '../subjects.ts';
import { whoWorksOnIt } from './rights.ts';
import { setIssue, takeIssue } from './take.ts';

/** Says “I have it”. The chain of pings stops, every copy of the message shows who. */
export const acknowledgeIssue = defineAction({
  name: 'issue.acknowledge',
  /** `CLAIMS-1`. */
  input: z.object({ issue: z.string() }),
  allow: whoWorksOnIt,
  async run(s) {
    const { tx, org, now, input, person } = s;
    const issue = await takeIssue(s, input.issue, 'acknowledge');
    await setIssue(tx, issue, moved(issue, 'acknowledge', now, person!.id));
    await endEscalation(tx, org, issue.id, now);
    return {
      result: { ref: issue.ref, id: issue.id },
      audit: { subject: `issue:${issue.id}`, facts: { ref: issue.ref, state: 'acknowledged' } },
      changed: await issueSubjects(tx, org, issue.id),
    };
  },
});
