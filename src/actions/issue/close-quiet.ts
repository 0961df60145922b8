import { and, eq, lte } from 'drizzle-orm';
import { z } from 'zod';
import { issueById } from '../../../db/issues.ts';
import { moved } from '../../domain/issue.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { issueSubjects } from '../subjects.ts';

/** Nothing was heard of what was solved: it closes by itself. */
export const closeQuietIssue = defineAction({
  name: 'issue.close-quiet',
  /** Issue id. */
  input: z.object({ issue: z.string() }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const { issues } = tx.t;
    const issue = await issueById(tx, org, input.issue);
    const closed =
      issue === undefined
        ? []
        : await tx
            .update(issues)
            .set(moved(issue, 'close', now, null))
            .where(
              and(
                eq(issues.org, org),
                eq(issues.id, issue.id),
                eq(issues.state, 'solved'),
                // Something may have been heard since it was found due.
                lte(issues.closeAt, now),
              ),
            )
            .returning({ id: issues.id });
    return {
      result: { closed: closed.length > 0 },
      audit: {
        subject: `issue:${input.issue}`,
        facts: { ref: issue?.ref ?? null, closed: closed.length > 0 },
      },
      changed: closed.length > 0 ? await issueSubjects(tx, org, input.issue) : [],
    };
  },
});
