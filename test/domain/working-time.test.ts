import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/clock.ts';
import { WEEKDAYS } from '../../src/domain/dates.ts';
import {
  OFFICE_HOURS,
  type WorkingHours,
  addWorkingTime,
  isWorking,
  nextWorking,
} from '../../src/domain/working-time.ts';
import { FROM, UNTIL, ZONES, changes, timeline } from './timeline.ts';

const berlin: WorkingHours = { ...OFFICE_HOURS, zone: 'Europe/Berlin' };
/** Berlin is an hour ahead in winter. */
const winter = (text: string) => Date.parse(`${text}+01:00`);
const iso = (at: number) => new Date(at).toISOString();

describe('four working hours', () => {
  test.each([
    ['begun in the morning, are over the same day', '2026-11-20T09:30', '2026-11-20T13:30'],
    ['begun on Friday at three, are over on Monday at eleven', '2026-11-20T15:00', '2026-11-23T11:00'],
    ['begun in the night, count from the morning', '2026-11-19T23:00', '2026-11-20T13:00'],
    ['begun on Saturday, count from Monday', '2026-11-21T12:00', '2026-11-23T13:00'],
    ['that would be over when the day is, are over next morning', '2026-11-19T13:00', '2026-11-20T09:00'],
  ])('%s', (_, from, until) => {
    expect(iso(addWorkingTime(winter(from), 4 * HOUR, berlin))).toBe(iso(winter(until)));
  });
});

test('the first minute belongs to the working day and the last does not', () => {
  expect(isWorking(winter('2026-11-20T09:00'), berlin)).toBe(true);
  expect(isWorking(winter('2026-11-20T08:59:59.999'), berlin)).toBe(false);
  expect(isWorking(winter('2026-11-20T16:59:59.999'), berlin)).toBe(true);
  expect(isWorking(winter('2026-11-20T17:00'), berlin)).toBe(false);
  expect(isWorking(winter('2026-11-21T12:00'), berlin)).toBe(false);
});

test('a night shift over the change of clocks is as long as it really is', () => {
  const nights: WorkingHours = { zone: 'Europe/Berlin', start: '00:00', end: '08:00', days: [...WEEKDAYS] };
  const forward = Date.parse('2026-03-29T00:00+01:00');
  expect(addWorkingTime(forward, 7 * HOUR, nights)).toBe(Date.parse('2026-03-30T00:00+02:00'));
  const back = Date.parse('2026-10-25T00:00+02:00');
  expect(addWorkingTime(back, 9 * HOUR, nights)).toBe(Date.parse('2026-10-26T00:00+01:00'));
});

test('a shift that the change of clocks swallows is passed over', () => {
  const hours: WorkingHours = { zone: 'Europe/Berlin', start: '02:00', end: '03:00', days: ['sun'] };
  expect(iso(nextWorking(Date.parse('2026-03-28T12:00Z'), hours))).toBe('2026-04-05T00:00:00.000Z');
});

test('round the clock every day is all of time', () => {
  const always: WorkingHours = { zone: 'Africa/Cairo', start: '00:00', end: '24:00', days: [...WEEKDAYS] };
  expect(addWorkingTime(FROM, 2000 * DAY, always)).toBe(FROM + 2000 * DAY);
});

test.each([
  ['no days', { ...berlin, days: [] }],
  ['an end before the start', { ...berlin, start: '22:00', end: '06:00' }],
  ['an end at the start', { ...berlin, start: '09:00', end: '09:00' }],
])('with %s somebody counts as always working, so that no wait is endless', (_, hours) => {
  const night = winter('2026-11-22T03:00');
  expect(isWorking(night, hours)).toBe(true);
  expect(nextWorking(night, hours)).toBe(night);
  expect(addWorkingTime(night, 4 * HOUR, hours)).toBe(night + 4 * HOUR);
});

test('a wait below zero, over ten years or not a number is a fault of the caller', () => {
  for (const ms of [-1, 4000 * DAY, Number.NaN, Infinity]) {
    expect(() => addWorkingTime(FROM, ms, berlin)).toThrow(RangeError);
  }
});

/** Minutes that are no working time, counted one by one around every change of clocks. */
test.each(ZONES)('agrees with the wall clock in %s, minute by minute around every change', (zone) => {
  const moments = timeline(zone);
  const hours: WorkingHours = { zone, start: '04:00', end: '22:00', days: ['mon', 'wed', 'thu', 'sun'] };
  const days = new Set([1, 3, 4, 0]);
  const near = changes(moments).map(({ at }) => at);
  const watched = moments.filter(
    ({ at }, i) => i % 5 === 0 || near.some((change) => Math.abs(at - change) < DAY),
  );
  for (const { at, wall } of watched) {
    const clock = new Date(wall);
    const works = days.has(clock.getUTCDay()) && clock.getUTCHours() >= 4 && clock.getUTCHours() < 22;
    if (isWorking(at, hours) !== works)
      expect.fail(`${iso(at)} in ${zone} is ${works ? '' : 'not '}working time`);
  }
  expect(watched.length).toBeGreaterThan(500);
});

const times = fc.integer({ min: 0, max: 48 }).map((half) => {
  const [hour, minute] = [Math.floor(half / 2), (half % 2) * 30];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
});
const anyHours: fc.Arbitrary<WorkingHours> = fc.record({
  zone: fc.constantFrom(...ZONES),
  start: times,
  end: times,
  days: fc.subarray([...WEEKDAYS]),
});
const instants = fc.integer({ min: FROM, max: UNTIL });
const waits = fc.integer({ min: 0, max: 400 * HOUR });

describe('whatever the hours and the zone', () => {
  test('waiting twice is waiting once for both', () => {
    fc.assert(
      fc.property(anyHours, instants, waits, waits, (hours, at, a, b) => {
        const twice = addWorkingTime(addWorkingTime(at, a, hours), b, hours);
        expect(twice).toBe(addWorkingTime(at, a + b, hours));
      }),
      { numRuns: 500 },
    );
  });

  test('what is due is due in working time, never before it was asked for, and never sooner than the wait', () => {
    fc.assert(
      fc.property(anyHours, instants, waits, (hours, at, ms) => {
        const due = addWorkingTime(at, ms, hours);
        expect(isWorking(due, hours)).toBe(true);
        expect(due).toBeGreaterThanOrEqual(at + ms);
        expect(addWorkingTime(at, 0, hours)).toBe(nextWorking(at, hours));
      }),
      { numRuns: 500 },
    );
  });

  test('later asked is never due sooner, and a longer wait is due later', () => {
    fc.assert(
      fc.property(anyHours, instants, waits, fc.integer({ min: 1, max: 10 * DAY }), (hours, at, ms, more) => {
        const due = addWorkingTime(at, ms, hours);
        expect(addWorkingTime(at + more, ms, hours)).toBeGreaterThanOrEqual(due);
        expect(addWorkingTime(at, ms + more, hours)).toBeGreaterThan(due);
      }),
      { numRuns: 500 },
    );
  });

  test('between now and the next working time nobody works', () => {
    fc.assert(
      fc.property(anyHours, instants, fc.double({ min: 0, max: 1, noNaN: true }), (hours, at, part) => {
        const next = nextWorking(at, hours);
        const between = Math.floor(at + (next - at) * part);
        expect(isWorking(between, hours)).toBe(between === next);
        expect(next - at).toBeLessThan(8 * DAY + MINUTE);
      }),
      { numRuns: 500 },
    );
  });
});
