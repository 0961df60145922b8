import { expect, test } from 'vitest';
import { FIT_WORDS, type FittingSeat, fitText, fits, parseFit } from '../../src/domain/lesson.ts';

const seat = (more: Partial<FittingSeat> = {}): FittingSeat => ({
  holder: 'ai',
  risk: 'medium',
  categories: new Set(['quality']),
  ...more,
});

test.each([
  ['every', seat(), true],
  ['', seat(), true],
  ['ai', seat(), true],
  ['human', seat(), false],
  ['high', seat(), false],
  ['high', seat({ risk: 'high' }), true],
  ['low', seat(), true],
  ['quality', seat(), true],
  ['business', seat(), false],
  ['ai, medium quality', seat(), true],
  ['ai,medium,business', seat(), false],
])('a rule for “%s”', (words, of, fitting) => {
  expect(fits(parseFit(words)!, of)).toBe(fitting);
});

test('a seat without numbers may get any', () => {
  expect(fits(parseFit('business')!, seat({ categories: new Set() }))).toBe(true);
});

test('what is unknown or excludes itself is not guessed', () => {
  expect(parseFit('robots')).toBeUndefined();
  expect(parseFit('ai human')).toBeUndefined();
  expect(parseFit('low,high')).toBeUndefined();
});

test('every word can be said back', () => {
  expect(['every', ...FIT_WORDS].map((word) => fitText(parseFit(word)!))).toEqual([
    'every seat',
    'AI seats',
    'human seats',
    'seats of low risk or more',
    'seats of medium risk or more',
    'seats of high risk',
    'seats with system numbers',
    'seats with quality numbers',
    'seats with business numbers',
    'seats with adoption numbers',
  ]);
});
