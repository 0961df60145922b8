import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { statesFor } from '../../domain/issue.ts';
import { defineAction } from '../action.ts';
import { atLeast, either } from '../allow.ts';
import { needIssue } from '../find.ts';
import { sentence } from '../inputs.ts';
import { issueSubjects } from '../subjects.ts';
import { ownerOfIssue, pinged } from './acknowledge.ts';
import { endEscalation } from '../escalation/end.ts';
import { assertPossible, whoWasFirst } from './who-was-first.ts';

const input = z.object({
  /** `CLAIMS-1`. */
  issue: z.string(),
  cause: sentence('the cause', 1000),
  fix: sentence('what was done', 1000),
  lesson: sentence('what was learned, and why', 1000),
});

/** Identify, discuss, solve: asks for the cause, what was done and what was learned. */
export const solveIssue = defineAction({
  name: 'issue.solve',
  input,
  allow: either<{ issue: string }>(ownerOfIssue, pinged, atLeast('governor')),
  async run({ tx, org, now, input, person }) {
    const { issues } = tx.t;
    const issue = await needIssue(tx, org, input.issue);
    await assertPossible(tx, org, 'solve', issue, person?.id);
    const { cause, fix, lesson } = input;
    const [moved] = await tx
      .update(issues)
      .set({
        state: 'solved',
        solvedAt: now,
        solvedBy: person!.id,
        cause,
        fix,
        lesson,
        openFor: null,
        ...(issue.acknowledgedAt === null ? { acknowledgedAt: now, acknowledgedBy: person!.id } : {}),
      })
      .where(
        and(eq(issues.org, org), eq(issues.id, issue.id), inArray(issues.state, [...statesFor('solve')])),
      )
      .returning({ id: issues.id });
    if (moved === undefined) throw await whoWasFirst(tx, org, 'solve', issue, person?.id);
    await endEscalation(tx, org, issue.id, now);
    return {
      result: { ref: issue.ref, id: issue.id },
      audit: {
        subject: `issue:${issue.id}`,
        facts: { ref: issue.ref, state: 'solved' },
        text: { cause, fix, lesson },
      },
      changed: [...(await issueSubjects(tx, org, issue.id)), `seat:${issue.seat}`],
    };
  },
});
