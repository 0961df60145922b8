import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  LARGEST_SIDE,
  type OrgChartPicture,
  orgChartAlt,
  orgChartSvg,
  renderPng,
} from '../../src/charts/index.ts';
import { hostile } from './example.ts';
import { decode, ink, sizeOf } from './pixels.ts';

type Seat = OrgChartPicture['seats'][number];

const seat = (name: string, more: Partial<Seat> = {}): Seat => ({
  name,
  key: name.toLowerCase(),
  holder: 'ai',
  accountable: 'Bo Lindqvist',
  stage: 'pilot',
  halted: false,
  depth: 0,
  hidden: 0,
  ...more,
});

const harbour: OrgChartPicture = {
  title: 'Org chart of Harbour',
  seats: [
    seat('Claims', { holder: 'human' }),
    seat('Triage', { depth: 1, halted: true, hidden: 3 }),
    seat('Fraud', { depth: 1, accountable: undefined }),
  ],
  more: 2,
};

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text ?? '');

describe('the org chart', () => {
  test('has ink in every line, at the name and at the owner', async () => {
    const pixels = decode(await renderPng(orgChartSvg(harbour)));
    for (const [i] of harbour.seats.entries()) {
      const row = { y: 120 + 54 * i, height: 52 };
      expect(ink(pixels, { x: 36, width: 60, ...row })).toBeGreaterThan(60);
      expect(ink(pixels, { x: 110, width: 300, ...row })).toBeGreaterThan(150);
      expect(ink(pixels, { x: 690, width: 250, ...row })).toBeGreaterThan(100);
    }
  });

  test('says in words what shape and colour say', () => {
    const said = texts(orgChartSvg(harbour));
    expect(said).toEqual(
      expect.arrayContaining([
        'AI',
        'H',
        'claims · human',
        'triage · AI · 3 more below',
        'pilot, halted',
        'vacant',
        'held by an AI',
        '2 more seats beside these',
      ]),
    );
    expect(orgChartAlt(harbour)).toBe(
      'Org chart: Org chart of Harbour. Level 1: Claims (human, pilot; accountable: Bo Lindqvist). ' +
        'Level 2: Triage (AI, pilot, halted; accountable: Bo Lindqvist, 3 more below). ' +
        'Level 2: Fraud (AI, pilot; accountable: vacant). 2 more seats: chart',
    );
  });

  test('whatever people are called, it is drawn within its size and told within its length', async () => {
    const one = fc.record({
      name: hostile,
      key: fc.constant('key'),
      holder: fc.constantFrom('ai' as const, 'human' as const),
      accountable: fc.option(hostile, { nil: undefined }),
      stage: fc.constant('pilot'),
      halted: fc.boolean(),
      depth: fc.nat(40),
      hidden: fc.nat(2000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 30 }), hostile, async (seats, title) => {
        const data = { title, seats, more: 3 };
        const { width, height } = sizeOf(await renderPng(orgChartSvg(data)));
        expect(width).toBe(LARGEST_SIDE);
        expect(height).toBeLessThanOrEqual(LARGEST_SIDE);
        expect(orgChartAlt(data).length).toBeLessThanOrEqual(2000);
      }),
      { numRuns: 25 },
    );
  });
});
