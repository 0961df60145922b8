import { z } from 'zod';
import { type Issue, issueById } from '../../../db/issues.ts';
import { QUIET } from '../../domain/issue.ts';
import { type Scope, defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { optionalLink, sentence } from '../inputs.ts';
import { addComment } from './comment.ts';
import { setIssue, takeIssue } from './take.ts';

/** The issue, or the one that it became part of: what is known of it stands there. */
async function takeWhole(s: Pick<Scope<unknown>, 'tx' | 'org' | 'person'>, ref: string): Promise<Issue> {
  const issue = await takeIssue(s, ref, 'note');
  const whole = issue.mergedInto === null ? undefined : await issueById(s.tx, s.org, issue.mergedInto);
  return whole === undefined ? issue : takeWhole(s, whole.ref);
}

/** Adds to what is known about an issue. What is solved stays open to comments: its quiet days begin again. */
export const noteIssue = defineAction({
  name: 'issue.note',
  input: z.object({
    /** `CLAIMS-1`. */
    issue: z.string({ error: 'Please choose the issue.' }),
    text: sentence('what you want to add', 3000),
    link: optionalLink('the link'),
  }),
  allow: anyone,
  async run(s) {
    const { tx, org, now, input, person } = s;
    const issue = await takeWhole(s, input.issue);
    const { text, link } = input;
    await addComment(tx, { org, issue: issue.id, now, person: person!.id, text, link });
    if (issue.state === 'solved') await setIssue(tx, issue, { closeAt: now + QUIET });
    return {
      result: { ref: issue.ref, id: issue.id },
      audit: {
        subject: `issue:${issue.id}`,
        facts: { ref: issue.ref },
        text: { said: text, link: link ?? null },
      },
      changed: [`issue:${issue.id}`],
    };
  },
});
