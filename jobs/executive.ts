import { executivesDue, nextExecutiveAt } from '../db/executive.ts';
import { postExecutive } from '../src/actions/digest/index.ts';
import type { Job } from './job.ts';
import { performAsJob } from './perform-as.ts';

/** Posts the digests of whole organisations whose day and time have come. */
export const executiveJob: Job = {
  name: 'executive',
  async due(db, now, limit) {
    const rows = await executivesDue(db, now, limit);
    return rows.map((d) => ({
      org: d.org,
      key: `${d.id}:${d.nextAt}`,
      args: { executive: d.id, nominal: d.nextAt },
    }));
  },
  next: nextExecutiveAt,
  run: async (app, due) => {
    await performAsJob(app, 'executive', due.org, postExecutive, due.args, due.key);
  },
};
