import { orgsWithOldResults, forgetResults } from '../db/work.ts';
import { DAY, type Instant } from '../src/clock.ts';
import type { Job } from './job.ts';

/** Results are kept for repeated deliveries of one request; nobody repeats after a week. */
const KEPT = 7 * DAY;
/** A day's results are forgotten together, or every minute there would be something to forget. */
const TOGETHER = DAY;

/** Forgets the results of requests that nobody will repeat any more. */
export const forgetJob: Job = {
  name: 'forget',
  async due(db, now, limit) {
    const orgs = await orgsWithOldResults(db, now - KEPT - TOGETHER, limit);
    return orgs.map((org) => ({ org, key: `${org}:${Math.floor(now / DAY)}`, args: {} }));
  },
  next: (): Promise<Instant | undefined> => Promise.resolve(undefined),
  run: async (app, { org }) => {
    await app.store.write((tx) => forgetResults(tx, org, app.clock.now() - KEPT));
  },
};
