import { DAY, HOUR, MINUTE, SECOND } from '../clock.ts';
import { invalid } from '../errors.ts';

const UNITS: readonly { readonly ms: number; readonly names: readonly string[] }[] = [
  { ms: 7 * DAY, names: ['w', 'wk', 'wks', 'week', 'weeks'] },
  { ms: DAY, names: ['d', 'day', 'days'] },
  { ms: HOUR, names: ['h', 'hr', 'hrs', 'hour', 'hours'] },
  { ms: MINUTE, names: ['m', 'min', 'mins', 'minute', 'minutes'] },
  { ms: SECOND, names: ['s', 'sec', 'secs', 'second', 'seconds'] },
];

/** Longer waits are typing errors more often than plans. */
const LONGEST = 366 * DAY;

/**
 * Milliseconds of `15m`, `4h`, `2d`, `1w`, `1h30m`, `1.5 h` or `2 h 15 min`; each unit once, largest first; at
 * most 366 days. A day is 24 hours, of whatever kind. Throws `invalid` with an example.
 */
export function parseDuration(text: string): number {
  const fault = (why: string) =>
    invalid(`“${text.trim().slice(0, 40).toWellFormed()}” ${why}`, { hint: '15m, 4h, 1h30m, 2d' });
  const typed = text.trim().toLowerCase();
  if (!/^(?:\d{1,9}(?:[.,]\d{1,6})?\s*[a-z]+\s*)+$/.test(typed)) throw fault('is not a length of time.');
  let total = 0;
  let smallest = Infinity;
  for (const [, amount = '', name = ''] of typed.matchAll(/([\d.,]+)\s*([a-z]+)/g)) {
    const unit = UNITS.find(({ names }) => names.includes(name));
    if (unit === undefined) throw fault(`has the unit “${name.slice(0, 20)}”; there are w, d, h, m and s.`);
    if (unit.ms >= smallest) throw fault('has its units twice or out of order.');
    smallest = unit.ms;
    total += Number(amount.replace(',', '.')) * unit.ms;
  }
  if (total > LONGEST) throw fault('is longer than 366 days.');
  return Math.round(total);
}

const say = (count: number, ms: number): string => {
  if (ms === DAY) return count === 1 ? '1 day' : `${count} days`;
  return `${count} ${ms === HOUR ? 'h' : ms === MINUTE ? 'min' : 's'}`;
};

/**
 * `3 days`, `2 h 15 min`, `45 s`: the largest unit and the one below it, rounded down, so that nothing is called
 * older than it is. Under a second, and below zero, `0 s`.
 */
export function formatDuration(ms: number): string {
  const units = [DAY, HOUR, MINUTE, SECOND];
  const i = units.findIndex((unit) => ms >= unit);
  const [large, small] = [units[i], units[i + 1]];
  if (large === undefined) return '0 s';
  const count = Math.floor(ms / large);
  const rest = small === undefined ? 0 : Math.floor((ms - count * large) / small);
  return rest === 0 || small === undefined ? say(count, large) : `${say(count, large)} ${say(rest, small)}`;
}
