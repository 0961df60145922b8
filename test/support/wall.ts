import { type Wall, wall } from '../../src/clock.ts';

export interface MovingWall extends Wall {
  /** Lets transport time jump forward: leases run out, Retry-After is over. */
  pass(ms: number): void;
}

/** Real time, plus what was passed over. */
export function movingWall(offset = 0): MovingWall {
  let ahead = offset;
  return {
    now: () => Date.now() + ahead,
    sleep: wall.sleep,
    pass: (ms) => {
      ahead += ms;
    },
  };
}
