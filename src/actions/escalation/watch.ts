import { and, eq } from 'drizzle-orm';
import { crewOf } from '../../../db/crew.ts';
import { escalationOf } from '../../../db/escalations.ts';
import type { Issue } from '../../../db/issues.ts';
import { orgById } from '../../../db/orgs.ts';
import type { Db } from '../../../db/store.ts';
import { standIn } from '../../domain/escalation-answer.ts';
import { nextWatch, solveUntil } from '../../domain/escalation-watch.ts';
import { OFFICE_HOURS } from '../../domain/working-time.ts';
import { holidaysOf } from '../../holidays.ts';

/**
 * Somebody has the issue: the pings stop, they are reminded now and then, and the chain starts again when the issue is
 * not solved in time. `by` is the person id of who has it.
 */
export async function watchIssue(
  tx: Db,
  w: {
    readonly org: string;
    readonly issue: Pick<Issue, 'id' | 'severity' | 'solveBy'>;
    readonly by: string;
    readonly now: number;
  },
): Promise<void> {
  const { escalations } = tx.t;
  const escalation = await escalationOf(tx, w.org, w.issue.id);
  // Nobody was ever pinged about it: the digest names it.
  if (escalation === undefined) return;
  const office = { ...OFFICE_HOURS, zone: (await orgById(tx, w.org))!.zone };
  const known = solveUntil(w.issue, escalation.startedAt, office);
  const inTime = known === null || known > w.now;
  const until = inTime ? known : solveUntil(w.issue, w.now, office);
  const people = await crewOf(tx, w.org, [w.by]);
  const who = standIn(
    { now: w.now, find: (id) => people.get(id), lost: new Set(), holidays: holidaysOf },
    w.by,
  );
  const calendar = 'gone' in who ? office : who.calendar;
  const since = inTime ? escalation.startedAt : w.now;
  const nextAt = nextWatch({ now: w.now, calendar, since, reminders: 0, until });
  await tx
    .update(escalations)
    .set({
      state: nextAt === null ? 'ended' : 'watching',
      nextAt,
      endedAt: nextAt === null ? w.now : null,
      // What was answered too late gets its time from now on.
      startedAt: since,
      reminders: 0,
      snoozedUntil: null,
      snoozedBy: null,
      handedTo: null,
      handedBy: null,
      why: null,
    })
    .where(and(eq(escalations.org, w.org), eq(escalations.id, escalation.id)))
    .returning({ id: escalations.id });
}
