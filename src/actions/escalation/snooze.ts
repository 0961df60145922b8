import { and, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import { type Escalation, escalationOf } from '../../../db/escalations.ts';
import type { Issue } from '../../../db/issues.ts';
import type { Wanted } from '../../../db/messages.ts';
import { formatDuration, parseDuration } from '../../domain/duration.ts';
import { type Policy, presentWait } from '../../domain/escalation.ts';
import { parseWait, waitText } from '../../domain/policy-wait.ts';
import { type WorkingCalendar, addWorkingTime, workingTimeBetween } from '../../domain/working-time.ts';
import { conflict, invalid } from '../../errors.ts';
import { calendarOf } from '../../holidays.ts';
import { type Scope, defineAction } from '../action.ts';
import { nameOf } from '../find.ts';
import { sentence } from '../inputs.ts';
import { whoWorksOnIt } from '../issue/rights.ts';
import { takeIssue } from '../issue/take.ts';
import { issueSubjects } from '../subjects.ts';
import { askedMessage } from './messages.ts';

const input = z.object({
  /** `CLAIMS-1`. */
  issue: z.string(),
  /** `30m`, `2h`. */
  for: sentence('how long, as in 30m or 2h', 40),
  why: sentence('the reason', 300),
});
type Input = z.output<typeof input>;

/**
 * Puts an issue off: nobody is pinged meanwhile, the time does not count, and who put it off is asked again at its end.
 * At most as long as the chain waits anyway.
 */
export const snoozeIssue = defineAction({
  name: 'escalation.snooze',
  input,
  allow: whoWorksOnIt,
  async run(s) {
    const { tx, org, now, input, person } = s;
    const issue = await takeIssue(s, input.issue, 'acknowledge');
    const chain = await chainOf(s, issue);
    const calendar = calendarOf(person!);
    const until = untilOf(chain, input.for, now, calendar);
    const nextAt = later(chain.policy, chain.nextAt ?? now, now, until, calendar);
    const { escalations } = tx.t;
    await tx
      .update(escalations)
      .set({ nextAt, snoozedUntil: until, snoozedBy: person!.id, why: input.why })
      .where(and(eq(escalations.org, org), eq(escalations.id, chain.id)))
      .returning({ id: escalations.id });
    const moved = await putOff(s, issue, chain, until);
    return {
      result: { ref: issue.ref, id: issue.id, until },
      audit: {
        subject: `issue:${issue.id}`,
        facts: { ref: issue.ref, snoozedUntil: until, nextAt },
        text: { why: input.why },
      },
      shows: moved,
      followUps: [
        {
          action: 'escalation.wake',
          input: { issue: issue.id, person: person!.id, until },
          key: `wake:${issue.id}:${until}:${person!.id}`,
          dueAt: until,
        },
      ],
      changed: await issueSubjects(tx, org, issue.id),
    };
  },
});

async function chainOf({ tx, org, now }: Scope<Input>, issue: Issue): Promise<Escalation> {
  const chain = await escalationOf(tx, org, issue.id);
  if (chain?.state !== 'running')
    throw conflict(`Nobody is pinged about ${issue.ref}, so there is nothing to snooze.`);
  if (chain.snoozedUntil !== null && chain.snoozedUntil > now)
    throw conflict(
      `${issue.ref} is snoozed already, by ${(await nameOf(tx, org, chain.snoozedBy)) ?? 'somebody'}.`,
      { hint: `issue show ${issue.ref}` },
    );
  return chain;
}

function untilOf(
  { policy, step, repeats }: Escalation,
  text: string,
  now: number,
  calendar: WorkingCalendar,
): number {
  const most = presentWait(policy, { step, repeats });
  const ms = wish(text, policy);
  if (ms >= 60_000 && ms <= most) return policy.workingHours ? addWorkingTime(now, ms, calendar) : now + ms;
  const long = policy.workingHours ? `${waitText(most, true)} of working time` : formatDuration(most);
  const message = `An issue of this severity can be snoozed for 1 minute to ${long}: that is how long it waits for an answer.`;
  throw invalid(message, { hint: waitText(most, policy.workingHours), fields: { for: message } });
}

function wish(text: string, { workingHours }: Policy): number {
  const ms = parseWait(text, workingHours);
  if (ms !== undefined) return ms;
  // Says what is wrong with it, with an example.
  return parseDuration(text);
}

/** Snoozed time is not counted: what was left to wait is left at its end. */
function later({ workingHours }: Policy, at: number, now: number, until: number, calendar: WorkingCalendar) {
  if (!workingHours) return until + Math.max(0, at - now);
  return addWorkingTime(until, workingTimeBetween(now, at, calendar), calendar);
}

/** Pings that were still to come within the snooze come after it. */
async function putOff({ tx, org, now }: Scope<Input>, issue: Issue, chain: Escalation, until: number) {
  const { pings } = tx.t;
  const waiting = await tx
    .update(pings)
    .set({ notBefore: until })
    .where(
      and(
        eq(pings.org, org),
        eq(pings.issue, issue.id),
        eq(pings.round, chain.round),
        gt(pings.notBefore, now),
        eq(pings.outcome, 'pinged'),
      ),
    )
    .returning({ person: pings.person });
  return waiting.flatMap(({ person }): Wanted[] =>
    person === null ? [] : [askedMessage(issue, person, until)],
  );
}
