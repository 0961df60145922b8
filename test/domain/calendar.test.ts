import { Cron } from 'croner';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/clock.ts';
import { type Rule, instantsBetween, latestInstant, nextInstant } from '../../src/domain/calendar.ts';
import { WEEKDAYS, timeOfDay, weekdayOf } from '../../src/domain/dates.ts';
import { FROM, UNTIL, ZONES, changes, firstReadings, timeline } from './timeline.ts';

const iso = (at: number) => new Date(at).toISOString();
const daily = (time: string): Rule => ({ kind: 'daily', time });
const dateOf = (day: number) => new Date(day * DAY).getUTCDate();
const utc = (text: string) => Date.parse(`${text}Z`);

/** Midnights, the hours in which these zones change their clocks, and an ordinary morning. */
const TIMES = [
  '00:00',
  '00:30',
  '01:00',
  '01:30',
  '01:45',
  '02:00',
  '02:15',
  '02:30',
  '03:00',
  '09:00',
  '23:30',
];

describe.each(ZONES)('ten years in %s, against a scan of the wall clock', (zone) => {
  const moments = timeline(zone);
  const dates = new Map(TIMES.map((time) => [time, firstReadings(moments, timeOfDay(time))]));

  /** What a rule that occurs on `these` dates gives within the ten years. */
  const scanned = (time: string, these: (day: number) => boolean) =>
    (dates.get(time) ?? []).filter(({ day }) => these(day)).map(({ at }) => at);
  const computed = (rule: Rule) => {
    const [first, last] = [scanned(rule.time, () => true)[0], scanned(rule.time, () => true).at(-1)];
    return instantsBetween(rule, zone, (first ?? 0) - 1, last ?? 0);
  };

  test.each(TIMES)(
    'daily at %s comes once per local date, at the first moment the clock shows it',
    (time) => {
      const instants = computed({ kind: 'daily', time });
      expect(instants).toEqual(scanned(time, () => true));
      expect(instants).toHaveLength((UNTIL - FROM) / DAY);
    },
  );

  test.each(WEEKDAYS)('weekly on %s comes on that weekday, also in the nights of change', (weekday) => {
    for (const time of TIMES) {
      const isDay = (day: number) => new Date(day * DAY).getUTCDay() === (WEEKDAYS.indexOf(weekday) + 1) % 7;
      expect(computed({ kind: 'weekly', day: weekday, time })).toEqual(scanned(time, isDay));
    }
  });

  test('monthly comes on its day, and on the last day whatever the length of the month', () => {
    for (const time of TIMES) {
      for (const day of [1, 15, 28]) {
        expect(computed({ kind: 'monthly', day, time })).toEqual(scanned(time, (d) => dateOf(d) === day));
      }
      expect(computed({ kind: 'monthly', day: 'last', time })).toEqual(
        scanned(time, (d) => dateOf(d + 1) === 1),
      );
    }
  });

  test('asked at any moment around a change, the next and the latest are neighbours on the list', () => {
    const around = changes(moments).flatMap(({ at }) => [at - 1, at, at + 1, at + 30 * MINUTE, at + HOUR]);
    for (const time of TIMES) {
      const list = scanned(time, () => true);
      for (const asked of [...around, FROM + 100 * DAY]) {
        if (asked < (list[0] ?? 0) || asked >= (list.at(-1) ?? 0)) continue;
        const rule: Rule = { kind: 'daily', time };
        expect(nextInstant(rule, zone, asked)).toBe(list.find((at) => at > asked));
        expect(latestInstant(rule, zone, asked)).toBe(list.findLast((at) => at <= asked));
      }
    }
  });

  test('croner, a calendar library by others, gives the same in the days around each change', () => {
    for (const { at } of changes(moments)) {
      for (const time of TIMES) {
        const [hour, minute] = time.split(':').map(Number);
        const theirs = new Cron(`${minute} ${hour} * * *`, { timezone: zone, paused: true });
        const start = at - 30 * HOUR;
        const runs = theirs.nextRuns(3, new Date(start)).map((run) => run.getTime());
        const ours = instantsBetween({ kind: 'daily', time }, zone, start, runs.at(-1) ?? start);
        expect(ours.map(iso)).toEqual(runs.map(iso));
      }
    }
  });
});

test('the zones under test do change their clocks, except the one that never does', () => {
  const counts = Object.fromEntries(ZONES.map((zone) => [zone, changes(timeline(zone)).length]));
  expect(counts['Asia/Kathmandu']).toBe(0);
  expect(counts['Europe/Berlin']).toBe(22);
  expect(counts['Africa/Cairo']).toBeGreaterThan(10);
  expect(counts['Africa/Casablanca']).toBeGreaterThan(10);
});

describe('cases that are known to go wrong', () => {
  test('02:30 in the night Berlin goes forward is 03:00 summer time, and 02:30 again the day after', () => {
    const first = nextInstant(daily('02:30'), 'Europe/Berlin', utc('2026-03-28T12:00'));
    expect(iso(first)).toBe('2026-03-29T01:00:00.000Z');
    expect(iso(nextInstant(daily('02:30'), 'Europe/Berlin', first))).toBe('2026-03-30T00:30:00.000Z');
  });

  test('02:30 in the night Berlin goes back is the first of the two, and does not come again', () => {
    const first = nextInstant(daily('02:30'), 'Europe/Berlin', utc('2026-10-24T12:00'));
    expect(iso(first)).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(nextInstant(daily('02:30'), 'Europe/Berlin', first))).toBe('2026-10-26T01:30:00.000Z');
  });

  test('midnight does not exist in Cairo on 24 April 2026: the day begins at one', () => {
    const at = nextInstant(daily('00:00'), 'Africa/Cairo', utc('2026-04-23T12:00'));
    expect(iso(at)).toBe('2026-04-23T22:00:00.000Z');
  });

  test('Lord Howe moves by half an hour', () => {
    const at = nextInstant(daily('02:15'), 'Australia/Lord_Howe', utc('2026-10-03T12:00'));
    expect(iso(at)).toBe('2026-10-03T15:30:00.000Z');
  });

  test('a date that Samoa left out gives no second run', () => {
    const runs = instantsBetween(
      daily('00:00'),
      'Pacific/Apia',
      utc('2011-12-28T12:00'),
      utc('2012-01-01T12:00'),
    );
    expect(runs.map(iso)).toEqual([
      '2011-12-29T10:00:00.000Z',
      '2011-12-30T10:00:00.000Z',
      '2011-12-31T10:00:00.000Z',
      '2012-01-01T10:00:00.000Z',
    ]);
  });

  test('offsets with seconds, before there were zones', () => {
    const at = nextInstant(daily('12:00'), 'Europe/Berlin', utc('1880-06-01T00:00'));
    expect(iso(at)).toBe('1880-06-01T11:06:32.000Z');
  });

  test.each([
    ['the 31st, which not every month has', { kind: 'monthly', day: 31, time: '09:00' }],
    ['the day before the first', { kind: 'monthly', day: 0, time: '09:00' }],
    ['the 29th', { kind: 'monthly', day: 29, time: '09:00' }],
    ['half a day', { kind: 'monthly', day: 1.5, time: '09:00' }],
    ['no day', { kind: 'monthly', day: Number.NaN, time: '09:00' }],
    ['a weekday of no week', { kind: 'weekly', day: 'xyz', time: '09:00' }],
    ['a kind that is none', { kind: 'yearly', time: '09:00' }],
    ['the end of the day', { kind: 'daily', time: '24:00' }],
    ['an hour of one digit', { kind: 'daily', time: '9:00' }],
    ['a time with more behind it', { kind: 'daily', time: '09:00 ' }],
  ])('%s is refused, whatever is asked', (_, given) => {
    // As it could stand in a stored row.
    const rule = given as Rule;
    expect(() => nextInstant(rule, 'UTC', 0)).toThrow(RangeError);
    expect(() => latestInstant(rule, 'UTC', 0)).toThrow(RangeError);
    expect(() => instantsBetween(rule, 'UTC', 0, DAY)).toThrow(RangeError);
  });

  test('a time or a zone that does not exist is refused', () => {
    expect(() => nextInstant(daily('25:00'), 'UTC', 0)).toThrow(RangeError);
    expect(() => nextInstant(daily('09:00'), 'Europe/Atlantis', 0)).toThrow(RangeError);
  });
});

test('in every zone there is: strictly after, strictly increasing, and nothing left out in between', () => {
  const rule = fc.oneof(
    fc.record({ kind: fc.constant('daily' as const), time: fc.constantFrom(...TIMES) }),
    fc.record({
      kind: fc.constant('weekly' as const),
      day: fc.constantFrom(...WEEKDAYS),
      time: fc.constantFrom(...TIMES),
    }),
    fc.record({
      kind: fc.constant('monthly' as const),
      day: fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant('last' as const)),
      time: fc.constantFrom(...TIMES),
    }),
  );
  const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  fc.assert(
    fc.property(
      rule,
      zone,
      fc.integer({ min: utc('2024-01-01T00:00'), max: utc('2026-01-01T00:00') }),
      (rule, zone, at) => {
        const next = nextInstant(rule, zone, at);
        expect(next).toBeGreaterThan(at);
        expect(latestInstant(rule, zone, next)).toBe(next);
        expect(latestInstant(rule, zone, next - 1)).toBeLessThanOrEqual(at);
        expect(nextInstant(rule, zone, next - 1)).toBe(next);
      },
    ),
    { numRuns: 500 },
  );
});

test('weekdays count from Monday', () => {
  expect(weekdayOf(Date.UTC(2026, 10, 20) / DAY)).toBe(4);
  expect(weekdayOf(Date.UTC(1969, 11, 29) / DAY)).toBe(0);
});
