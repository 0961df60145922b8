import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/clock.ts';
import { CoxswainError } from '../../src/errors.ts';
import {
  CADENCES,
  dueAt,
  lastPeriods,
  nextPeriod,
  periodFromKey,
  periodOf,
  previousPeriod,
} from '../../src/domain/period.ts';
import { FROM, UNTIL, ZONES, firstReadings, timeline } from './timeline.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const iso = (at: number) => new Date(at).toISOString();
const NOW = utc('2026-11-20T12:00');

test('a period is named as people and ISO 8601 name it', () => {
  expect(periodOf('daily', NOW, 'Europe/Berlin').key).toBe('2026-11-20');
  expect(periodOf('weekly', NOW, 'Europe/Berlin').key).toBe('2026-W47');
  expect(periodOf('monthly', NOW, 'Europe/Berlin').key).toBe('2026-11');
});

test.each([
  ['2026-12-31', '2026-W53'],
  ['2027-01-03', '2026-W53'],
  ['2027-01-04', '2027-W01'],
  ['2024-12-30', '2025-W01'],
  ['2021-01-01', '2020-W53'],
  ['2020-01-01', '2020-W01'],
  ['2022-01-02', '2021-W52'],
])('%s belongs to week %s', (date, key) => {
  expect(periodOf('weekly', utc(`${date}T12:00`), 'UTC').key).toBe(key);
});

test('a week begins and ends at local midnight, and is an hour longer when clocks go back', () => {
  const week = periodFromKey('weekly', '2026-W43', 'Europe/Berlin');
  expect(iso(week.start)).toBe('2026-10-18T22:00:00.000Z');
  expect(iso(week.end)).toBe('2026-10-25T23:00:00.000Z');
  expect(week.end - week.start).toBe(7 * DAY + HOUR);
});

test('its reading is late from nine in the morning after it', () => {
  const week = periodFromKey('weekly', '2026-W46', 'Asia/Kathmandu');
  expect(iso(dueAt(week, 'Asia/Kathmandu'))).toBe('2026-11-16T03:15:00.000Z');
  // Midnight after the 23rd does not exist in Cairo; nine o'clock does.
  const day = periodFromKey('daily', '2026-04-23', 'Africa/Cairo');
  expect(iso(dueAt(day, 'Africa/Cairo'))).toBe('2026-04-24T06:00:00.000Z');
});

describe('the last periods', () => {
  test('are the completed ones, oldest first', () => {
    const keys = lastPeriods('weekly', 3, NOW, 'Europe/Berlin').map(({ key }) => key);
    expect(keys).toEqual(['2026-W44', '2026-W45', '2026-W46']);
  });

  test('can include the current one, which then is the last', () => {
    const keys = lastPeriods('monthly', 3, NOW, 'Europe/Berlin', { includeCurrent: true }).map(
      ({ key }) => key,
    );
    expect(keys).toEqual(['2026-09', '2026-10', '2026-11']);
  });

  test('count a period as completed from its last instant on', () => {
    const { end } = periodFromKey('daily', '2026-11-19', 'Europe/Berlin');
    expect(lastPeriods('daily', 1, end, 'Europe/Berlin')[0]?.key).toBe('2026-11-19');
    expect(lastPeriods('daily', 1, end - 1, 'Europe/Berlin')[0]?.key).toBe('2026-11-18');
    expect(lastPeriods('daily', 0, end, 'Europe/Berlin')).toEqual([]);
  });
});

describe('a key that somebody typed', () => {
  test('may be in small letters', () => {
    expect(periodFromKey('weekly', ' 2026-w47 ', 'UTC')).toEqual(periodOf('weekly', NOW, 'UTC'));
  });

  test.each([
    ['weekly', '2025-W53'],
    ['weekly', '2026-W00'],
    ['weekly', '2026-47'],
    ['daily', '2026-02-29'],
    ['daily', '2026-13-01'],
    ['daily', '20-11-2026'],
    ['monthly', '2026-13'],
    ['monthly', '2026-00'],
    ['monthly', '0000-01'],
    ['monthly', ''],
  ] as const)('%s %s names no period and is refused with an example', (cadence, key) => {
    const example = { daily: '2026-11-20', weekly: '2026-W47', monthly: '2026-11' }[cadence];
    expect(() => periodFromKey(cadence, key, 'UTC')).toThrow(
      expect.objectContaining({ code: 'invalid', hint: example }) as CoxswainError,
    );
  });
});

test.each(ZONES)('the days of ten years in %s begin when the wall clock says so', (zone) => {
  const midnights = firstReadings(timeline(zone), 0);
  const days = midnights.map(({ at }) => periodOf('daily', at, zone));
  expect(days.map(({ start }) => start)).toEqual(midnights.map(({ at }) => at));
  expect(days.map(({ key }) => key)).toEqual(
    midnights.map(({ day }) => new Date(day * DAY).toISOString().slice(0, 10)),
  );
});

const cadences = fc.constantFrom(...CADENCES);
// St John's once put its clocks back over midnight, at 00:01: yesterday seemed to come again.
const zones = fc.constantFrom(
  ...ZONES,
  'America/St_Johns',
  'America/Havana',
  'Africa/El_Aaiun',
  'Asia/Beirut',
);
const instants = fc.oneof(
  fc.integer({ min: FROM, max: UNTIL }),
  fc.integer({ min: utc('2009-11-01T00:00'), max: utc('2009-11-01T06:00') }),
);

test('periods part time without gap or overlap', () => {
  fc.assert(
    fc.property(cadences, zones, instants, (cadence, zone, at) => {
      const period = periodOf(cadence, at, zone);
      expect(period.start).toBeLessThanOrEqual(at);
      expect(period.end).toBeGreaterThan(at);
      expect(nextPeriod(cadence, period, zone)).toEqual(periodOf(cadence, period.end, zone));
      expect(previousPeriod(cadence, period, zone)).toEqual(periodOf(cadence, period.start - 1, zone));
      expect(previousPeriod(cadence, period, zone).end).toBe(period.start);
      expect(periodFromKey(cadence, period.key, zone)).toEqual(period);
      expect(dueAt(period, zone)).toBeGreaterThan(period.end);
      expect(dueAt(period, zone)).toBeLessThan(period.end + 12 * HOUR);
    }),
    { numRuns: 1000 },
  );
});

test('the last n periods are a chain that ends just before the present one', () => {
  fc.assert(
    fc.property(cadences, zones, instants, fc.integer({ min: 1, max: 60 }), (cadence, zone, at, n) => {
      const periods = lastPeriods(cadence, n, at, zone);
      expect(periods).toHaveLength(n);
      expect(periods.at(-1)).toEqual(previousPeriod(cadence, periodOf(cadence, at, zone), zone));
      for (const [i, period] of periods.slice(1).entries()) expect(period.start).toBe(periods[i]?.end);
    }),
    { numRuns: 300 },
  );
});
