import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/clock.ts';
import {
  OFFICE_HOURS,
  addWorkingTime,
  nextWorking,
  workingTimeBetween,
} from '../../src/domain/working-time.ts';
import { holidaysOf, parseCountry } from '../../src/holidays.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / DAY;
const berlin = (text: string) => Date.parse(`2026-${text}:00+01:00`);
const german = { ...OFFICE_HOURS, zone: 'Europe/Berlin', isHoliday: holidaysOf('DE') };

test('a country is two letters, with a part of it where it matters', () => {
  expect(parseCountry(' de-by ')).toBe('DE-BY');
  expect(parseCountry('US')).toBe('US');
  expect([parseCountry('XX'), parseCountry('DE-XX'), parseCountry('Germany'), parseCountry('')]).toEqual(
    Array.from({ length: 4 }, () => undefined),
  );
});

test('public holidays count, feast days that nobody has off do not', () => {
  const de = holidaysOf('DE')!;
  expect([
    de(day('2026-12-25')),
    de(day('2026-12-24')),
    de(day('2026-11-01')),
    de(day('2026-05-25')),
  ]).toEqual([true, false, false, true]);
  expect(holidaysOf('DE-BY')!(day('2026-11-01'))).toBe(true);
  expect(holidaysOf(null)).toBeUndefined();
});

test('a holiday is no working day: neither for pings nor for waits', () => {
  // Christmas 2026 is a Friday and a Saturday.
  expect(nextWorking(berlin('12-25T10:00'), german)).toBe(berlin('12-28T09:00'));
  expect(addWorkingTime(berlin('12-24T16:00'), 2 * HOUR, german)).toBe(berlin('12-28T10:00'));
  expect(workingTimeBetween(berlin('12-24T16:00'), berlin('12-28T10:00'), german)).toBe(2 * HOUR);
  expect(workingTimeBetween(berlin('12-25T09:00'), berlin('12-25T17:00'), german)).toBe(0);
});

test('a calendar that calls every day a holiday is not believed for ever', () => {
  const never = { ...german, isHoliday: () => true };
  expect(nextWorking(berlin('12-01T10:00'), never)).toBeLessThan(berlin('12-01T10:00') + 100 * DAY);
});
