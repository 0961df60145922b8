import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  LARGEST_SIDE,
  type ReadinessPicture,
  readinessAlt,
  readinessSvg,
  renderPng,
} from '../../src/charts/index.ts';
import { PAINT } from '../../src/charts/palette.ts';
import { hostile } from './example.ts';
import { coloured, decode, ink, sizeOf } from './pixels.ts';

const claims: ReadinessPicture = {
  title: 'Claims triage',
  subtitle: 'Quick score',
  dimensions: ['Data readiness', 'Governance scaffolding', 'Integration architecture', 'Change ownership'],
  points: [
    { label: '7 Sep', colours: ['red', 'red', 'red', 'red'], percent: 0 },
    { label: '5 Oct', colours: ['green', 'yellow', 'red', 'red'], percent: 40 },
    { label: '2 Nov', colours: ['green', 'green', 'yellow', 'red'], percent: 62.5 },
  ],
};

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');

describe('the readiness picture', () => {
  test('has ink in every column and the colours of the newest score at the right', async () => {
    const pixels = decode(await renderPng(readinessSvg(claims)));
    for (const [i, colour] of (['green', 'green', 'yellow', 'red'] as const).entries()) {
      const row = { y: 143 + 58 * i, height: 56 };
      expect(ink(pixels, { x: 36, width: 280, ...row })).toBeGreaterThan(300);
      expect(coloured(pixels, { x: 766, width: 72, ...row }, PAINT[colour].fill)).toBeGreaterThan(150);
      expect(coloured(pixels, { x: 766, width: 72, ...row }, PAINT[colour].ink)).toBeGreaterThan(15);
      expect(coloured(pixels, { x: 870, width: 120, ...row }, PAINT[colour].strong)).toBeGreaterThan(40);
    }
    expect(ink(pixels, { x: 880, y: 376, width: 110, height: 120 })).toBeGreaterThan(200);
  });

  test('says letters, words, percentages and since when', () => {
    const said = texts(readinessSvg(claims));
    expect(said.filter((text) => /^[RGY]$/.test(text)).join('')).toBe('RGGRYGRRYRRRGYR');
    expect(said).toEqual(expect.arrayContaining(['63', 'since 5 Oct', 'since 7 Sep', '2 Nov']));
  });

  test('says what a dot means, and nothing of dots where there are none', () => {
    const dot = (marks: readonly ('green' | 'none')[]) =>
      texts(readinessSvg({ ...claims, heat: [{ name: 'Data readiness', marks }] })).filter((text) =>
        text.includes('does not apply'),
      );
    expect(dot(['green'])).toEqual([]);
    expect(dot(['green', 'none'])).toEqual(['a dot: does not apply']);
  });

  test('shows the last thirteen of many scores, and none', () => {
    const many = Array.from({ length: 40 }, (_, i) => ({
      label: `S${i}`,
      colours: ['green'] as const,
      percent: i,
    }));
    const said = texts(readinessSvg({ ...claims, dimensions: ['Data'], points: many }));
    expect(said.filter((text) => text === 'G')).toHaveLength(13 + 1); // and one in the legend
    expect(said).toContain('S39');
    expect(
      texts(readinessSvg({ ...claims, points: [] })).filter((text) => text === 'not scored'),
    ).toHaveLength(4);
  });

  test('a long label over the newest score stays off the margin', async () => {
    const points = [{ label: 'W'.repeat(300), colours: ['green'] as const, percent: 50 }];
    for (const count of [1, 6, 13]) {
      const many = Array.from({ length: count }, () => points[0] ?? expect.fail());
      const pixels = decode(await renderPng(readinessSvg({ ...claims, points: many })));
      expect(ink(pixels, { x: 990, width: 28, y: 24, height: 120 })).toBe(0);
      expect(ink(pixels, { x: 514, width: 400, y: 114, height: 26 })).toBeGreaterThan(50);
    }
  });

  test('hostile names and impossible numbers are drawn', async () => {
    const colour = fc.constantFrom('red' as const, 'yellow' as const, 'green' as const);
    const point = fc.record({
      label: hostile,
      colours: fc.array(colour, { maxLength: 6 }),
      percent: fc.double(),
    });
    const picture = fc.record({
      title: hostile,
      subtitle: hostile,
      dimensions: fc.array(hostile, { maxLength: 14 }),
      points: fc.array(point, { maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(picture, async (data) => {
        const svg = readinessSvg(data);
        expect(svg).not.toMatch(/="[^"]*(NaN|Infinity|undefined)/);
        const png = await renderPng(svg);
        const { width, height } = sizeOf(png);
        expect(Math.max(width, height)).toBeLessThanOrEqual(LARGEST_SIDE);
        expect(ink(decode(png), { x: 994, width: 24, y: 24, height: height - 48 })).toBe(0);
        expect(readinessAlt(data).length).toBeLessThanOrEqual(2000);
      }),
      { numRuns: 20 },
    );
  });
});

test('its words tell of the scores that it shows', () => {
  const points = Array.from({ length: 40 }, (_, i) => ({
    label: `S${i}`,
    colours: [i < 20 ? ('green' as const) : ('none' as const)],
    percent: i,
  }));
  const said = readinessAlt({ ...claims, dimensions: ['Data'], points });
  expect(said).toContain('39 percent on S39; the 13 scores from S27: 27, 28, ');
  expect(said).toContain('Data: does not apply since S27.');
});

test('its words say the same', () => {
  expect(readinessAlt(claims)).toBe(
    'Readiness: Claims triage, Quick score. 63 percent on 2 Nov; the 3 scores from 7 Sep: 0, 40, 63 percent. Data readiness: green since 5 Oct. ' +
      'Governance scaffolding: green. Integration architecture: yellow. Change ownership: red since 7 Sep.',
  );
});
