import { DAY, HOUR, MINUTE } from '../clock.ts';
import { WORKING_DAY } from './escalation.ts';

/** Units as they are typed and printed, largest first; of working time a day counts eight hours and a week five days. */
const unitsOf = (working: boolean): readonly (readonly [string, number])[] =>
  working
    ? [
        ['w', 5 * WORKING_DAY],
        ['d', WORKING_DAY],
        ['h', HOUR],
        ['m', MINUTE],
      ]
    : [
        ['w', 7 * DAY],
        ['d', DAY],
        ['h', HOUR],
        ['m', MINUTE],
      ];

const NAMES: Readonly<Record<string, RegExp>> = {
  w: /^(?:w|weeks?)$/,
  d: /^(?:d|days?)$/,
  h: /^(?:h|hrs?|hours?)$/,
  m: /^(?:m|mins?|minutes?)$/,
};

/** Milliseconds of `15m`, `4h`, `1d 2h`; whole numbers, each unit once, largest first. Undefined for anything else. */
export function parseWait(text: string, working: boolean): number | undefined {
  const typed = text.trim().toLowerCase();
  if (!/^(?:\d{1,6}\s*[a-z]+\s*)+$/.test(typed)) return undefined;
  const units = unitsOf(working);
  let total = 0;
  let from = 0;
  for (const [, count = '', name = ''] of typed.matchAll(/(\d+)\s*([a-z]+)/g)) {
    const at = units.findIndex(([unit]) => NAMES[unit]!.test(name));
    if (at < from) return undefined;
    from = at + 1;
    total += Number(count) * units[at]![1];
  }
  return total;
}

/** `1d2h`, in whole minutes: what `parseWait` reads as the same time. */
export function waitText(ms: number, working: boolean): string {
  let left = Math.floor(ms / MINUTE) * MINUTE;
  const parts: string[] = [];
  for (const [unit, size] of unitsOf(working)) {
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${count}${unit}`);
    left -= count * size;
  }
  return parts.length === 0 ? '0m' : parts.join('');
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** `15 minutes`, `4 working hours`, `2 working days`: for people who read how long a step waits. */
export function waitWords(ms: number, working: boolean): string {
  const kind = working ? 'working ' : '';
  const day = working ? WORKING_DAY : DAY;
  if (ms >= day && ms % day === 0) return plural(ms / day, `${kind}day`);
  if (ms >= HOUR && ms % HOUR === 0) return plural(ms / HOUR, `${kind}hour`);
  return `${plural(Math.round(ms / MINUTE), 'minute')}${working ? ' of working time' : ''}`;
}
