import { createTask } from 'node-cron';
import { brokenChains } from '../db/escalation-audit.ts';
import { mendEscalation } from '../src/actions/escalation/index.ts';
import { MINUTE } from '../src/clock.ts';
import type { App } from '../src/context.ts';
import { quietReason } from '../src/log.ts';
import type { Engine } from './engine.ts';
import { performAsJob } from './perform-as.ts';

/** As many chains as are mended in one round; the next one goes on. */
const MOST = 200;
/** An engine that has not looked for this long is not healthy. */
const SILENCE = 5 * MINUTE;

/** Watches over the escalator by real time, however business time is moved. */
export interface Watchman {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** One round: mends chains that had stopped, and tells the outside that all is well. Returns how many were mended. */
  round(): Promise<number>;
}

/** `heartbeat` tells somebody outside that this Coxswain is well; it rejects when nobody heard it. */
export function createWatchman(
  app: App,
  health: Engine['health'],
  heartbeat: (() => Promise<void>) | undefined,
): Watchman {
  const state = { running: undefined as Promise<number> | undefined };

  async function mendAll(): Promise<number> {
    const now = app.clock.now();
    const broken = await brokenChains(app.store.read, now, MOST);
    for (const { issue, fault } of broken) {
      app.log.error(
        { issue: issue.id, fault },
        'an escalation had stopped although nobody has answered; it goes on now, and the admins are told',
      );
      await performAsJob(app, 'mend', issue.org, mendEscalation, { issue: issue.id }, `${issue.id}:${now}`);
    }
    if (broken.length > 0) app.kick();
    return broken.length;
  }

  async function beat(): Promise<void> {
    const { lastTick } = health();
    if (heartbeat === undefined || lastTick === undefined || app.wall.now() - lastTick > SILENCE) return;
    await heartbeat().catch((error: unknown) =>
      app.log.warn({ reason: quietReason(error) }, 'the heartbeat was not heard'),
    );
  }

  async function once(): Promise<number> {
    try {
      const mended = await mendAll();
      // What had to be mended is over; only a round that fails keeps the outside waiting.
      await beat();
      return mended;
    } catch (error) {
      app.log.error({ err: error }, 'the escalator could not be checked; there was no heartbeat');
      return 0;
    } finally {
      state.running = undefined;
    }
  }

  const round = (): Promise<number> => (state.running ??= once());
  const ticker = createTask('*/5 * * * *', () => void round(), {
    noOverlap: true,
    suppressMissedWarning: true,
  });
  return {
    round,
    async start() {
      await ticker.start();
    },
    async stop() {
      await ticker.destroy();
      await state.running;
    },
  };
}
