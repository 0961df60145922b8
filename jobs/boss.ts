import { PgBoss } from 'pg-boss';
import type { App } from '../src/context.ts';
import { type Engine, type RunOne, createEngine, everySecond, createSilenceWatch } from './engine.ts';
import { type Work, findWork, workKey } from './work.ts';

const QUEUE = 'coxswain';
const BATCH = 500;

/**
 * The engine for any number of copies on one PostgreSQL. Due rows are found by a sweep in every copy and handed
 * out by pg-boss, one job per row at a time; the rows keep due time, lease and attempts, so a job that is lost is
 * simply found again.
 */
export async function createBossEngine(app: App, run: RunOne, databaseUrl: string): Promise<Engine> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 4,
    schedule: false,
    application_name: 'coxswain-jobs',
    // What a killed copy had in its hands is looked for this often; with the heartbeat below it is free in half a minute.
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  });
  boss.on('error', (error: unknown) =>
    app.log.warn({ err: error }, 'the job engine lost its database for a moment'),
  );
  const local = createEngine(app, run);
  const watch = createSilenceWatch(app);
  const state = { sweeping: undefined as Promise<void> | undefined, again: false, started: false };

  async function sweep(): Promise<void> {
    do {
      state.again = false;
      const work = await findWork(app, BATCH);
      if (work.length > 0)
        await boss.insert(
          QUEUE,
          work.map((item) => ({ data: item, singletonKey: workKey(item) })),
        );
    } while (state.again);
  }

  function kick(): void {
    state.again = true;
    if (!state.started || state.sweeping !== undefined) return;
    state.sweeping = sweep()
      .catch((error: unknown) => app.log.error({ err: error }, 'the engine could not look for work'))
      .finally(() => {
        state.sweeping = undefined;
      });
  }

  const ticker = everySecond(() => {
    watch.tick();
    kick();
  });

  return {
    async start() {
      await boss.start();
      await boss.createQueue(QUEUE, {
        policy: 'exclusive',
        retryLimit: 0,
        expireInSeconds: 60,
        heartbeatSeconds: 15,
        deleteAfterSeconds: 60,
      });
      await boss.work<Work>(QUEUE, { batchSize: 20, pollingIntervalSeconds: 0.5 }, async (jobs) => {
        await Promise.all(jobs.map((job) => run(job.data)));
        kick();
      });
      state.started = true;
      await ticker.start();
    },
    async stop() {
      state.started = false;
      await ticker.destroy();
      await state.sweeping;
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
    kick,
    drain: local.drain,
    health: watch.health,
  };
}
