import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  METRIC_CATALOGUE,
  impossible,
  usualMetric,
  usualTolerance,
} from '../../src/domain/metric-catalogue.ts';
import { METRIC_CATEGORIES, statusOf } from '../../src/domain/metric.ts';
import { statusAt, targetAt } from '../../src/domain/target.ts';

const target = (n: number) => ({ direction: 'higher' as const, target: n, targetHigh: null, tolerance: 2 });
const present = target(95);
const changes = [
  { ...target(80), until: 100 },
  { ...target(90), until: 200 },
];

test('a reading is judged by the target of the end of its period', () => {
  expect([50, 99, 100, 199, 200, 999].map((at) => targetAt(present, changes, at).target)).toEqual([
    80, 80, 90, 90, 95, 95,
  ]);
  expect(statusAt(present, changes, 91, 150)).toBe('green');
  expect(statusAt(present, changes, 91, 250)).toBe('red');
  expect(statusAt(present, [], 91, 150)).toBe('red');
});

test('a new target changes no status of the past, in whatever order the changes are given', () => {
  const change = fc.record({
    until: fc.integer({ min: 1, max: 1000 }),
    target: fc.integer({ min: 0, max: 100 }),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(change, { selector: (c) => c.until }),
      fc.integer({ min: 0, max: 999 }),
      (made, at) => {
        const before = made.map((c) => ({ ...target(c.target), until: c.until }));
        const now = { ...target(99), until: 1001 };
        const was = targetAt(present, before, at);
        expect(targetAt(target(1), [{ ...present, until: 1001 }, ...before.toReversed()], at)).toEqual(
          was === present ? { ...present, until: 1001 } : was,
        );
        expect(targetAt(now, before, 1002)).toBe(now);
      },
    ),
  );
});

test('the catalogue has usual metrics of every category, each with a sensible beginning', () => {
  expect(new Set(METRIC_CATALOGUE.map((m) => m.category))).toEqual(new Set(METRIC_CATEGORIES));
  expect(new Set(METRIC_CATALOGUE.map((m) => m.key)).size).toBe(METRIC_CATALOGUE.length);
  for (const usual of METRIC_CATALOGUE) {
    const tolerance = usualTolerance(usual, usual.example);
    expect(tolerance, usual.key).toBeGreaterThan(0);
    const meets = { direction: usual.direction, target: usual.example, targetHigh: null, tolerance };
    expect(statusOf(meets, usual.example), usual.key).toBe('green');
    expect(usual.unit.length, usual.key).toBeLessThanOrEqual(20);
    expect(usual.counted, usual.key).toMatch(/\.$/);
  }
  expect(usualMetric('Latency-P95')?.unit).toBe('ms');
  const acceptance = { key: 'acceptance-rate', unit: '%' };
  expect(impossible(acceptance, 912)).toBe('912 cannot be: Acceptance rate is between 0 and 100 %.');
  expect([0, 100].map((value) => impossible(acceptance, value))).toEqual([undefined, undefined]);
  expect(impossible({ key: 'latency-p95', unit: 'ms' }, -1)).toBe(
    '-1 cannot be: Latency p95 is at least 0 ms.',
  );
  expect(impossible({ key: 'margin', unit: '%' }, -3)).toBeUndefined();
});
