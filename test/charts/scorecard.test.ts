import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LARGEST_SIDE, type ScorecardPicture, renderPng, scorecardSvg } from '../../src/charts/index.ts';
import { INK, PAINT } from '../../src/charts/palette.ts';
import { acceptance, cells, claims, hostilePicture, rowsOf, weeks } from './example.ts';
import { type Pixels, coloured, decode, ink, sizeOf } from './pixels.ts';

const draw = async (data: ScorecardPicture): Promise<Pixels> => decode(await renderPng(scorecardSvg(data)));
/** All texts of the picture, in the order in which they are drawn. */
const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');
const heightOf = (svg: string): number => Number(/^<svg[^>]* height="(\d+)"/.exec(svg)?.[1]);

// Where the columns are in a roomy picture with a subtitle: the first row spans 142 to 210.
const FIRST_ROW = { y: 144, height: 64 };
const cell = (week: number) => ({ x: 514 + 25 * week, width: 25, ...FIRST_ROW });

describe('the scorecard picture', () => {
  test('has ink in every column: a font that is not found would leave them blank', async () => {
    const pixels = await draw(claims);
    expect(ink(pixels, { x: 36, y: 30, width: 300, height: 36 })).toBeGreaterThan(400); // title
    expect(ink(pixels, { x: 36, y: 76, width: 300, height: 24 })).toBeGreaterThan(60); // subtitle
    expect(ink(pixels, { x: 514, y: 116, width: 330, height: 24 })).toBeGreaterThan(100); // weeks
    expect(ink(pixels, { x: 36, width: 286, ...FIRST_ROW })).toBeGreaterThan(400); // metric and target
    expect(ink(pixels, { x: 342, width: 152, ...FIRST_ROW })).toBeGreaterThan(200); // sparkline
    expect(ink(pixels, { x: 850, width: 140, ...FIRST_ROW })).toBeGreaterThan(200); // value
  });

  test('shows each status as colour with a letter on it', async () => {
    const pixels = await draw(claims);
    for (const [week, { status }] of acceptance.cells.entries()) {
      const paint = PAINT[status];
      if (status !== 'missing') expect(coloured(pixels, cell(week), paint.fill)).toBeGreaterThan(100);
      expect(coloured(pixels, cell(week), paint.ink)).toBeGreaterThan(status === 'missing' ? 3 : 10);
    }
  });

  test('writes the letters in the order of the weeks, newest last, then the value', () => {
    const said = texts(scorecardSvg({ ...claims, rows: [acceptance] }));
    const from = said.indexOf('Y');
    expect(said.slice(from, from + 13).join('')).toBe('YYGGG–GGRGGGR');
    expect(said.slice(from + 13)).toEqual(expect.arrayContaining(['102', '%', 'red']));
    expect(said).toEqual(
      expect.arrayContaining(['Acceptance rate', 'target ≥ 92 %', 'Ana Ruiz', 'W35', 'W47']),
    );
  });

  test('says that the newest number is missing, and what it was', () => {
    const said = texts(scorecardSvg({ ...claims, rows: [{ ...acceptance, cells: cells('GG-') }] }));
    expect(said).toEqual(expect.arrayContaining(['missing, was 91 %']));
  });

  test('shows the last number of a metric that was not due this week, with its week', () => {
    const said = texts(scorecardSvg({ ...claims, rows: [{ ...acceptance, cells: cells('GGGGGGGGGGG..') }] }));
    expect(said).toEqual(expect.arrayContaining(['100', 'green · W45']));
  });

  test('lets a short history end at the newest week', async () => {
    const pixels = await draw({ ...claims, rows: [{ ...acceptance, cells: cells('RR') }] });
    expect(coloured(pixels, cell(12), PAINT.red.fill)).toBeGreaterThan(100);
    expect(coloured(pixels, cell(11), PAINT.red.fill)).toBeGreaterThan(100);
    expect(coloured(pixels, cell(10), PAINT.red.fill)).toBe(0);
  });

  test('shades the target band where there is one', () => {
    const { band: _, ...plain } = acceptance;
    expect(scorecardSvg(claims)).toContain(INK.band);
    expect(scorecardSvg({ ...claims, rows: [plain] })).not.toContain(INK.band);
  });

  test('never cuts a number: the rounded one is shown instead', () => {
    const long = { status: 'green', value: 123_456_789, text: '123,456,789.123456789' } as const;
    const said = texts(scorecardSvg({ ...claims, rows: [{ ...acceptance, unit: '', cells: [long] }] }));
    expect(said).toContain('123.46M');
    const wide = { status: 'green', value: 12_345_678, text: '12,345,678 ms' } as const;
    const whole = texts(scorecardSvg({ ...claims, rows: [{ ...acceptance, unit: 'ms', cells: [wide] }] }));
    expect(whole).toEqual(expect.arrayContaining(['12,345,678', 'ms']));
  });
});

describe('how much the picture holds', () => {
  test('any number of rows stays within what Teams shows, and the rest is counted', () => {
    for (let count = 0; count <= 40; count += 1) {
      const svg = scorecardSvg({ ...claims, rows: rowsOf(count), more: 3 });
      expect(heightOf(svg)).toBeLessThanOrEqual(LARGEST_SIDE);
      const shown = texts(svg).filter((text) => text.startsWith('Metric ')).length;
      expect(shown).toBe(Math.min(count, 25));
      expect(texts(svg)).toContain(`${3 + count - shown} more rows`);
    }
  });

  test('says nothing about more rows when there are none', () => {
    expect(scorecardSvg(claims)).not.toContain('more row');
    expect(texts(scorecardSvg({ ...claims, more: 1 }))).toContain('1 more row');
  });

  test('an empty scorecard says so', () => {
    expect(texts(scorecardSvg({ title: 'New', weeks: [], rows: [] }))).toContain('No metrics yet');
  });

  test('rows of one seat stand under its name, which is then said once', () => {
    const seats = rowsOf(4).map((row, i) => Object.assign(row, { seat: i < 2 ? 'Claims' : 'Invoices' }));
    const grouped = texts(scorecardSvg({ ...claims, rows: seats }));
    expect(grouped.filter((text) => text === 'Claims')).toHaveLength(1);
    const mixed = [0, 2, 1, 3].flatMap((i) => seats[i] ?? []);
    const scattered = texts(scorecardSvg({ ...claims, rows: mixed }));
    expect(scattered.filter((text) => text === 'Claims')).toHaveLength(2);
  });
});

describe('whatever the data are', () => {
  test('constant, huge, negative and impossible numbers are drawn', async () => {
    const values = [1e308, -1e308, Number.NaN, Infinity, -Infinity, 0, -0, 1e-320, 5, 5, 5, 5, -7];
    const row = { ...acceptance, band: { low: Number.NaN, high: -1e308 } };
    for (const list of [values, Array.from({ length: 13 }, () => 5), [], [Number.NaN]]) {
      const svg = scorecardSvg({
        title: 'T',
        weeks,
        rows: [{ ...row, cells: list.map((value) => ({ status: 'green', value })) }],
      });
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(sizeOf(await renderPng(svg)).width).toBe(LARGEST_SIDE);
    }
  });

  test('hostile names neither break the picture nor leave their column', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePicture, async (data) => {
        const png = await renderPng(scorecardSvg(data));
        const { width, height } = sizeOf(png);
        expect(Math.max(width, height)).toBeLessThanOrEqual(LARGEST_SIDE);
        expect(png.length).toBeLessThan(1_000_000);
        const pixels = decode(png);
        expect(ink(pixels, { x: 498, width: 12, y: 150, height: height - 220 })).toBe(0); // sparkline | cells
        expect(ink(pixels, { x: 994, width: 24, y: 24, height: height - 48 })).toBe(0); // right margin
        expect(ink(pixels, { x: 4, width: 28, y: 24, height: height - 48 })).toBe(0); // left margin
      }),
      { numRuns: 30 },
    );
  });

  test('a hostile name stays out of the sparkline', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePicture, async (data) => {
        const rows = data.rows.slice(0, 5).filter((row) => row.seat === undefined);
        const pixels = decode(await renderPng(scorecardSvg({ ...data, rows })));
        expect(ink(pixels, { x: 325, width: 16, y: 150, height: pixels.height - 220 })).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});
