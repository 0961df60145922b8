import { and, eq, gt, min } from 'drizzle-orm';
import { escalationsDue } from '../db/issues.ts';
import { stepEscalation } from '../src/actions/escalation/index.ts';
import type { Job } from './job.ts';
import { performAsJob } from './perform-as.ts';

/** Runs the steps of escalations that are due. */
export const escalateJob: Job = {
  name: 'escalate',
  async due(db, now, limit) {
    const rows = await escalationsDue(db, now, limit);
    return rows.map((e) => ({
      org: e.org,
      key: `${e.id}:${e.step}:${e.repeats}:${e.nextAt}`,
      args: { escalation: e.id, step: e.step, repeats: e.repeats },
    }));
  },
  async next(db, now) {
    const { escalations } = db.t;
    const [row] = await db
      .select({ at: min(escalations.nextAt) })
      .from(escalations)
      .where(and(eq(escalations.state, 'running'), gt(escalations.nextAt, now)));
    return row?.at ?? undefined;
  },
  run: async (app, due) => {
    await performAsJob(app, 'escalate', due.org, stepEscalation, due.args, due.key);
  },
};
