import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { brokenChain } from '../../../db/escalation-audit.ts';
import { holdIssue } from '../../../db/held-issues.ts';
import { peopleWithRole } from '../../../db/people.ts';
import { DAY } from '../../clock.ts';
import { type Effects, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { mendedSubject } from '../../domain/escalation.ts';
import { startRound } from './start.ts';

/** An issue that nobody answered and nobody is pinged about: its chain goes on now, and the admins are told. */
export const mendEscalation = defineAction({
  name: 'escalation.mend',
  /** Issue id. */
  input: z.object({ issue: z.string() }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }): Promise<Effects<{ mended: string | null }>> {
    const day = Math.floor(now / DAY);
    await holdIssue(tx, org, input.issue);
    const broken = await brokenChain(tx, org, input.issue, now);
    if (broken === undefined)
      return {
        result: { mended: null },
        audit: { subject: `issue:${input.issue}`, facts: { nothing: 'to mend' } },
      };
    const { issue, escalation, fault } = broken;
    if (escalation !== null && fault !== 'stopped') {
      const { escalations } = tx.t;
      await tx
        .update(escalations)
        .set({ nextAt: now })
        .where(and(eq(escalations.org, org), eq(escalations.id, escalation.id)))
        .returning({ id: escalations.id });
    } else {
      await startRound(tx, {
        org,
        issue: issue.id,
        seat: issue.seat,
        severity: issue.severity,
        now,
        because: 'mended',
      });
    }
    const admins = await peopleWithRole(tx, org, 'admin');
    return {
      result: { mended: fault },
      // By day, so that the doctor and the message to the admins find them.
      audit: {
        subject: mendedSubject(day),
        facts: { issue: issue.id, ref: issue.ref, fault, was: escalation?.nextAt ?? null },
      },
      // Once a day, however many there are.
      shows: admins.map(({ id }) => ({
        key: `mended:${id}:${day}`,
        to: { kind: 'person', id },
        view: 'mended',
        args: { day },
        subject: mendedSubject(day),
      })),
    };
  },
});
