import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  COLOURS,
  DIMENSIONS,
  DIMENSION_NAMES,
  type Marks,
  letters,
  percentOf,
  weakest,
} from '../../src/domain/rubric.ts';

const colour = fc.constantFrom(...COLOURS);
const anyMarks: fc.Arbitrary<Marks> = fc.record({
  data: colour,
  governance: colour,
  integration: colour,
  change: colour,
});

const marks = (
  data: Marks['data'],
  governance: Marks['data'],
  integration: Marks['data'],
  change: Marks['data'],
): Marks => ({
  data,
  governance,
  integration,
  change,
});

test.each([
  [marks('green', 'green', 'green', 'green'), 100, 'green', 'G G G G'],
  [marks('green', 'green', 'green', 'yellow'), 87, 'yellow', 'G G G Y'],
  [marks('red', 'yellow', 'green', 'green'), 62, 'red', 'R Y G G'],
  [marks('red', 'red', 'red', 'red'), 0, 'red', 'R R R R'],
])('%o', (given, percent, colour, said) => {
  expect([percentOf(given), weakest(given), letters(given)]).toEqual([percent, colour, said]);
});

test('a hundred percent means that everything is green, and nothing else does', () => {
  fc.assert(
    fc.property(anyMarks, (given) => {
      expect(percentOf(given) === 100).toBe(DIMENSIONS.every((d) => given[d] === 'green'));
      expect(percentOf(given) === 0).toBe(DIMENSIONS.every((d) => given[d] === 'red'));
    }),
  );
});

test('a better mark is never a worse result', () => {
  fc.assert(
    fc.property(anyMarks, fc.constantFrom(...DIMENSIONS), colour, (given, dimension, other) => {
      const better = COLOURS.indexOf(other) <= COLOURS.indexOf(given[dimension]);
      fc.pre(better);
      const raised = { ...given, [dimension]: other };
      expect(percentOf(raised)).toBeGreaterThanOrEqual(percentOf(given));
      expect(COLOURS.indexOf(weakest(raised))).toBeLessThanOrEqual(COLOURS.indexOf(weakest(given)));
    }),
  );
});

test('every dimension has a name', () => {
  expect(Object.keys(DIMENSION_NAMES)).toEqual([...DIMENSIONS]);
});
