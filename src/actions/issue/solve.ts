import { z } from 'zod';
import { signalKinds } from '../../../db/issues.ts';
import { OUTCOMES, asksOutcome, moved } from '../../domain/issue.ts';
import { invalid } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { newNormalFrom, rebaseline } from '../drift/index.ts';
import { endEscalation } from '../escalation/end.ts';
import { oneOf, optionalText, sentence } from '../inputs.ts';
import { fitInput, makeRule } from '../rule/index.ts';
import { issueSubjects } from '../subjects.ts';
import { whoWorksOnIt } from './rights.ts';
import { setIssue, takeIssue } from './take.ts';

const yes = z.preprocess(
  (said) => (typeof said === 'string' ? /^(?:yes|true|1)$/i.test(said.trim()) : said),
  z.boolean().default(false),
);

const input = z.object({
  /** `CLAIMS-1`. */
  issue: z.string(),
  cause: sentence('the cause', 1000),
  fix: sentence('what was done', 1000),
  lesson: sentence('what was learned, and why', 1000),
  /** Of a number that moved. */
  outcome: oneOf('how it ended', OUTCOMES).optional(),
  /** Whether the lesson becomes a rule, and for which seats. */
  rule: yes,
  fits: fitInput,
  /** How the rule reads; the lesson itself when left out. */
  says: optionalText('the rule', 1000),
});

/**
 * Identify, discuss, solve: asks for the cause, what was done and what was learned. A number that moved is fixed, or
 * has a new normal, from which it is judged afresh. The lesson can become a rule for other seats.
 */
export const solveIssue = defineAction({
  name: 'issue.solve',
  input,
  allow: whoWorksOnIt,
  async run(s) {
    const { tx, org, now, input, person } = s;
    const issue = await takeIssue(s, input.issue, 'solve');
    const { cause, fix, lesson } = input;
    const asked = asksOutcome(issue.metric, await signalKinds(tx, org, issue.id));
    if (asked && input.outcome === undefined) {
      throw invalid('Is the number fixed, or is this its new normal?', {
        hint: `issue solve ${issue.ref} outcome=fixed`,
        fields: { outcome: 'Choose fixed, or new normal.' },
      });
    }
    const outcome = asked ? input.outcome! : null;
    await setIssue(tx, issue, {
      ...moved(issue, 'solve', now, person!.id),
      cause,
      fix,
      lesson,
      outcome,
      openFor: null,
    });
    if (outcome === 'new normal') {
      await rebaseline(tx, {
        org,
        metric: issue.metric!,
        from: (await newNormalFrom(tx, org, issue.id)) ?? now,
        at: now,
        by: person!.id,
        reason: `${issue.ref}: ${cause}`,
        issue: issue.id,
      });
    }
    const rule = input.rule
      ? await makeRule(tx, {
          org,
          now,
          text: input.says ?? lesson,
          why: cause,
          fits: input.fits,
          by: person!.id,
          issue: issue.id,
        })
      : undefined;
    await endEscalation(tx, org, issue.id, now);
    return {
      result: { ref: issue.ref, id: issue.id, rule: rule?.ref ?? null },
      audit: {
        subject: `issue:${issue.id}`,
        facts: { ref: issue.ref, state: 'solved', outcome, rule: rule?.ref ?? null },
        text: { cause, fix, lesson },
      },
      changed: [...(await issueSubjects(tx, org, issue.id)), `seat:${issue.seat}`],
    };
  },
});
