import { nextNightAt, nightsDue } from '../db/nights.ts';
import { runNight } from '../src/actions/org/index.ts';
import type { Job } from './job.ts';
import { performAsJob } from './perform-as.ts';

/** What every organisation does at 03:00 of its zone: see `runNight` for the duties. */
export const nightlyJob: Job = {
  name: 'nightly',
  async due(db, now, limit) {
    const rows = await nightsDue(db, now, limit);
    return rows.map(({ org, nightlyAt }) => ({
      org,
      key: `${org}:${nightlyAt ?? 'first'}`,
      args: nightlyAt === null ? {} : { night: nightlyAt },
    }));
  },
  next: nextNightAt,
  run: async (app, due) => {
    await performAsJob(app, 'nightly', due.org, runNight, { night: null, ...due.args }, due.key);
  },
};
