import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/clock.ts';
import { parseReturn, returnText } from '../../src/domain/absence.ts';
import { hoursText, parseHours } from '../../src/domain/hours-text.ts';
import { CoxswainError } from '../../src/errors.ts';
import { WEEKDAYS } from '../../src/domain/dates.ts';
import { OFFICE_HOURS } from '../../src/domain/working-time.ts';

const zone = 'Europe/Berlin';
const hours = { ...OFFICE_HOURS, zone };
/** Monday, 09:00 in Berlin. */
const NOW = Date.UTC(2026, 10, 16, 8, 0);
const back = (text: string, last: 'until' | 'through' = 'until') =>
  returnText(parseReturn(text, { now: NOW, hours, last }), zone);

test.each([
  ['fri', '2026-11-20 09:00'],
  ['Friday', '2026-11-20 09:00'],
  ['next friday', '2026-11-20 09:00'],
  ['mon', '2026-11-23 09:00'],
  ['tomorrow', '2026-11-17 09:00'],
  ['tomorrow 14:30', '2026-11-17 14:30'],
  ['tomorrow at 2pm', '2026-11-17 14:00'],
  ['today 15:00', '2026-11-16 15:00'],
  ['15:00', '2026-11-16 15:00'],
  ['3pm', '2026-11-16 15:00'],
  ['2026-12-24', '2026-12-24 09:00'],
  ['2026-12-24 13:15', '2026-12-24 13:15'],
  ['2026-12-24T13:15', '2026-12-24 13:15'],
  ['24 dec', '2026-12-24 09:00'],
  ['Dec 24', '2026-12-24 09:00'],
  ['3 Jan', '2027-01-03 09:00'],
  ['24 December 2026 8am', '2026-12-24 08:00'],
  ['3 days', '2026-11-19 09:00'],
  ['2w', '2026-11-30 09:00'],
  ['4h', '2026-11-16 13:00'],
  ['next week', '2026-11-23 09:00'],
  // Clocks are put forward on the 28th of March 2027: 02:30 does not exist.
  ['2027-03-28 02:30', '2027-03-28 03:00'],
])('until %s', (typed, expected) => {
  expect(back(typed)).toBe(expected);
});

test.each([
  ['fri', '2026-11-21 09:00'],
  ['2026-12-31', '2027-01-01 09:00'],
  ['next week', '2026-11-30 09:00'],
  ['today', '2026-11-17 09:00'],
])('through %s', (typed, expected) => {
  expect(back(typed, 'through')).toBe(expected);
});

test.each([
  ['', 'is no day'],
  ['whenever', 'is no day'],
  ['2026-02-30', 'is no day'],
  ['tomorrow 25:00', 'is no day'],
  ['f', 'is no day'],
  ['today', 'is over already'],
  ['2026-11-01', 'is over already'],
  ['2028-01-01', 'more than a year'],
])('refused: %s', (typed, why) => {
  expect(() => back(typed)).toThrow(why);
});

test('who begins at 07:30 is back at 07:30, and who always works at 9', () => {
  const early = parseReturn('fri', {
    now: NOW,
    last: 'until',
    hours: { ...parseHours('7:30-15 mon-fri'), zone },
  });
  const always = parseReturn('fri', { now: NOW, last: 'until', hours: { ...parseHours('always'), zone } });
  expect([early, always].map((at) => returnText(at, zone))).toEqual(['2026-11-20 07:30', '2026-11-20 09:00']);
});

test('what a form is filled in with means the same again, in any zone and at any time', () => {
  const zones = fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Pacific/Apia');
  fc.assert(
    fc.property(zones, fc.integer({ min: 1, max: 366 * 24 * 60 - 120 }), (z, minutes) => {
      const at = NOW + minutes * MINUTE;
      const read = parseReturn(returnText(at, z), { now: NOW, hours: { ...hours, zone: z }, last: 'until' });
      // In the hour that comes twice the first one is meant.
      expect([at, at - HOUR]).toContain(read);
    }),
  );
});

test('whatever is typed is a moment within a year from now, or a sentence', () => {
  const words = fc.constantFrom(
    'fri',
    'next',
    'tomorrow',
    '24',
    'dec',
    '2026-12-01',
    '14:00',
    '2pm',
    '3',
    'days',
    'at',
    '٣',
    '𝟙',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(words, { maxLength: 4 }).map((w) => w.join(' ')),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom('until', 'through'), (text, last) => {
      try {
        const at = parseReturn(text, { now: NOW, hours, last });
        expect(at).toBeGreaterThan(NOW);
        expect(at).toBeLessThanOrEqual(NOW + 366 * DAY);
      } catch (error) {
        expect(error).toBeInstanceOf(CoxswainError);
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['9-17 mon-fri', '09:00-17:00 mon-fri'],
  ['9–17', '09:00-17:00 mon-fri'],
  ['8:30 - 16:00 mon,tue thu', '08:30-16:00 mon,tue,thu'],
  ['mon-thu 9am-5pm', '09:00-17:00 mon-thu'],
  ['9 to 5pm weekdays', '09:00-17:00 mon-fri'],
  ['sat-sun 10-24', '10:00-24:00 sat,sun'],
  ['fri-mon 10-18', '10:00-18:00 mon,fri,sat,sun'],
  ['daily 7-8', '07:00-08:00 mon-sun'],
  ['Always', 'always'],
])('hours %s', (typed, expected) => {
  expect(hoursText(parseHours(typed))).toBe(expected);
});

test.each([
  ['', 'has no hours'],
  ['mon-fri', 'has no hours'],
  ['17-9', 'ends before it begins'],
  ['9-9', 'ends before it begins'],
  ['9-17 lundi', 'days that I do not know'],
  ['9:75-17', 'no clock shows'],
  ['9-25 mon', 'no clock shows'],
])('hours refused: %s', (typed, why) => {
  expect(() => parseHours(typed)).toThrow(why);
});

test('hours that were read are said so that they are read again', () => {
  const days = fc.subarray([...WEEKDAYS], { minLength: 1 });
  const times = fc
    .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
    .filter(([a, b]) => a < b);
  const clock = (quarter: number) =>
    `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
  fc.assert(
    fc.property(days, times, (on, [from, to]) => {
      const given = { start: clock(from), end: clock(to), days: on };
      expect(parseHours(hoursText(given))).toEqual(given);
    }),
  );
});

test('whatever is typed as hours is hours, or a sentence', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9:. apm\-a-z]{0,20}$/)), (text) => {
      try {
        const read = parseHours(text);
        expect(parseHours(hoursText(read))).toEqual(read);
      } catch (error) {
        expect(error).toBeInstanceOf(CoxswainError);
      }
    }),
    { numRuns: 2000 },
  );
});
