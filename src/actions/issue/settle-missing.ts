import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { openIssueFor, signalsOf } from '../../../db/issues.ts';
import { metricById, periodsWithReading } from '../../../db/metrics.ts';
import { statesFor } from '../../domain/issue.ts';
import { type Effects, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { issueSubjects } from '../subjects.ts';
import { endEscalation } from '../escalation/end.ts';

/** A number came: an issue that is only about missing numbers is solved once all of them are there. */
export const settleMissing = defineAction({
  name: 'issue.settle-missing',
  input: z.object({ metric: z.string() }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }): Promise<Effects<{ settled: boolean }>> {
    const metric = (await metricById(tx, org, input.metric))!;
    const issue = await openIssueFor(tx, org, metric.seat, metric.id);
    const signals = issue === undefined ? [] : await signalsOf(tx, org, issue.id, 500);
    const periods = signals.map((s) => s.period ?? '');
    const came = await periodsWithReading(tx, org, metric.id, periods);
    const settled =
      issue !== undefined && signals.every((s) => s.kind === 'missing' && came.has(s.period ?? ''));
    const subject = issue === undefined ? `seat:${metric.seat}` : `issue:${issue.id}`;
    const facts = { metric: metric.id, ref: issue?.ref ?? null, settled };
    if (!settled) return { result: { settled }, audit: { subject, facts } };
    const { issues } = tx.t;
    await tx
      .update(issues)
      .set({ state: 'solved', solvedAt: now, openFor: null, fix: 'The missing number came.' })
      .where(
        and(eq(issues.org, org), eq(issues.id, issue.id), inArray(issues.state, [...statesFor('solve')])),
      )
      .returning({ id: issues.id });
    await endEscalation(tx, org, issue.id, now);
    return {
      result: { settled },
      audit: { subject, facts },
      changed: [...(await issueSubjects(tx, org, issue.id)), `seat:${metric.seat}`],
    };
  },
});
