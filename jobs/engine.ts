import { createTask } from 'node-cron';
import { MINUTE, type MoveableClock, type Instant } from '../src/clock.ts';
import type { App } from '../src/context.ts';
import type { Send } from '../src/messages/sender.ts';
import { FAILED_PAUSE, type Work, findWork, nextDue, runWork, workKey } from './work.ts';

/** How many rows of a kind are looked up at once, and how many messages are sent side by side. */
const BATCH = 200;
const AT_ONCE = 8;
/** A scheduler that has not looked for this long was stopped or suspended: that is said out loud. */
const SILENCE = 5 * MINUTE;

export interface Engine {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Looks for work now, without waiting for the next tick. */
  kick(): void;
  /** Runs everything that is due, until nothing is. */
  drain(): Promise<void>;
  /** For the doctor: when it last looked, and the longest it was silent since it started. */
  health(): { readonly lastTick: Instant | undefined; readonly longestSilence: number };
}

/** Runs one row and remembers failures for a while; whether something was done. */
export type RunOne = (work: Work) => Promise<boolean>;

/** An occurrence of a duty that is still due after it was run this often does not move: it would keep the engine busy for ever. */
const STUCK = 3;
const REMEMBERED = 10_000;

export function createRunner(app: App, send: Send): RunOne {
  const failed = new Map<string, Instant>();
  const ran = new Map<string, number>();

  /** Whether this occurrence was run again and again without ceasing to be due. */
  function isStuck(key: string): boolean {
    const times = (ran.get(key) ?? 0) + 1;
    if (ran.size > REMEMBERED) ran.clear();
    ran.set(key, times > STUCK ? 0 : times);
    return times > STUCK;
  }

  return async (work) => {
    const key = workKey(work);
    if ((failed.get(key) ?? 0) > app.wall.now()) return false;
    try {
      if (work.kind === 'job' && isStuck(key)) throw new Error('it was done and is still due');
      const duty = work.kind === 'job' ? work.job : work.kind;
      await app.telemetry.measure({ kind: 'duty', duty }, () => runWork(app, send, work));
      failed.delete(key);
      return true;
    } catch (error) {
      failed.set(key, app.wall.now() + FAILED_PAUSE);
      app.log.error({ err: error, work: key }, 'a duty failed; it is tried again in half a minute');
      return false;
    }
  };
}

/**
 * Runs rows where they are found: the engine of one process. Duties and follow-ups run in order, messages side by
 * side; a platform that does not answer keeps its own messages waiting, not the duties.
 */
export function createEngine(app: App, run: RunOne): Engine {
  const state = {
    running: undefined as Promise<void> | undefined,
    again: false,
    stopped: false,
    wake: (): void => undefined,
  };
  const waiting = new Map<string, Work>();
  const sending = new Map<string, Promise<void>>();
  const watch = createSilenceWatch(app);

  async function sendOne(key: string, item: Work): Promise<void> {
    const done = await run(item);
    sending.delete(key);
    state.again ||= done;
    send();
    if (waiting.size === 0) state.wake();
  }

  function send(): void {
    for (const [key, item] of waiting) {
      if (state.stopped || sending.size >= AT_ONCE) return;
      waiting.delete(key);
      sending.set(key, sendOne(key, item));
    }
  }

  /** One pass over what is due; whether anything was done. */
  async function pass(): Promise<boolean> {
    const work = await findWork(app, BATCH);
    let done = false;
    for (const item of work) {
      const key = workKey(item);
      if (item.kind !== 'message') done = (await run(item)) || done;
      else if (!sending.has(key)) waiting.set(key, item);
    }
    send();
    return done;
  }

  async function passes(): Promise<void> {
    while (!state.stopped) {
      state.again = false;
      if ((await pass()) || state.again) continue;
      if (waiting.size + sending.size === 0) return;
      await new Promise<void>((wake) => (state.wake = wake));
    }
  }

  function drain(): Promise<void> {
    if (state.running !== undefined) return state.running.then(drain);
    state.running = passes().finally(() => {
      state.running = undefined;
    });
    return state.running;
  }

  function kick(): void {
    state.again = true;
    state.wake();
    if (state.running !== undefined || state.stopped) return;
    drain().catch((error: unknown) => app.log.error({ err: error }, 'the engine could not look for work'));
  }

  const ticker = everySecond(() => {
    watch.tick();
    kick();
  });
  return {
    start: async () => {
      state.stopped = false;
      await ticker.start();
    },
    stop: async () => {
      state.stopped = true;
      state.wake();
      await ticker.destroy();
      await state.running?.catch(() => undefined);
      await Promise.all(sending.values());
    },
    kick,
    drain,
    health: watch.health,
  };
}

/** A tick, nothing more: what is due is found in the database, so a lost tick loses nothing. */
export const everySecond = (tick: () => void) =>
  createTask('* * * * * *', tick, { noOverlap: true, suppressMissedWarning: true });

/** Notices when the scheduler was not running: a suspended machine, a blocked loop. */
export function createSilenceWatch(app: Pick<App, 'wall' | 'log'>) {
  let lastTick: Instant | undefined;
  let longestSilence = 0;
  return {
    tick(): void {
      const now = app.wall.now();
      const silence = lastTick === undefined ? 0 : now - lastTick;
      lastTick = now;
      longestSilence = Math.max(longestSilence, silence);
      if (silence > SILENCE) {
        app.log.warn(
          { seconds: Math.round(silence / 1000) },
          'the scheduler did not run for a while; what was due is done now',
        );
      }
    },
    health: () => ({ lastTick, longestSilence }),
  };
}

/** Moves business time to `to` through every due instant in order, and lets the work of each end before the next. */
export async function moveClock(
  app: App,
  engine: Pick<Engine, 'drain'>,
  clock: MoveableClock,
  to: Instant,
): Promise<void> {
  await engine.drain();
  for (;;) {
    const next = await nextDue(app);
    if (next === undefined || next > to) break;
    clock.moveTo(next);
    await engine.drain();
  }
  clock.moveTo(to);
  await engine.drain();
}
