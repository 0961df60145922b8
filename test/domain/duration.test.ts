import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/clock.ts';
import { formatDuration, parseDuration } from '../../src/domain/duration.ts';

test.each([
  ['15m', 15 * MINUTE],
  ['4h', 4 * HOUR],
  ['2d', 2 * DAY],
  ['1w', 7 * DAY],
  ['1h30m', 90 * MINUTE],
  ['1.5h', 90 * MINUTE],
  ['1,5 h', 90 * MINUTE],
  ['2 h 15 min', 135 * MINUTE],
  ['3 days', 3 * DAY],
  ['1 Day 4 Hours', 28 * HOUR],
  ['45s', 45 * SECOND],
  ['0m', 0],
])('%s', (typed, ms) => {
  expect(parseDuration(typed)).toBe(ms);
});

test.each([
  ['', 'is not a length of time'],
  ['15', 'is not a length of time'],
  ['-5m', 'is not a length of time'],
  ['m15', 'is not a length of time'],
  ['1.2.3h', 'is not a length of time'],
  ['3 fortnights', 'has the unit “fortnights”'],
  ['30m1h', 'twice or out of order'],
  ['1h1h', 'twice or out of order'],
  ['367d', 'longer than 366 days'],
])('“%s” is refused with what was wrong and examples', (typed, wrong) => {
  expect(() => parseDuration(typed)).toThrow(
    expect.objectContaining({
      code: 'invalid',
      message: expect.stringContaining(wrong),
      hint: '15m, 4h, 1h30m, 2d',
    }) as Error,
  );
});

test.each([
  [135 * MINUTE, '2 h 15 min'],
  [3 * DAY, '3 days'],
  [DAY, '1 day'],
  [DAY + 4 * HOUR + 59 * MINUTE, '1 day 4 h'],
  [DAY - 1, '23 h 59 min'],
  [HOUR, '1 h'],
  [90 * SECOND, '1 min 30 s'],
  [999, '0 s'],
  [0, '0 s'],
  [-5 * MINUTE, '0 s'],
])('%d ms is shown as %s', (ms, shown) => {
  expect(formatDuration(ms)).toBe(shown);
});

test('what is shown can be typed, and is never longer than what was meant', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 366 * DAY }), (ms) => {
      const shown = parseDuration(formatDuration(ms));
      expect(shown).toBeLessThanOrEqual(ms);
      expect(formatDuration(shown)).toBe(formatDuration(ms));
    }),
  );
});
