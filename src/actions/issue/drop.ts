import { z } from 'zod';
import { moved } from '../../domain/issue.ts';
import { defineAction } from '../action.ts';
import { endEscalation } from '../escalation/end.ts';
import { sentence } from '../inputs.ts';
import { issueSubjects } from '../subjects.ts';
import { whoMayDropIt } from './rights.ts';
import { setIssue, takeIssue } from './take.ts';

/** It is none, or not worth it: gone from all lists, with the reason. */
export const dropIssue = defineAction({
  name: 'issue.drop',
  input: z.object({
    /** `CLAIMS-1`. */
    issue: z.string(),
    because: sentence('the reason', 500),
  }),
  allow: whoMayDropIt,
  async run(s) {
    const { tx, org, now, input, person } = s;
    const issue = await takeIssue(s, input.issue, 'drop');
    await setIssue(tx, issue, {
      ...moved(issue, 'drop', now, person!.id),
      dropReason: input.because,
      openFor: null,
    });
    await endEscalation(tx, org, issue.id, now);
    return {
      result: { ref: issue.ref, id: issue.id },
      audit: {
        subject: `issue:${issue.id}`,
        facts: { ref: issue.ref, state: 'dropped' },
        text: { because: input.because },
      },
      changed: [...(await issueSubjects(tx, org, issue.id)), `seat:${issue.seat}`],
    };
  },
});
