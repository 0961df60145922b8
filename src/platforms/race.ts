import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Wall } from '../clock.ts';

/** What a race says when the work is not done in time. The work goes on. */
export const LATE = Symbol('late');

/** The result of `work`, or LATE after `ms` of real time. */
export async function within<T>(
  wall: Pick<Wall, 'sleep'>,
  ms: number,
  work: Promise<T>,
): Promise<T | typeof LATE> {
  // What is ready before the event loop turns needs no timer, and that is most of what the database is asked for.
  const soon = await Promise.race([work, nextTurn(LATE)]);
  if (soon !== LATE) return soon;
  const timer = new AbortController();
  const late = wall.sleep(ms, timer.signal).then((): typeof LATE => LATE);
  try {
    return await Promise.race([work, late]);
  } finally {
    // Without a reason of ours Node makes an error, with its stack, each time.
    timer.abort(LATE);
  }
}
