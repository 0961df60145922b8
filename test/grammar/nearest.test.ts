import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest } from '../../src/grammar/nearest.ts';

const COMMANDS = [
  'seat',
  'metric',
  'log',
  'scorecard',
  'score',
  'digest',
  'issue',
  'audit',
  'doctor',
  'help',
  'me',
];

test.each([
  ['saet', 'seat'],
  ['SEAT', 'seat'],
  ['ｓｅａｔ', 'seat'],
  ['seats', 'seat'],
  ['metrics', 'metric'],
  ['scorcard', 'scorecard'],
  ['dig', 'digest'],
  ['sco', 'scorecard'],
  ['scor', 'scorecard'],
  ['isue', 'issue'],
  ['hepl', 'help'],
  ['lgo', 'log'],
  ['auditing', 'audit'],
])('%s was probably meant to be %s', (typed, meant) => {
  expect(nearest(typed, COMMANDS)).toBe(meant);
});

test.each(['', 'xyzzy', 'banana', 'q', 'x'.repeat(5000)])('%.10s is like none of them', (typed) => {
  expect(nearest(typed, COMMANDS)).toBeUndefined();
});

test('a name is nearest to itself, and two swapped letters do not lose it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...COMMANDS), fc.nat(8), (name, at) => {
      expect(nearest(name, COMMANDS)).toBe(name);
      const i = at % (name.length - 1);
      const slip = name.slice(0, i) + name.charAt(i + 1) + name.charAt(i) + name.slice(i + 2);
      if (name.length > 3) expect(nearest(slip, COMMANDS)).toBe(name);
    }),
  );
});
