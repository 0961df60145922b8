import { issuesToClose, nextCloseAt } from '../db/issues.ts';
import { closeQuietIssue } from '../src/actions/issue/index.ts';
import type { Job } from './job.ts';
import { performAsJob } from './perform-as.ts';

/** Closes what was solved seven quiet days ago. */
export const closeJob: Job = {
  name: 'close',
  async due(db, now, limit) {
    const rows = await issuesToClose(db, now, limit);
    return rows.map(({ org, id, closeAt }) => ({ org, key: `${id}:${closeAt}`, args: { issue: id } }));
  },
  next: nextCloseAt,
  run: async (app, due) => {
    await performAsJob(app, 'close', due.org, closeQuietIssue, due.args, due.key);
  },
};
