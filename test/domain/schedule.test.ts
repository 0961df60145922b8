import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rule } from '../../src/domain/calendar.ts';
import { WEEKDAYS } from '../../src/domain/dates.ts';
import { formatSchedule, parseSchedule } from '../../src/domain/schedule.ts';
import { parseZone } from '../../src/domain/zone-name.ts';
import { CoxswainError } from '../../src/errors.ts';
import { ZONES } from './timeline.ts';

/** What somebody reads who typed something wrong. */
function fault(act: () => unknown): { message: string; hint: string | undefined } {
  try {
    act();
  } catch (error) {
    if (error instanceof CoxswainError && error.code === 'invalid')
      return { message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error('nothing was wrong');
}

describe('a schedule as people type it', () => {
  const monday: Rule = { kind: 'weekly', day: 'mon', time: '09:00' };
  test.each<[string, { rule: Rule; zone?: string }]>([
    ['mon 09:00 Europe/Berlin', { rule: monday, zone: 'Europe/Berlin' }],
    ['monday 9:00', { rule: monday }],
    ['every Monday at 9am in europe/berlin', { rule: monday, zone: 'Europe/Berlin' }],
    ['Mondays, 9.00', { rule: monday }],
    ['weekly thurs 16:30', { rule: { kind: 'weekly', day: 'thu', time: '16:30' } }],
    ['daily 08:30', { rule: { kind: 'daily', time: '08:30' } }],
    ['every day at 12am', { rule: { kind: 'daily', time: '00:00' } }],
    ['daily 12:15pm', { rule: { kind: 'daily', time: '12:15' } }],
    ['monthly 1 9:00 UTC', { rule: { kind: 'monthly', day: 1, time: '09:00' }, zone: 'UTC' }],
    ['monthly 28th 9:00', { rule: { kind: 'monthly', day: 28, time: '09:00' } }],
    [
      'monthly last 17:00 America/New York',
      { rule: { kind: 'monthly', day: 'last', time: '17:00' }, zone: 'America/New_York' },
    ],
  ])('%s', (typed, meant) => {
    expect(parseSchedule(typed)).toEqual(meant);
    expect(parseSchedule(typed.split(' '))).toEqual(meant);
  });

  test.each([
    ['', 'needs a day and a time'],
    ['someday 9:00', '“someday” is not a day'],
    ['m 9:00', '“m” is not a day'],
    ['weekly', '“” is not a day'],
    ['mon', 'needs a time'],
    ['mon 9', '“9” is not a time'],
    ['mon 24:00', '“24:00” is not a time'],
    ['mon 9:60', '“9:60” is not a time'],
    ['mon 13pm', '“13pm” is not a time'],
    ['monthly 29 9:00', '“29” is not a day that every month has'],
    ['monthly 0 9:00', '“0” is not a day that every month has'],
  ])('“%s” is refused with what was wrong and an example', (typed, wrong) => {
    const { message, hint } = fault(() => parseSchedule(typed));
    expect(message).toContain(wrong);
    expect(parseSchedule(hint ?? '').zone).toBe('Europe/Berlin');
  });

  test.each(['someday 9:00', 'daily 9:00', 'monthly 29 9:00', 'weekly'])(
    '“%s” is no weekly schedule, and nothing else is suggested',
    (typed) => {
      const weekly = { weekly: true, example: 'digest here mon 09:00' } as const;
      const { message, hint } = fault(() => parseSchedule(typed, weekly));
      expect(message).toContain('is not a weekday, and this is weekly');
      expect(message).not.toMatch(/or monthly|1 to 28/);
      expect(hint).toBe(weekly.example);
      expect(parseSchedule('weekly fri 9:00', weekly).rule).toEqual({
        kind: 'weekly',
        day: 'fri',
        time: '09:00',
      });
    },
  );

  test('is shown in the form in which it is typed', () => {
    const days = fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constant('last' as const));
    const time = fc.constantFrom('00:00', '09:00', '23:59');
    const rules: fc.Arbitrary<Rule> = fc.oneof(
      fc.record({ kind: fc.constant('daily' as const), time }),
      fc.record({ kind: fc.constant('weekly' as const), day: fc.constantFrom(...WEEKDAYS), time }),
      fc.record({ kind: fc.constant('monthly' as const), day: days, time }),
    );
    fc.assert(
      fc.property(rules, fc.constantFrom(...ZONES), (rule, zone) => {
        expect(parseSchedule(formatSchedule(rule, zone))).toEqual({ rule, zone });
      }),
    );
  });

  test('of any text, gives a schedule or a sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        try {
          parseSchedule(`mon 9:00 ${text}`);
        } catch (error) {
          expect(error).toBeInstanceOf(CoxswainError);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a time zone as people type it', () => {
  test.each([
    ['europe/berlin', 'Europe/Berlin'],
    [' Asia/KATHMANDU ', 'Asia/Kathmandu'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['america/new york', 'America/New_York'],
    ['us/eastern', 'America/New_York'],
    ['utc', 'UTC'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ])('%s is %s', (typed, zone) => {
    expect(parseZone(typed)).toBe(zone);
  });

  test.each([
    ['Europe/Berln', 'Europe/Berlin'],
    ['berlin', 'Europe/Berlin'],
    ['New York', 'America/New_York'],
    ['Kathmandu', 'Asia/Kathmandu'],
    ['EST', 'America/New_York'],
    ['+02:00', 'Europe/Berlin'],
    ['', 'Europe/Berlin'],
  ])('“%s” is none, and %s is offered', (typed, offered) => {
    const { message, hint } = fault(() => parseZone(typed));
    expect(message).toContain(`“${typed}” is not a time zone`);
    expect(hint).toBe(offered);
  });

  test('every zone of the platform is accepted in any letter case', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      expect(parseZone(zone.toUpperCase())).toBe(zone);
    }
  });
});
