import { escalationsDue, nextEscalationAt } from '../db/escalations.ts';
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
  next: nextEscalationAt,
  run: async (app, due) => {
    await performAsJob(app, 'escalate', due.org, stepEscalation, due.args, due.key);
  },
};
