import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { holdIssue } from '../../../db/held-issues.ts';
import { newId } from '../../ids.ts';
import { type Effects, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { issueSubjects } from '../subjects.ts';
import { askedMessage } from './messages.ts';

const input = z.object({
  /** Issue id, the person id of who snoozed it, and until when. */
  issue: z.string(),
  person: z.string(),
  until: z.number(),
});

/** A snooze is over: who wanted it is asked again, and the chain goes on. */
export const wakeIssue = defineAction({
  name: 'escalation.wake',
  input,
  allow: onlyCoxswain,
  async run({ tx, org, now, input }): Promise<Effects<{ woken: boolean }>> {
    const { escalations, pings } = tx.t;
    const issue = await holdIssue(tx, org, input.issue);
    const [chain] = await tx
      .update(escalations)
      .set({ snoozedUntil: null, snoozedBy: null, why: null })
      .where(
        and(
          eq(escalations.org, org),
          eq(escalations.issue, input.issue),
          eq(escalations.state, 'running'),
          eq(escalations.snoozedUntil, input.until),
        ),
      )
      .returning();
    const audit = {
      subject: `issue:${input.issue}`,
      facts: { person: input.person, woken: chain !== undefined },
    };
    if (chain === undefined || issue?.state !== 'open') return { result: { woken: false }, audit };
    await tx.insert(pings).values({
      org,
      id: newId(),
      escalation: chain.id,
      issue: issue.id,
      round: chain.round,
      step: chain.step,
      at: now,
      notBefore: now,
      target: 'holder',
      person: input.person,
      outcome: 'reminded',
    });
    return {
      result: { woken: true },
      audit,
      shows: [askedMessage(issue, input.person, now)],
      changed: await issueSubjects(tx, org, issue.id),
    };
  },
});
