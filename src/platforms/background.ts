import type { Log } from '../log.ts';

/** Starts work that goes on after the answer; `what` names it in the log when it fails. */
export type Later = (what: string, work: () => Promise<unknown>) => void;

export interface Background {
  readonly later: Later;
  /** Resolves when nothing is left, also of what was begun meanwhile. */
  idle(): Promise<void>;
}

/** Work that outlives its request: its faults are logged, and stopping waits for it. */
export function createBackground(log: Log): Background {
  const running = new Set<Promise<void>>();
  return {
    later(what, work) {
      const task = work()
        .then(
          () => undefined,
          (error: unknown) => log.error({ err: error, what }, 'work after an answer failed'),
        )
        .finally(() => running.delete(task));
      running.add(task);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
