import { z } from 'zod';
import { type Issue, issueById } from '../../../db/issues.ts';
import { MINUTE } from '../../clock.ts';
import { type Deadlines, type Overdue, overdue } from '../../domain/service-level.ts';
import { type Effects, type FollowUp, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { issueSubjects } from '../subjects.ts';

/** Looks at the issue when each of its promises that are left is broken. */
export function overdueCheck({ id }: Pick<Issue, 'id'>, promised: Deadlines, now: number): FollowUp[] {
  const left = [promised.acknowledgeBy, promised.solveBy].filter((at) => at !== null && at >= now);
  return left.map(Number).map((at) => ({
    action: 'issue.overdue',
    input: { issue: id },
    key: `overdue:${id}:${at}`,
    dueAt: at + MINUTE,
  }));
}

/** A promised time has passed: what is on display says so, and nobody gets a message. */
export const checkOverdue = defineAction({
  name: 'issue.overdue',
  /** Issue id. */
  input: z.object({ issue: z.string() }),
  allow: onlyCoxswain,
  async idle({ tx, org, now, input }) {
    const issue = await issueById(tx, org, input.issue);
    return issue === undefined || overdue(issue, now) === undefined;
  },
  async run({ tx, org, now, input }): Promise<Effects<{ overdue: Overdue | null }>> {
    const issue = await issueById(tx, org, input.issue);
    const broken = issue === undefined ? undefined : overdue(issue, now);
    return {
      result: { overdue: broken ?? null },
      audit: {
        subject: `issue:${input.issue}`,
        facts: { ref: issue?.ref ?? null, overdue: broken ?? null },
      },
      changed: broken === undefined ? [] : await issueSubjects(tx, org, input.issue),
    };
  },
});
