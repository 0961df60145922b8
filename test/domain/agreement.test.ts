import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Level, alpha } from '../../src/domain/agreement.ts';

type Units = (number | null)[][];
const LEVELS: readonly Level[] = ['nominal', 'ordinal', 'interval'];

/** Reviewers as they are printed, one line each, a dot for a gap; turned into units. */
function printed(...lines: readonly string[]): Units {
  const columns = lines.map((line) => line.split(' '));
  return columns[0]!.map((_, unit) =>
    columns.map((values) => (values[unit] === '.' ? null : Number.parseInt(values[unit]!, 36))),
  );
}

describe('the worked examples of Krippendorff (2011)', () => {
  test('two observers, two values, no gaps', () => {
    const units = printed('0 1 0 0 0 0 0 0 1 0', '1 1 1 0 0 1 0 0 0 0');
    expect(alpha(units, 'nominal')).toBeCloseTo(0.095, 3);
  });

  test('two observers, five values', () => {
    const units = printed('a a b b d c c c e d d a', 'b a b b b c c c e d d d');
    expect(alpha(units, 'nominal')).toBeCloseTo(0.692, 3);
  });

  test.each([
    ['nominal', 0.743],
    ['ordinal', 0.815],
    ['interval', 0.849],
  ] as const)('four observers with gaps, %s', (level, expected) => {
    const units = printed(
      '1 2 3 3 2 1 4 1 2 . . .',
      '1 2 3 3 2 2 4 1 2 5 . 3',
      '. 3 3 3 2 3 4 2 2 5 1 .',
      '1 2 3 3 2 4 4 1 2 5 1 .',
    );
    expect(alpha(units, level)).toBeCloseTo(expected, 3);
  });
});

/** The same by another way: every pair of values anywhere, weighted, without coincidence counts or ranks' middles. */
function byPairs(units: Units, level: Level): number | undefined {
  const rows = units
    .map((unit) => unit.filter((value) => value !== null))
    .filter((values) => values.length > 1);
  const all = rows.flat();
  const apart = (a: number, b: number): number => {
    if (level === 'nominal') return a === b ? 0 : 1;
    if (level === 'interval') return (a - b) ** 2;
    const [low, high] = a < b ? [a, b] : [b, a];
    const strictly = all.filter((v) => v > low && v < high).length;
    const ends = all.filter((v) => v === low).length + all.filter((v) => v === high).length;
    return a === b ? 0 : (strictly + ends / 2) ** 2;
  };
  const mean = (values: readonly number[]) => {
    const distances = values.flatMap((a, i) => values.flatMap((b, j) => (i === j ? [] : [apart(a, b)])));
    return distances.reduce((sum, d) => sum + d, 0) / distances.length;
  };
  if (new Set(all).size < 2) return undefined;
  const observed = rows.reduce((sum, values) => sum + (values.length * mean(values)) / all.length, 0);
  return 1 - observed / mean(all);
}

const units = fc.integer({ min: 1, max: 6 }).chain((reviewers) =>
  fc.array(
    fc.array(fc.option(fc.constantFrom(0, 1, 2, 5), { nil: null }), {
      minLength: reviewers,
      maxLength: reviewers,
    }),
    { maxLength: 12 },
  ),
);

test('a second computation agrees, whatever the gaps', () => {
  fc.assert(
    fc.property(units, fc.constantFrom(...LEVELS), (given, level) => {
      const [one, other] = [alpha(given, level), byPairs(given, level)];
      if (other === undefined) expect(one).toBeUndefined();
      else expect(one).toBeCloseTo(other, 9);
    }),
  );
});

test('the order of units and reviewers does not matter, and nobody agrees better than perfectly', () => {
  fc.assert(
    fc.property(units, fc.constantFrom(...LEVELS), (given, level) => {
      const value = alpha(given, level);
      if (value === undefined) return;
      expect(value).toBeLessThanOrEqual(1);
      expect(alpha(given.map((unit) => unit.toReversed()).toReversed(), level)).toBeCloseTo(value, 9);
    }),
  );
});

test('where nothing varies, or nobody looked at the same thing, there is no coefficient', () => {
  expect(alpha([], 'ordinal')).toBeUndefined();
  expect(
    alpha(
      [
        [2, 2],
        [2, 2],
      ],
      'ordinal',
    ),
  ).toBeUndefined();
  expect(
    alpha(
      [
        [1, null],
        [null, 2],
      ],
      'nominal',
    ),
  ).toBeUndefined();
});

test('reviewers who agree about everything that varies have 1', () => {
  for (const level of LEVELS)
    expect(
      alpha(
        [
          [0, 0, null],
          [2, 2, 2],
          [1, null, 1],
        ],
        level,
      ),
    ).toBe(1);
});
