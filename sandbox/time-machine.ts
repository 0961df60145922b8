import { z } from 'zod';
import { DAY, type Wall } from '../src/clock.ts';
import { nextInstant } from '../src/domain/calendar.ts';
import { invalid } from '../src/errors.ts';
import type { SandboxHost } from './host.ts';

/** A quarter of a year, and how long it takes when it is played. */
const QUARTER = 91 * DAY;
const PLAY_MS = 60_000;
/** Pause between two steps of playing: short enough to look continuous. */
const STEP_MS = 120;
/** The furthest that one press may move the clock. */
const FURTHEST = 366 * DAY;

export const clockCommand = z.union([
  z.strictObject({ to: z.union([z.number().int(), z.literal('next_monday'), z.literal('now')]) }),
  z.strictObject({ by: z.number().int().positive().max(FURTHEST) }),
  z.strictObject({ play: z.literal(true) }),
  z.strictObject({ stop: z.literal(true) }),
]);
export type ClockCommand = z.infer<typeof clockCommand>;

export interface ClockState {
  readonly now: number;
  readonly zone: string;
  /** The clock is on its way to another time. */
  readonly moving: boolean;
  /** Share of the quarter that has been played, 0 to 1; undefined when none is playing. */
  readonly playing: number | undefined;
  /** Business time is behind the real one, so "now" means something. */
  readonly behind: boolean;
  readonly problem: string;
}

export interface TimeMachine {
  state(): ClockState;
  /** Starts playing, or moves and resolves on arrival. Throws CoxswainError when the clock is already on its way. */
  run(command: ClockCommand): Promise<void>;
  stop(): Promise<void>;
}

/** 09:00 on the Monday after `now`, in the zone. */
export function nextMonday(now: number, zone: string): number {
  return nextInstant({ kind: 'weekly', day: 'mon', time: '09:00' }, zone, now);
}

/** Moves business time when somebody presses a button of the clock bar. */
export function createTimeMachine(host: SandboxHost, wall: Wall, changed: () => void): TimeMachine {
  let journey: Promise<void> | undefined;
  let playing: number | undefined;
  let problem = '';

  const step = async (to: number) => {
    await host.advance(Math.max(to, host.now()));
    changed();
  };

  async function play(): Promise<void> {
    const [from, started] = [host.now(), wall.now()];
    playing = 0;
    while (playing !== undefined && playing < 1) {
      await wall.sleep(STEP_MS);
      // Stopped while it slept.
      if (playing === undefined) return;
      const share = Math.min(1, (wall.now() - started) / PLAY_MS);
      playing = share;
      await host.play(Math.max(from + share * QUARTER, host.now()));
      changed();
    }
  }

  function go(work: () => Promise<void>): Promise<void> {
    if (journey !== undefined) throw invalid('The clock is already moving. Press Stop first.');
    problem = '';
    const trip = work()
      .catch((error: unknown) => {
        problem = 'The clock could not be moved. The log says why.';
        throw error;
      })
      .finally(() => {
        [journey, playing] = [undefined, undefined];
        changed();
      });
    journey = trip;
    changed();
    return trip;
  }

  const target = (to: number | 'next_monday' | 'now'): number => {
    if (to === 'now') return wall.now();
    return to === 'next_monday' ? nextMonday(host.now(), host.zone) : to;
  };

  async function stop(): Promise<void> {
    playing = undefined;
    await journey?.catch(() => undefined);
  }

  return {
    state: () => ({
      now: host.now(),
      zone: host.zone,
      moving: journey !== undefined,
      playing,
      behind: wall.now() - host.now() > 60_000,
      problem,
    }),
    stop,
    async run(command) {
      if ('stop' in command) return stop();
      if ('play' in command) {
        // Plays on after the answer; what goes wrong is shown in the clock bar.
        go(play).catch(() => undefined);
        return undefined;
      }
      const to = 'by' in command ? host.now() + command.by : target(command.to);
      if (to < host.now())
        throw invalid('Time in the sandbox only goes forward. Reset the example to begin again.');
      if (to - host.now() > FURTHEST) throw invalid('That is more than a year ahead.');
      return go(() => step(to));
    },
  };
}
