import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CADENCES } from '../../src/domain/dates.ts';
import { NEWEST, historyOf, judgedFrom } from '../../src/domain/drift/history.ts';
import { lastPeriods } from '../../src/domain/period.ts';
import { MONDAY } from '../support/app.ts';

const ZONE = 'Europe/Berlin';
const RANGE = { direction: 'higher', target: 90, targetHigh: null, tolerance: 5 } as const;

test('what is before the instant from which is judged is never among the newest periods', () => {
  const among = fc.record({
    cadence: fc.constantFrom(...CADENCES),
    now: fc.integer({ min: 0, max: 30 }).map((days) => MONDAY + days * 86_400_000),
    createdAt: fc.constantFrom(0, MONDAY),
    came: fc.uniqueArray(fc.nat(20), { minLength: 1 }),
  });
  fc.assert(
    fc.property(among, ({ cadence, now, createdAt, came }) => {
      const periods = lastPeriods(cadence, 21, now, ZONE, { includeCurrent: true });
      const recent = came
        .toSorted((a, b) => a - b)
        .map((at) => ({ period: periods[at]!.key, periodStart: periods[at]!.start, value: 91, note: null }));
      const metric = { ...RANGE, cadence, createdAt, awaitedFrom: null };
      const history = historyOf(metric, { recent, targets: [] }, now, ZONE);
      const newest = new Set(history.periods.slice(-NEWEST).map(({ period }) => period));
      const from = judgedFrom(cadence, recent.at(-1)!.periodStart, ZONE);
      const old = recent.filter(({ periodStart }) => periodStart < from);
      expect(old.filter(({ period }) => newest.has(period))).toEqual([]);
    }),
  );
});
