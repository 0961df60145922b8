import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../clock.ts';
import type { Day } from './dates.ts';

/**
 * A reading of the wall clock, in milliseconds: what `Date.UTC` gives for the date and time on the wall.
 * Not an instant: a reading may not exist in a zone (gap) or exist twice (overlap).
 */
export type WallTime = number;

/** A stretch of time with one offset from UTC. It lasts until the next span's `from`. */
interface Span {
  readonly from: Instant;
  readonly offset: number;
}

/** Reads an offset as `Intl` writes it: `GMT`, `GMT+05:45`, and `GMT+00:53:28` before 1900. */
function readOffset(format: Intl.DateTimeFormat, at: Instant): number {
  const [, sign, hours, minutes, seconds] =
    /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(at)) ?? [];
  if (sign === undefined) return 0;
  const size = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds ?? 0) * SECOND;
  return sign === '-' ? -size : size;
}

/** The first instant in (`low`, `high`] at which the offset is no longer what it is at `low`. */
function changeBetween(format: Intl.DateTimeFormat, low: Instant, high: Instant): Instant {
  const before = readOffset(format, low);
  let [same, changed] = [low, high];
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (readOffset(format, middle) === before) same = middle;
    else changed = middle;
  }
  return changed;
}

/** Every offset that holds within a UTC year and two days around it, oldest first. No zone changes twice a day. */
function readSpans(zone: string, year: number): readonly Span[] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    timeZoneName: 'longOffset',
  });
  const start = Date.UTC(year, 0, 1) - 2 * DAY;
  const end = Date.UTC(year + 1, 0, 1) + 2 * DAY;
  const spans: Span[] = [{ from: Number.NEGATIVE_INFINITY, offset: readOffset(format, start) }];
  for (let day = start; day < end; day += DAY) {
    const offset = readOffset(format, day + DAY);
    if (offset !== spans.at(-1)?.offset) spans.push({ from: changeBetween(format, day, day + DAY), offset });
  }
  return spans;
}

/** Reading a year from `Intl` takes about half a millisecond, so it is kept; all of it is dropped when full. */
const MOST_KEPT = 4096;
const kept = new Map<string, readonly Span[]>();

function spansAround(ms: number, zone: string): readonly Span[] {
  const year = new Date(ms).getUTCFullYear();
  const key = `${zone} ${year}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const spans = readSpans(zone, year);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, spans);
  return spans;
}

/** What the clock on the wall shows in `zone` at this instant. Throws RangeError for a zone `Intl` does not know. */
export function wallTimeAt(at: Instant, zone: string): WallTime {
  const span = spansAround(at, zone).findLast(({ from }) => from <= at);
  return at + (span?.offset ?? 0);
}

/**
 * When the wall clock first shows `wall` in `zone`: in an overlap the first of the two, in a gap (clocks put
 * forward, or a date left out) the first instant after it. Never decreases as `wall` grows.
 */
export function instantOf(wall: WallTime, zone: string): Instant {
  const spans = spansAround(wall, zone);
  const i = spans.findIndex(({ offset }, at) => wall < (spans[at + 1]?.from ?? Infinity) + offset);
  const span = spans[i];
  return span === undefined ? wall : Math.max(wall - span.offset, span.from);
}

/** When `time` (milliseconds after midnight) comes on a local date, as `instantOf` decides it. */
export const instantOn = (day: Day, time: number, zone: string): Instant => instantOf(day * DAY + time, zone);

/** The local date at an instant. */
export const dayAt = (at: Instant, zone: string): Day => Math.floor(wallTimeAt(at, zone) / DAY);
