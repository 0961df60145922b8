import { z } from 'zod';
import { peopleByIds } from '../../../db/people.ts';
import { defineAction } from '../action.ts';
import { issueSubjects } from '../subjects.ts';
import { haveIssue } from './have.ts';
import { whoWorksOnIt } from './rights.ts';
import { takeIssue } from './take.ts';

/**
 * Says “I have it”. The chain of pings stops, every copy of the message shows who. Where a step wants everybody's
 * answer, it stops with the last of them. A drill is over with it.
 */
export const acknowledgeIssue = defineAction({
  name: 'issue.acknowledge',
  /** `CLAIMS-1`. */
  input: z.object({ issue: z.string() }),
  allow: whoWorksOnIt,
  async run(s) {
    const { tx, org, now, input } = s;
    const issue = await takeIssue(s, input.issue, 'acknowledge');
    const waits = await haveIssue(s, issue);
    const people = await peopleByIds(tx, org, waits);
    return {
      result: {
        ref: issue.ref,
        id: issue.id,
        /** Names of who is still asked, where a step wants everybody. */
        waitsFor: waits.map((id) => people.get(id)?.name ?? 'somebody'),
      },
      audit: {
        subject: `issue:${issue.id}`,
        facts: {
          ref: issue.ref,
          state: waits.length > 0 ? 'open' : issue.drill ? 'closed' : 'acknowledged',
          waitsFor: [...waits],
          ...(issue.drill ? { drill: true, answeredAfter: now - issue.openedAt } : {}),
        },
      },
      changed: await issueSubjects(tx, org, issue.id),
    };
  },
});
