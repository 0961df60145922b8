import type { Measure } from './figures.ts';

/**
 * The readiness of 10,000 seats with ten full scores each, as the executive digest shows it, against better-sqlite3 alone
 * handing over the letters of the same scores.
 */
export const readiness: Measure = {
  name: 'readiness.10000_seats_s',
  unit: 's',
  aim: { atMost: 2 },
  warmUp: async (stage) => void (await (await stage.readiness()).child.ask('readiness')),
  async pair(stage) {
    const { child } = await stage.readiness();
    const limit = await child.ask<number>('raw');
    return { value: await child.ask<number>('readiness'), limit };
  },
};
