/** Weeks that the example company looks back on, played day by day through the same actions as everybody uses. */
export const WEEKS = 7;
/** Weeks before those, brought in from a warehouse when the number was added. */
export const HISTORY = 28;

/** Logs on Monday morning, after being reminded; the others log on Friday afternoon. */
export const LATE = 'dana';

/** A number of the example company. What is chance in it is the same at every start. */
export interface ExampleNumber {
  readonly seat: string;
  readonly key: string;
  readonly name: string;
  readonly category: string;
  readonly unit: string;
  readonly direction: string;
  readonly target: number;
  /** Only of a range. */
  readonly targetHigh?: number;
  readonly tolerance: number;
  /** Handle of who logs it. */
  readonly by: string;
  /** Where it lies when nothing changes, and how far chance moves it (one standard deviation). */
  readonly usual: number;
  readonly spread: number;
  /** Decimals. Counts have none. */
  readonly digits: number;
  /** From this played week on it lies elsewhere. */
  readonly shift?: { readonly from: number; readonly to: number };
  /** Without a past: it grows, as adoption does. One a week. */
  readonly grows?: readonly number[];
  /** What was seen in some played weeks instead; null where it did not come. */
  readonly seen?: Readonly<Record<number, number | null>>;
  /** What was said to a value of a played week. */
  readonly notes?: Readonly<Record<number, string>>;
}

export const NUMBERS: readonly ExampleNumber[] = [
  {
    seat: 'claims',
    key: 'acceptance',
    name: 'Acceptance rate',
    category: 'quality',
    unit: '%',
    direction: 'higher',
    target: 90,
    tolerance: 4,
    by: 'dana',
    usual: 92.2,
    spread: 0.7,
    digits: 1,
    seen: { 6: 79.4 },
    notes: { 6: 'Since Thursday claims arrive on the new intake form.' },
  },
  {
    seat: 'claims',
    key: 'cycle',
    name: 'Time to queue',
    category: 'business',
    unit: 'min',
    direction: 'lower',
    target: 60,
    tolerance: 15,
    by: 'cem',
    usual: 52,
    spread: 2.4,
    digits: 0,
    seen: { 5: 57 },
    notes: { 5: 'Two handlers of the motor queue were on training.' },
  },
  {
    seat: 'claims',
    key: 'latency',
    name: 'Latency p95',
    category: 'system',
    unit: 's',
    direction: 'lower',
    target: 4,
    tolerance: 1,
    by: 'bo',
    usual: 3.1,
    spread: 0.15,
    digits: 2,
  },
  {
    seat: 'letters',
    key: 'unchanged',
    name: 'Sent unchanged',
    category: 'quality',
    unit: '%',
    direction: 'higher',
    target: 88,
    tolerance: 5,
    by: 'dana',
    usual: 90,
    spread: 0.9,
    digits: 1,
  },
  {
    seat: 'letters',
    key: 'complaints',
    name: 'Complaints about letters',
    category: 'business',
    unit: '',
    direction: 'lower',
    target: 12,
    tolerance: 4,
    by: 'cem',
    usual: 7,
    spread: 2.2,
    digits: 0,
  },
  {
    seat: 'letters',
    key: 'adoption',
    name: 'Active handlers',
    category: 'adoption',
    unit: '%',
    direction: 'higher',
    target: 60,
    tolerance: 8,
    by: 'dana',
    usual: 78,
    spread: 1,
    digits: 0,
    grows: [66, 70, 71, 74, 77, 76, 78],
  },
  {
    seat: 'intake',
    key: 'errors',
    name: 'Wrong policy numbers',
    category: 'quality',
    unit: '‰',
    direction: 'lower',
    target: 2,
    tolerance: 1,
    by: 'bo',
    usual: 1.3,
    spread: 0.15,
    digits: 2,
    // Still far from its target, so nobody would see it: what statistics are for.
    shift: { from: 0, to: 1.55 },
  },
  {
    seat: 'intake',
    key: 'throughput',
    name: 'Documents a day',
    category: 'business',
    unit: 'documents',
    direction: 'higher',
    target: 4000,
    tolerance: 400,
    by: 'bo',
    usual: 4450,
    spread: 140,
    digits: 0,
  },
  {
    seat: 'coverage',
    key: 'cited',
    name: 'Answers with a clause',
    category: 'quality',
    unit: '%',
    direction: 'higher',
    target: 93,
    tolerance: 3,
    by: 'dana',
    usual: 94.6,
    spread: 0.6,
    digits: 1,
    seen: { 6: 92.6 },
  },
  {
    seat: 'fraud',
    key: 'precision',
    name: 'Confirmed marks',
    category: 'quality',
    unit: '%',
    direction: 'range',
    target: 30,
    targetHigh: 45,
    tolerance: 5,
    by: 'eli',
    usual: 37,
    spread: 1.9,
    digits: 0,
  },
  {
    seat: 'voice',
    key: 'active',
    name: 'Active share',
    category: 'adoption',
    unit: '%',
    direction: 'higher',
    target: 30,
    tolerance: 10,
    by: 'cem',
    usual: 45,
    spread: 1.2,
    digits: 0,
    grows: [41, 43, 40, 44, 41, 43, 44],
    seen: { 6: null },
  },
];

/** Between 0 and 1, from two whole numbers and nothing else. */
function chance(series: number, at: number): number {
  let x = Math.imul(series + 1, 0x9e3779b1) ^ Math.imul(at + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
}

/** The sum of twelve is as good as normal: mean 0, deviation 1. */
function wobble(series: number, at: number): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += chance(series * 12 + i, at);
  return sum;
}

/** What a number shows in a week: `week` counts from the first played one, so history has negative ones. */
export function valueOf(number: ExampleNumber, week: number): number | null {
  const seen = number.seen?.[week];
  if (seen !== undefined) return seen;
  const grown = number.grows?.[week];
  if (grown !== undefined) return grown;
  const { shift, usual, spread, unit, digits } = number;
  const level = shift !== undefined && week >= shift.from ? shift.to : usual;
  const value = level + spread * wobble(NUMBERS.indexOf(number), week + HISTORY);
  const most = unit === '%' ? 99.4 : Infinity;
  return Number(Math.min(most, Math.max(0, value)).toFixed(digits));
}
