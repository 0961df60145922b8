import { DAY, type Instant } from '../clock.ts';
import { type Cadence, dayText } from './dates.ts';
import { type Period, periodFromKey, periodOf } from './period.ts';
import { instantOn } from './zone.ts';

interface Awaited {
  readonly cadence: Cadence;
  readonly createdAt: Instant;
  readonly awaitedFrom: Instant | null;
}

/** Since when readings are awaited as they are now: for periods that ended before, none was. */
const awaitedSince = ({ createdAt, awaitedFrom }: Awaited): Instant => Math.max(createdAt, awaitedFrom ?? 0);

/** Whether a reading of the period was, or is, awaited. */
export const isAwaited = (metric: Awaited, period: Period): boolean => period.end > awaitedSince(metric);

/** Days, weeks and months have keys of different form, so a key says what it is a key of, whatever its metric's cadence is today. */
export const cadenceOfKey = (key: string): Cadence =>
  key.includes('W') ? 'weekly' : key.length > 7 ? 'daily' : 'monthly';

/** The period of a stored reading. */
export const periodOfKey = (key: string, zone: string): Period => periodFromKey(cadenceOfKey(key), key, zone);

/** The day that `2026-11-20`, `2026-11-20T08:00` or `20.11.2026` begins with, as `2026-11-20`. */
function dateIn(text: string): string | undefined {
  const iso = /^(\d{4}-\d\d-\d\d)(?:[T ].*)?$/.exec(text)?.[1];
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
  if (iso === undefined && day === undefined) return undefined;
  return iso ?? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
}

/**
 * The period that a text in a file means: its key, or a date of it (`2026-11-20`, `20.11.2026`), which for a weekly
 * number means the week that holds it. Throws `invalid` like `periodFromKey`.
 */
export function periodInText(cadence: Cadence, text: string, zone: string): Period {
  const typed = text.trim();
  const date = dateIn(typed);
  if (date !== undefined) {
    const day = Date.parse(`${date}T00:00:00Z`) / DAY;
    // The calendar rolls 31 February over into March: only what comes out as it went in is a real day.
    if (Number.isInteger(day) && dayText(day) === date)
      return periodOf(cadence, instantOn(day, 0, zone), zone);
  }
  return periodFromKey(
    cadence,
    typed.replace(/^(\d{4})-?W(\d)$/i, '$1-W0$2').replace(/^(\d{4})W/i, '$1-W'),
    zone,
  );
}
