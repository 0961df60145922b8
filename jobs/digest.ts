import { digestsDue, nextDigestAt } from '../db/digests.ts';
import { postDigest } from '../src/actions/digest/index.ts';
import type { Job } from './job.ts';
import { performAsJob } from './perform-as.ts';

/** Posts the weekly digests whose day and time have come. */
export const digestJob: Job = {
  name: 'digest',
  async due(db, now, limit) {
    const rows = await digestsDue(db, now, limit);
    return rows.map((d) => ({
      org: d.org,
      key: `${d.id}:${d.nextAt}`,
      args: { digest: d.id, nominal: d.nextAt },
    }));
  },
  next: nextDigestAt,
  run: async (app, due) => {
    await performAsJob(app, 'digest', due.org, postDigest, due.args, due.key);
  },
};
