/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Business time: what schedules, due dates and evidence are dated by. Tests and the sandbox move it. */
export interface Clock {
  now(): Instant;
}

/** Transport time, always real: signatures, tokens, leases, spacing, Retry-After. */
export interface Wall {
  now(): Instant;
  /** Ends early, and without an error, when `signal` aborts: an error for each timer that was not needed is costly. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const wall: Wall = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      timer.unref();
      signal?.addEventListener('abort', done);
    }),
};

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands at an instant (`frozen`) or runs with an offset, and goes forward when told to. */
export interface MoveableClock extends Clock {
  /** Jumps to `at`. Never backwards: evidence would be dated before its cause. */
  moveTo(at: Instant): void;
}

export function frozenClock(at: Instant): MoveableClock {
  let now = at;
  return {
    now: () => now,
    moveTo(next) {
      if (next < now) throw new RangeError('business time only moves forward');
      now = next;
    },
  };
}

/** Runs at real speed from `at` onwards, and can jump ahead. */
export function runningClock(at: Instant, source: Wall = wall): MoveableClock {
  let offset = at - source.now();
  const now = () => source.now() + offset;
  return {
    now,
    moveTo(next) {
      if (next < now()) return;
      offset = next - source.now();
    },
  };
}

/** Seconds since it was called, by a clock that nobody sets: for how long something took. */
export function stopwatch(): () => number {
  const since = performance.now();
  return () => (performance.now() - since) / 1000;
}
