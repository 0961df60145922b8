import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COLOURS, lettersOf, percentOf, weakestOf } from '../../../src/domain/rubric/colour.ts';

const colours = fc.array(fc.constantFrom(...COLOURS), { minLength: 1, maxLength: 12 });

test('all green is a hundred percent and nothing else is', () => {
  fc.assert(
    fc.property(colours, (given) => {
      expect(percentOf(given) === 100).toBe(given.every((c) => c === 'green'));
      expect(percentOf(given) === 0).toBe(given.every((c) => c === 'red'));
    }),
  );
  expect(percentOf(['green', 'green', 'yellow', 'red'])).toBe(62);
  expect(percentOf([])).toBeUndefined();
});

test('the weakest is red as soon as one is', () => {
  expect(weakestOf(['green', 'yellow', 'red'])).toBe('red');
  expect(weakestOf(['green', 'yellow'])).toBe('yellow');
  expect(weakestOf([])).toBeUndefined();
});

test('letters stand in the order of the dimensions, a dash where nothing applies', () => {
  expect(lettersOf(['green', undefined, 'red', 'yellow'])).toBe('G – R Y');
});
