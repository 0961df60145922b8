import type { App } from '../src/context.ts';
import type { JobHealth } from '../src/queries/doctor.ts';
import type { RunOne } from './engine.ts';
import { JOBS } from './index.ts';

/** Occurrences of a duty that are looked up for the doctor. */
const LOOKED_UP = 50;

export interface RunLog {
  /** Runs rows as `run` does, and remembers when each duty ran last and whether it failed. */
  watching(run: RunOne): RunOne;
  /** Of every duty: its last run in this process, what is due of it now, and when it comes next. */
  health(): Promise<JobHealth[]>;
}

export function createRunLog(app: Pick<App, 'store' | 'clock'>): RunLog {
  const last = new Map<string, { at: number; failed: boolean }>();
  return {
    watching: (run) => async (work) => {
      const done = await run(work);
      if (work.kind === 'job') last.set(work.job, { at: app.clock.now(), failed: !done });
      return done;
    },
    health: () =>
      Promise.all(
        JOBS.map(async (job): Promise<JobHealth> => {
          const now = app.clock.now();
          const [due, next] = [
            await job.due(app.store.read, now, LOOKED_UP),
            await job.next(app.store.read, now),
          ];
          const ran = last.get(job.name);
          return {
            name: job.name,
            due: due.length,
            ...(ran === undefined ? {} : { lastRun: ran.at, failed: ran.failed }),
            ...(next === undefined ? {} : { next }),
          };
        }),
      ),
  };
}
