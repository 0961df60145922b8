import { z } from 'zod';
import { issueById } from '../../../db/issues.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { settleIssue } from '../issue/index.ts';

/** The overdue score came, or is not wanted any more: its issue is solved. */
export const settleOverdueScore = defineAction({
  name: 'score.settle-overdue',
  /** Issue id. */
  input: z.object({ issue: z.string() }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const issue = (await issueById(tx, org, input.issue))!;
    const fix = 'The score came, or is not asked for any more.';
    const changed = await settleIssue(tx, { org, now, issue, fix });
    return {
      result: { settled: changed.length > 0 },
      audit: { subject: `issue:${issue.id}`, facts: { ref: issue.ref, settled: changed.length > 0 } },
      changed,
    };
  },
});
