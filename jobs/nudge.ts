import { nextNudgeAt, nudgesDue } from '../db/digests.ts';
import { nudgeForDigest } from '../src/actions/digest/index.ts';
import type { Job } from './job.ts';
import { performAsJob } from './perform-as.ts';

/** Plans who is reminded before a digest. */
export const nudgeJob: Job = {
  name: 'nudge',
  async due(db, now, limit) {
    const rows = await nudgesDue(db, now, limit);
    return rows.map((d) => ({
      org: d.org,
      key: `${d.id}:${d.nudgeAt}`,
      args: { digest: d.id, planned: d.nudgeAt! },
    }));
  },
  next: nextNudgeAt,
  run: async (app, due) => {
    await performAsJob(app, 'nudge', due.org, nudgeForDigest, due.args, due.key);
  },
};
