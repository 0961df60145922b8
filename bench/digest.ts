import type { Measure } from './figures.ts';
import type { Stage } from './stage.ts';

interface Ran {
  /** For the digests of all fifty channels. */
  readonly seconds: number;
  /** Of one digest with its thread. */
  readonly queries: number;
  /** The longest turn of the event loop, in ms. */
  readonly turn: number;
  /** Seconds that the database alone takes to hand over the same readings. */
  readonly raw: number;
}

const ran = async (stage: Stage, seats: number): Promise<Ran> =>
  (await stage.digest()).child.ask<Ran>('run', { seats });

const SEATS = 1000;
const MANY = 10_000;
/** One seat a channel: what fifty digests cost however little they say. */
const FEWEST = 50;

const warm =
  (...sizes: readonly number[]) =>
  async (stage: Stage) => {
    for (const seats of sizes) await ran(stage, seats);
  };

/** Digests of 1,000 seats with ten numbers each and thirteen weeks in fifty channels. */
const seconds: Measure = {
  name: 'digest.1000_seats_s',
  unit: 's',
  aim: { atMost: 5 },
  warmUp: warm(SEATS),
  async pair(stage) {
    const { seconds, raw } = await ran(stage, SEATS);
    return { value: seconds, limit: raw };
  },
};

/** Queries of one digest with 200 seats, beside one with 20. */
const queries: Measure = {
  name: 'digest.queries',
  unit: 'queries',
  aim: { atMost: 40 },
  warmUp: warm(SEATS, MANY),
  async pair(stage) {
    const few = await ran(stage, SEATS);
    return { value: (await ran(stage, MANY)).queries, limit: few.queries };
  },
};

/** The longest turn of the event loop while digests of 200 seats each are made; its limit is what Coxswain allows itself. */
const turn: Measure = {
  name: 'digest.turn_ms',
  unit: 'ms',
  aim: { atMost: 50 },
  warmUp: warm(MANY),
  pair: async (stage) => ({ value: (await ran(stage, MANY)).turn, limit: 50 }),
};

/** The exponent with which time grows from 1,000 to 10,000 seats, without what fifty digests cost anyway. */
const growth: Measure = {
  name: 'growth.digest',
  unit: 'exponent',
  aim: { atMost: 1.2 },
  warmUp: warm(FEWEST, SEATS, MANY),
  async pair(stage) {
    const fixed = (await ran(stage, FEWEST)).seconds;
    const [few, many] = [await ran(stage, SEATS), await ran(stage, MANY)];
    const slope = Math.log10((many.seconds - fixed) / (few.seconds - fixed));
    return { value: slope, limit: Math.log10(many.raw / few.raw) };
  },
};

export const DIGEST: readonly Measure[] = [seconds, queries, turn, growth];
