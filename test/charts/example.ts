import * as fc from 'fast-check';
import type { CellStatus, ScorecardCell, ScorecardPicture, ScorecardRow } from '../../src/charts/index.ts';

export const weeks = Array.from({ length: 13 }, (_, i) => `W${35 + i}`);

const STATUS: Readonly<Record<string, CellStatus>> = { G: 'green', Y: 'yellow', R: 'red', '-': 'missing' };

/** `GGY-R`: one letter per week, oldest first; a dot where nothing was due. Values run 90, 91, … */
export const cells = (letters: string): ScorecardCell[] =>
  [...letters].map((letter, i) => {
    const status = STATUS[letter] ?? 'none';
    return status === 'missing' || status === 'none'
      ? { status }
      : { status, value: 90 + i, text: `${90 + i} %` };
  });

export const acceptance: ScorecardRow = {
  metric: 'Acceptance rate',
  unit: '%',
  target: '≥ 92 %',
  owner: 'Ana Ruiz',
  band: { low: 92 },
  cells: cells('YYGGG-GGRGGGR'),
};

export const claims: ScorecardPicture = {
  title: 'Claims triage',
  subtitle: 'Week 47',
  weeks,
  rows: [acceptance, { ...acceptance, metric: 'Edit rate', owner: 'Wen Li', cells: cells('....GGGGGGGGG') }],
};

export const rowsOf = (count: number): ScorecardRow[] =>
  Array.from({ length: count }, (_, i) => ({ ...acceptance, metric: `Metric ${i + 1}` }));

const NASTY = [
  '',
  '<script>alert(1)</script>',
  ']]> &amp; "\'',
  '\u0000\u0001\u001b[31m\u007f\u0085',
  '\ud800 lone \udfff',
  '\u202eevil\u2066\u2069\u200f',
  'שלום עולם مرحبا بالعالم',
  '👩‍👩‍👧‍👦🚀🏴‍☠️❤️',
  `z${'\u0334\u0322'.repeat(200)}algo`,
  '漢字カタカナ한국어',
  'W'.repeat(5000),
  'ﷺ'.repeat(40),
  '\u200b\u200d\ufeff\u00ad',
  'line\nbreak\ttab\r',
  '\ufffe\uffff',
];

/** What somebody might type to break a picture. */
export const hostile = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    .map((units) => String.fromCharCode(...units)),
);

const anyNumber = fc.double();
const anyStatus = fc.constantFrom<CellStatus>('green', 'yellow', 'red', 'missing', 'none');
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
/** Drops absent keys, as `exactOptionalPropertyTypes` wants them. */
const present = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

const hostileCell = fc
  .record({ status: anyStatus, value: maybe(anyNumber), text: maybe(hostile) })
  .map(present);
const hostileRow: fc.Arbitrary<ScorecardRow> = fc
  .record({
    seat: maybe(hostile),
    metric: hostile,
    unit: hostile,
    target: hostile,
    owner: maybe(hostile),
    band: maybe(fc.record({ low: maybe(anyNumber), high: maybe(anyNumber) }).map(present)),
    cells: fc.array(hostileCell, { maxLength: 20 }),
  })
  .map(present);

export const hostilePicture: fc.Arbitrary<ScorecardPicture> = fc
  .record({
    title: hostile,
    subtitle: maybe(hostile),
    weeks: fc.array(hostile, { maxLength: 16 }),
    rows: fc.array(hostileRow, { maxLength: 30 }),
    more: maybe(fc.nat(1e6)),
  })
  .map(present);
