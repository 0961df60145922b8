import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/clock.ts';
import { nextPlanning, nudgeWindow, nudgesOf, planningTimes } from '../../src/domain/nudge.ts';
import { OFFICE_HOURS, type WorkingHours } from '../../src/domain/working-time.ts';

/** 2026-11-16 is a Monday. */
const berlin = (text: string) => Date.parse(`2026-11-${text.replace(' ', 'T')}:00+01:00`);
const OFFICE: WorkingHours = { ...OFFICE_HOURS, zone: 'Europe/Berlin' };
const planned = (digest: number, now: number, hours = OFFICE) =>
  nudgesOf(digest, now, hours).map(({ nudge, at }) => [nudge, at]);

describe('when a person is reminded of a digest', () => {
  test('a day and two hours before, when they work then', () => {
    const digest = berlin('18 14:00');
    expect(planned(digest, digest - 3 * DAY)).toEqual([
      ['24h', berlin('17 14:00')],
      ['2h', berlin('18 12:00')],
    ]);
  });

  test('what is due in the night waits for the morning, if that is before the digest', () => {
    const digest = berlin('18 10:00');
    expect(planned(digest, digest - 3 * DAY)).toEqual([
      ['24h', berlin('17 10:00')],
      ['2h', berlin('18 09:00')],
    ]);
    const monday = berlin('16 10:00');
    // Both wait for Monday 09:00: that is one reminder.
    expect(planned(monday, monday - 4 * DAY)).toEqual([['24h', berlin('16 09:00')]]);
  });

  test('before a Monday morning it comes in the last working hour of Friday, once', () => {
    const digest = berlin('16 09:00');
    expect(planned(digest, digest - 5 * DAY)).toEqual([['24h', berlin('13 16:00')]]);
    // Planned late, on Saturday, it would only disturb.
    expect(planned(digest, berlin('14 12:00'))).toEqual([]);
  });

  test('who works on Sunday is reminded on Sunday', () => {
    const always: WorkingHours = { ...OFFICE, days: ['sat', 'sun', 'mon'] };
    const digest = berlin('16 09:00');
    expect(planned(digest, digest - 5 * DAY, always)).toEqual([
      ['24h', berlin('15 09:00')],
      ['2h', berlin('15 16:00')],
    ]);
  });

  test('after a stop what is due is told at once, and never after the digest', () => {
    const digest = berlin('18 14:00');
    expect(planned(digest, berlin('17 16:30'))).toEqual([
      ['24h', berlin('17 16:30')],
      ['2h', berlin('18 12:00')],
    ]);
    expect(planned(digest, berlin('18 13:30'))).toEqual([['2h', berlin('18 13:30')]]);
    for (let now = digest - 5 * DAY; now < digest; now += HOUR / 2)
      for (const { at } of nudgesOf(digest, now, OFFICE)) {
        expect(at).toBeLessThan(digest);
        expect(at).toBeGreaterThanOrEqual(now);
      }
  });
});

test('planning happens early, a day and two hours before, then the digest itself is next', () => {
  const digest = berlin('16 09:00');
  const [early, first, last] = planningTimes(digest);
  expect([nextPlanning(digest, 0), nextPlanning(digest, early), nextPlanning(digest, first)]).toEqual([
    early,
    first,
    last,
  ]);
  expect(nextPlanning(digest, last)).toBeNull();
});

test('digests of about the same time share a window', () => {
  expect(nudgeWindow(berlin('16 09:00'))).toBe(nudgeWindow(berlin('16 10:30')));
  expect(nudgeWindow(berlin('16 09:00'))).not.toBe(nudgeWindow(berlin('16 15:00')));
});
