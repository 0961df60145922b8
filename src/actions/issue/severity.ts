import { z } from 'zod';
import { seatById } from '../../../db/seats.ts';
import { SEVERITY_WORDS, type Severity } from '../../domain/issue.ts';
import { invalid } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { startRound } from '../escalation/index.ts';
import { sentence } from '../inputs.ts';
import { issueSubjects } from '../subjects.ts';
import { addComment } from './comment.ts';
import { channelPost } from './evidence.ts';
import { calmRound } from './milder.ts';
import { overdueCheck } from './overdue.ts';
import { promises } from './promises.ts';
import { whoMayDropIt } from './rights.ts';
import { severityInput } from './severity-input.ts';
import { setIssue, takeIssue } from './take.ts';

/** Worse: its people are asked anew, from the first step. Milder: who is asked next has more time. */
export const changeSeverity = defineAction({
  name: 'issue.severity',
  input: z.object({
    /** `CLAIMS-1`. */
    issue: z.string(),
    severity: severityInput,
    because: sentence('the reason', 500),
  }),
  allow: whoMayDropIt,
  async run(s) {
    const { tx, org, now, input, person } = s;
    const issue = await takeIssue(s, input.issue, 'change');
    const { severity, because } = input;
    if (severity === issue.severity) {
      throw invalid(`${issue.ref} is severity ${severity} (${SEVERITY_WORDS[severity]}) already.`, {
        fields: { severity: 'It has this severity already.' },
      });
    }
    const worse = severity < issue.severity;
    const weighed = await setIssue(tx, issue, {
      severity,
      ...(worse ? { state: 'open' } : {}),
      ...(await promises(tx, org, severity, now)),
    });
    if (worse) {
      const round = { org, issue: issue.id, seat: issue.seat, severity, now };
      await startRound(tx, { ...round, because: 'worse' });
    } else await calmRound(tx, { org, now, issue: { ...issue, severity } });
    const text = `${changed(issue.severity, severity)}: ${because}`;
    await addComment(tx, { org, issue: issue.id, now, person: person!.id, text });
    const seat = (await seatById(tx, org, issue.seat))!;
    return {
      result: { ref: issue.ref, id: issue.id, worse },
      audit: {
        subject: `issue:${issue.id}`,
        facts: { ref: issue.ref, was: issue.severity, severity },
        text: { because },
      },
      shows: worse ? channelPost(seat, issue.id) : [],
      changed: [...(await issueSubjects(tx, org, issue.id)), `seat:${issue.seat}`],
      followUps: overdueCheck(weighed, weighed, now),
    };
  },
});

const changed = (was: Severity, is: Severity): string =>
  `Severity ${was} ${SEVERITY_WORDS[was]} became ${is} ${SEVERITY_WORDS[is]}`;
