import type { Measure } from './figures.ts';
import type { Stage } from './stage.ts';

interface Ticked {
  readonly ms: number;
  /** The same rows by the database alone. */
  readonly raw: number;
}

const tick = async (stage: Stage, seats: number, open: number, due: number): Promise<Ticked> =>
  (await stage.escalation()).child.ask<Ticked>('tick', { seats, open, due });

const usual = (stage: Stage) => tick(stage, 1000, 100_000, 100);
/** Every seat has one issue, and every one of them is due. */
const grown = (stage: Stage, seats: number) => tick(stage, seats, seats, seats);

const SEATS = 1000;
const MANY = 10_000;

/** 100 of 100,000 open escalations take their step: found, pinged, audited, committed, their messages wanted. */
const tickMs: Measure = {
  name: 'escalation.tick_ms',
  unit: 'ms',
  aim: { atMost: 50 },
  async warmUp(stage) {
    for (let i = 0; i < 3; i += 1) await usual(stage);
  },
  async pair(stage) {
    const { ms, raw } = await usual(stage);
    return { value: ms, limit: raw };
  },
};

/** The exponent with which time grows from 1,000 to 10,000 seats, without what one costs anyway. */
const growth: Measure = {
  name: 'growth.escalation',
  unit: 'exponent',
  aim: { atMost: 1.2 },
  async warmUp(stage) {
    for (const seats of [1, SEATS, MANY]) await grown(stage, seats);
  },
  async pair(stage) {
    const fixed = (await grown(stage, 1)).ms;
    const [few, many] = [await grown(stage, SEATS), await grown(stage, MANY)];
    const slope = Math.log10((many.ms - fixed) / (few.ms - fixed));
    return { value: slope, limit: Math.log10(many.raw / few.raw) };
  },
};

export const ESCALATION: readonly Measure[] = [tickMs, growth];
