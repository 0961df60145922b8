import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/clock.ts';
import { SERVICE_LEVELS, deadlines, overdue, promisedText } from '../../src/domain/service-level.ts';
import { OFFICE_HOURS } from '../../src/domain/working-time.ts';

const BERLIN = { ...OFFICE_HOURS, zone: 'Europe/Berlin' };
/** By Berlin's winter clock. */
const at = (text: string) => Date.parse(`2026-${text.replace(' ', 'T')}:00+01:00`);
const friday = at('11-13 16:00');

test('what is critical is promised around the clock, the rest in working time', () => {
  expect(deadlines(1, friday, BERLIN)).toEqual({
    acknowledgeBy: friday + 15 * MINUTE,
    solveBy: friday + 4 * HOUR,
  });
  // One hour on Friday, three on Monday; two working days of eight hours each.
  expect(deadlines(2, friday, BERLIN)).toEqual({
    acknowledgeBy: at('11-16 12:00'),
    solveBy: at('11-17 16:00'),
  });
  expect(deadlines(3, friday, BERLIN)).toEqual({
    acknowledgeBy: at('11-17 16:00'),
    solveBy: at('11-27 16:00'),
  });
  expect(deadlines(4, friday, BERLIN)).toEqual({ acknowledgeBy: null, solveBy: friday + 30 * DAY });
});

test('the graver broken promise is named; what nobody needs to do is not overdue', () => {
  const promised = { drill: false, acknowledgeBy: 10, solveBy: 20 };
  expect(overdue({ state: 'open', ...promised }, 10)).toBeUndefined();
  expect(overdue({ state: 'open', ...promised }, 11)).toBe('acknowledge');
  expect(overdue({ state: 'acknowledged', ...promised }, 11)).toBeUndefined();
  expect(overdue({ state: 'open', ...promised }, 21)).toBe('solve');
  expect(overdue({ state: 'acknowledged', ...promised }, 21)).toBe('solve');
  for (const state of ['solved', 'closed', 'dropped'] as const)
    expect(overdue({ state, ...promised }, 99)).toBeUndefined();
  expect(overdue({ ...promised, state: 'open', acknowledgeBy: null, solveBy: null }, 99)).toBeUndefined();
  expect(overdue({ ...promised, state: 'open', drill: true }, 99)).toBeUndefined();
});

test('promises in words', () => {
  const words = Object.values(SERVICE_LEVELS).map(({ acknowledge, solve }) => [
    promisedText(acknowledge),
    promisedText(solve),
  ]);
  expect(words).toEqual([
    ['15 min', '4 h'],
    ['4 working hours', '2 working days'],
    ['2 working days', '10 working days'],
    ['no time', '30 days'],
  ]);
});
