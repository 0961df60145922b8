import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Target,
  formatNumber,
  formatTarget,
  miss,
  parseNumber,
  statusOf,
  withUnit,
} from '../../src/domain/metric.ts';

const higher = (target: number, tolerance = 0): Target => ({
  direction: 'higher',
  target,
  targetHigh: null,
  tolerance,
});
const lower = (target: number, tolerance = 0): Target => ({
  direction: 'lower',
  target,
  targetHigh: null,
  tolerance,
});
const between = (target: number, targetHigh: number, tolerance = 0): Target => ({
  direction: 'range',
  target,
  targetHigh,
  tolerance,
});

describe('the status of a value', () => {
  test.each([
    [higher(90, 5), [90, 100], [89.9, 85], [84.9, -1]],
    [lower(300, 50), [300, 0], [300.1, 350], [351]],
    [between(18, 22, 1), [18, 20, 22], [17, 17.9, 22.1, 23], [16.9, 23.1]],
    [higher(0), [0, 1], [], [-0.1]],
  ] as const)('%o', (target, green, yellow, red) => {
    const judge = (values: readonly number[]) => values.map((value) => statusOf(target, value));
    expect(judge(green)).toEqual(green.map(() => 'green'));
    expect(judge(yellow)).toEqual(yellow.map(() => 'yellow'));
    expect(judge(red)).toEqual(red.map(() => 'red'));
  });

  test('a value typed as the limit is not lost by binary rounding', () => {
    expect(statusOf(lower(0.3), 0.1 + 0.2)).toBe('green');
    expect(statusOf(higher(0.9, 0.1), 0.8)).toBe('yellow');
    expect(statusOf(lower(1e12), 1e12 + 1)).toBe('green');
    expect(statusOf(lower(1e6), 1e6 + 0.01)).toBe('red');
  });

  const number = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 100);
  const size = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 100);
  const order = ['green', 'yellow', 'red'] as const;

  test('never gets better further away from the target', () => {
    fc.assert(
      fc.property(
        number,
        size,
        size,
        size,
        fc.constantFrom(1, -1),
        (target, tolerance, near, further, side) => {
          const goal = side === 1 ? lower(target, tolerance) : higher(target, tolerance);
          const [a, b] = [near, near + further].map((gap) =>
            order.indexOf(statusOf(goal, target + side * gap)),
          );
          expect(b).toBeGreaterThanOrEqual(a!);
        },
      ),
    );
  });

  test('lower is higher seen in a mirror, and a range is both at once', () => {
    fc.assert(
      fc.property(number, size, number, size, (target, tolerance, value, width) => {
        expect(statusOf(lower(target, tolerance), value)).toBe(statusOf(higher(-target, tolerance), -value));
        const both = new Set([
          statusOf(higher(target, tolerance), value),
          statusOf(lower(target + width, tolerance), value),
        ]);
        const worst = order.findLast((status) => both.has(status));
        expect(statusOf(between(target, target + width, tolerance), value)).toBe(worst);
      }),
    );
  });

  test('a miss is counted in the unit of the metric', () => {
    expect([miss(higher(90), 71), miss(lower(300), 250), miss(between(18, 22), 25)]).toEqual([19, -50, 3]);
  });
});

describe('numbers as people type them', () => {
  test.each([
    ['0.92', 0.92],
    ['92%', 92],
    ['1,5', 1.5],
    ['0,123', 0.123],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1,234', 1234],
    ['1,234,567', 1_234_567],
    ['1 234', 1234],
    ['1\u202F234,5', 1234.5],
    ['1’234.5', 1234.5],
    ['\u22125', -5],
    ['+3', 3],
    ['1e3', 1000],
    [' 7 ', 7],
    ['.5', 0.5],
  ])('%j is %d', (typed, value) => {
    expect(parseNumber(typed)).toBe(value);
  });

  test.each([
    '',
    'NaN',
    'Infinity',
    '1e999',
    '1,2,3',
    '1.2.3',
    '0x10',
    '12 apples',
    '--1',
    '%',
    ',',
    '1.2,3,4',
    '٣',
  ])('%j is none', (typed) => {
    expect(parseNumber(typed)).toBeUndefined();
  });

  test('whatever is typed gives a finite number or nothing', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789.,-+e% '.split('')) }),
    );
    fc.assert(
      fc.property(hostile, (typed) => [undefined, true].includes(finite(parseNumber(typed)))),
      { numRuns: 2000 },
    );
  });

  const finite = (value: number | undefined) => (value === undefined ? undefined : Number.isFinite(value));

  test('what a decimal number is shown as is read as that number', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 3 }), (n, places) => {
        const value = n / 10 ** places;
        expect(parseNumber(String(value))).toBe(value);
        // With a comma, three digits behind it would be thousands.
        if (places < 3) expect(parseNumber(String(value).replace('.', ','))).toBe(value);
      }),
    );
  });
});

describe('numbers for people', () => {
  test.each([
    [0, '0'],
    [0.1 + 0.2, '0.3'],
    [2.5, '2.5'],
    [12.345, '12.35'],
    [99.999, '100'],
    [123.456, '123.5'],
    [1234.5, '1235'],
    [-0.00012, '-0.0001'],
    [0.00001, '1.00e-5'],
    [2e9, '2.00e+9'],
    [NaN, '–'],
    [Infinity, '–'],
  ])('%d is %s', (value, shown) => {
    expect(formatNumber(value)).toBe(shown);
  });

  test('targets say which way is better', () => {
    expect(formatTarget(higher(92), '%')).toBe('≥ 92 %');
    expect(formatTarget(lower(2.5), 's')).toBe('≤ 2.5 s');
    expect(formatTarget(between(18, 22), '°C')).toBe('18–22 °C');
    expect(withUnit(3, '')).toBe('3');
  });

  test('nothing is shown as less than nothing', () => {
    expect(formatNumber(-0)).toBe('0');
    expect(formatNumber(-0.00011)).not.toBe('0');
  });
});
