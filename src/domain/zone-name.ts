import { distance } from 'fastest-levenshtein';
import { invalid } from '../errors.ts';

/** Names in use today that `Intl` still lists under the older one (IANA tzdata, file `backward`). */
const RENAMED = [
  'UTC',
  'Africa/Asmara',
  'America/Argentina/Buenos_Aires',
  'America/Argentina/Catamarca',
  'America/Argentina/Cordoba',
  'America/Argentina/Jujuy',
  'America/Argentina/Mendoza',
  'America/Atikokan',
  'America/Indiana/Indianapolis',
  'America/Kentucky/Louisville',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
  'Pacific/Chuuk',
  'Pacific/Kanton',
  'Pacific/Pohnpei',
] as const;

let names: ReadonlyMap<string, string> | undefined;

/** Zone names by their lower case. Listing them takes milliseconds, so it waits for the first use. */
function zoneNames(): ReadonlyMap<string, string> {
  names ??= new Map(
    [...Intl.supportedValuesOf('timeZone'), ...RENAMED].map((name) => [name.toLowerCase(), name]),
  );
  return names;
}

/** What `Intl` calls a zone, or undefined where it knows none. */
function resolved(text: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** People mean these by the letters, which tzdata takes for fixed offsets or for another city. */
const LETTERS: Readonly<Record<string, string>> = {
  est: 'America/New_York',
  edt: 'America/New_York',
  et: 'America/New_York',
  cst: 'America/Chicago',
  cdt: 'America/Chicago',
  mst: 'America/Denver',
  mdt: 'America/Denver',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  pt: 'America/Los_Angeles',
  cet: 'Europe/Berlin',
  cest: 'Europe/Berlin',
  bst: 'Europe/London',
  ist: 'Asia/Kolkata',
  jst: 'Asia/Tokyo',
};

/** The zone whose name, or whose city, is spelled most like `typed` (lower case, no spaces), or Berlin as an example. */
function nearestZone(typed: string): string {
  const letters = LETTERS[typed];
  if (letters !== undefined) return letters;
  let best = { zone: 'Europe/Berlin', away: Math.max(1, typed.length / 3) };
  for (const [lower, zone] of zoneNames()) {
    for (const name of [lower, lower.slice(lower.lastIndexOf('/') + 1)]) {
      if (Math.abs(name.length - typed.length) >= best.away) continue;
      const away = distance(typed, name);
      if (away < best.away) best = { zone, away };
    }
  }
  return best.zone;
}

/**
 * The IANA zone a person named, in its usual spelling: letter case does not matter and spaces stand for
 * underscores. Fixed offsets (`+02:00`) and letters (`EST`) are refused, since they know no summer time.
 * Throws `invalid` with the nearest zone as the hint.
 */
export function parseZone(text: string): string {
  const typed = text.trim().replaceAll(/\s+/g, '_').toLowerCase().slice(0, 60);
  const known = zoneNames().get(typed);
  if (known !== undefined) return known;
  const alias = typed.includes('/') ? resolved(typed) : undefined;
  if (alias !== undefined) return alias;
  throw invalid(
    `“${text.trim().slice(0, 60).toWellFormed()}” is not a time zone; zones are named by region and city.`,
    {
      hint: nearestZone(typed),
    },
  );
}
