import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Issue, openForOf } from '../../../db/issues.ts';
import { seatById } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { moved } from '../../domain/issue.ts';
import { invalid } from '../../errors.ts';
import { type Scope, defineAction } from '../action.ts';
import { endEscalation } from '../escalation/end.ts';
import { startRound } from '../escalation/index.ts';
import { needIssue } from '../find.ts';
import { issueSubjects } from '../subjects.ts';
import { addComment } from './comment.ts';
import { channelPost } from './evidence.ts';
import { overdueCheck } from './overdue.ts';
import { promises } from './promises.ts';
import { whoMayDropIt } from './rights.ts';
import { setIssue, takeIssue } from './take.ts';

const input = z.object({
  /** What becomes part of `into`: `CLAIMS-1`. */
  issue: z.string({ error: 'Please choose the issue.' }),
  into: z.string({ error: 'Please choose the issue that stays.' }),
});

/** Two names for one thing: the evidence of one joins the other, which is as severe as the worse of both. */
export const mergeIssue = defineAction({
  name: 'issue.merge',
  input,
  allow: whoMayDropIt,
  async run(s) {
    const { tx, org, now, person } = s;
    const [part, whole] = await takeBoth(s);
    await setIssue(tx, part, {
      ...moved(part, 'merge', now, person!.id),
      mergedInto: whole.id,
      openFor: null,
    });
    await endEscalation(tx, org, part.id, now);
    await moveEvidence(tx, org, part.id, whole.id);
    const worse = part.severity < whole.severity;
    const worsened = worse
      ? { severity: part.severity, state: 'open' as const, ...(await promises(tx, org, part.severity, now)) }
      : {};
    const change = { ...worsened, ...subjectOf(part, whole) };
    const kept = Object.keys(change).length > 0 ? await setIssue(tx, whole, change) : whole;
    if (worse) {
      const round = { org, issue: whole.id, seat: whole.seat, severity: part.severity, now };
      await startRound(tx, { ...round, because: 'worse' });
    }
    const text = `${part.ref} became part of this: ${part.title}`;
    await addComment(tx, { org, issue: whole.id, now, person: person!.id, text });
    const seat = (await seatById(tx, org, whole.seat))!;
    return {
      result: { ref: whole.ref, id: whole.id, merged: part.ref },
      audit: {
        subject: `issue:${part.id}`,
        facts: { ref: part.ref, state: 'dropped', into: whole.id, intoRef: whole.ref, worse },
      },
      shows: worse ? channelPost(seat, whole.id) : [],
      changed: [
        ...(await issueSubjects(tx, org, part.id)),
        ...(await issueSubjects(tx, org, whole.id)),
        `seat:${part.seat}`,
      ],
      followUps: worse ? overdueCheck(kept, kept, now) : [],
    };
  },
});

/** Both, locked always in the same order, so that two merges cannot wait for each other. */
async function takeBoth(s: Scope<z.output<typeof input>>): Promise<[part: Issue, whole: Issue]> {
  const part = await needIssue(s.tx, s.org, s.input.issue);
  const whole = await needIssue(s.tx, s.org, s.input.into);
  if (part.id === whole.id) {
    throw invalid(`${part.ref} cannot become part of itself.`, {
      hint: `issue merge ${part.ref} into CLAIMS-2`,
      fields: { into: 'Choose another issue.' },
    });
  }
  const taken = new Map<string, Issue>();
  for (const { id, ref } of [part, whole].toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    taken.set(id, await takeIssue(s, ref, 'merge'));
  }
  return [taken.get(part.id)!, taken.get(whole.id)!];
}

/** Later signals on the number, and words on the priority, of what was merged go where its evidence is now. */
function subjectOf(part: Issue, whole: Issue): Partial<Issue> {
  const metric = whole.metric ?? (part.seat === whole.seat ? part.metric : null);
  const priority = whole.priority ?? part.priority;
  if (metric === whole.metric && priority === whole.priority) return {};
  return { metric, priority, openFor: openForOf({ seat: whole.seat, metric, priority }) };
}

async function moveEvidence(tx: Db, org: string, from: string, to: string): Promise<void> {
  for (const table of [tx.t.signals, tx.t.comments, tx.t.alerts] as const) {
    await tx
      .update(table)
      .set({ issue: to })
      .where(and(eq(table.org, org), eq(table.issue, from)))
      .returning({ issue: table.issue });
  }
}
