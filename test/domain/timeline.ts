import { DAY, HOUR, type Instant, MINUTE } from '../../src/clock.ts';

/**
 * What clocks on the wall showed, asked of `Intl` every six hours and, where the clocks were changed in between,
 * every minute. Slow and simple on purpose: what the calendar computes is compared with it.
 */
export interface Moment {
  readonly at: Instant;
  /** The reading as `Date.UTC` counts it. */
  readonly wall: number;
}

export const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Africa/Casablanca',
] as const;

export const FROM = Date.UTC(2020, 0, 1);
export const UNTIL = Date.UTC(2031, 0, 1);

function reader(zone: string): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const [, month, day, year, hour, minute] =
      /^(\d\d)\/(\d\d)\/(\d{4}), (\d\d):(\d\d)$/.exec(format.format(at)) ?? [];
    return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  };
}

const LOOK = 6 * HOUR;
const scanned = new Map<string, readonly Moment[]>();

/** A look every six hours from two days before FROM to two days after UNTIL, and every minute near a change. */
export function timeline(zone: string): readonly Moment[] {
  const known = scanned.get(zone) ?? scan(zone);
  scanned.set(zone, known);
  return known;
}

function scan(zone: string): readonly Moment[] {
  const wallOf = reader(zone);
  const moments: Moment[] = [];
  let wall = wallOf(FROM - 2 * DAY);
  for (let at = FROM - 2 * DAY; at < UNTIL + 2 * DAY; at += LOOK) {
    const next = wallOf(at + LOOK);
    const step = next - wall === LOOK ? LOOK : MINUTE;
    for (let after = 0; after < LOOK; after += step)
      moments.push({ at: at + after, wall: wallOf(at + after) });
    wall = next;
  }
  return moments;
}

/** For each local date in order, the first instant at which the wall clock reads `time` of that date or later. */
export function firstReadings(moments: readonly Moment[], time: number): { day: number; at: Instant }[] {
  const found: { day: number; at: Instant }[] = [];
  let i = 0;
  for (let day = FROM / DAY; day < UNTIL / DAY; day += 1) {
    const sought = day * DAY + time;
    while ((moments[i]?.wall ?? Infinity) < sought) i += 1;
    const [before, after] = [moments[i - 1], moments[i]];
    if (before === undefined || after === undefined) throw new Error('sought outside of what was scanned');
    const steady = after.wall - before.wall === after.at - before.at;
    found.push({ day, at: steady ? before.at + sought - before.wall : after.at });
  }
  return found;
}

/** The first moments after the clocks were changed. */
export const changes = (moments: readonly Moment[]): readonly Moment[] =>
  moments.filter(({ at, wall }, i) => {
    const before = moments[i - 1];
    return before !== undefined && wall - before.wall !== at - before.at;
  });
