import { Resvg } from '@resvg/resvg-js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FONT_FAMILY, FONT_FILES, type Weight, widthOf } from '../../src/charts/font.ts';
import { document, el } from '../../src/charts/svg.ts';
import { fit, largest, printable } from '../../src/charts/words.ts';
import { hostile } from './example.ts';

/** What resvg says the lines, all beginning at 0, reach to. */
function drawnWidth(lines: readonly string[], size: number, weight: Weight): number {
  const texts = lines.map((line, i) =>
    el(
      'text',
      {
        x: 0,
        y: 20 * i,
        'font-family': FONT_FAMILY,
        'font-size': size,
        'font-weight': weight === 'bold' ? 700 : 400,
      },
      line,
    ),
  );
  const font = { loadSystemFonts: false, fontFiles: [...FONT_FILES] };
  const box = new Resvg(document(10, 10, ...texts), { font }).getBBox();
  return box === undefined ? 0 : box.x + box.width;
}

describe('the width of words', () => {
  test('is what resvg draws', () => {
    for (const weight of ['regular', 'bold'] as const) {
      const line = 'Claims triage: acceptance rate ≥ 92 %';
      const drawn = drawnWidth([line], 20, weight);
      expect(widthOf(line, 20, weight) / drawn).toBeGreaterThan(0.99);
      expect(widthOf(line, 20, weight) / drawn).toBeLessThan(1.04);
    }
  });

  test('nothing that is typed reaches over its column', () => {
    fc.assert(
      fc.property(
        fc.array(hostile, { minLength: 20, maxLength: 40 }),
        fc.constantFrom<Weight>('regular', 'bold'),
        (typed, weight) => {
          const lines = typed.map((text) => fit(text, 200, 20, weight));
          // A glyph may lean over its own advance, by less than the gap between columns.
          expect(drawnWidth(lines, 20, weight)).toBeLessThanOrEqual(204);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a text that fits is left alone, a longer one ends in an ellipsis', () => {
    expect(fit('Edit rate', 200, 20, 'bold')).toBe('Edit rate');
    expect(fit('Active share of eligible users', 200, 20, 'bold')).toMatch(/^Active share.*…$/);
    expect(fit('Edit rate', 3, 20, 'bold')).toBe('');
  });

  test('the largest size that needs no ellipsis is taken', () => {
    expect(largest('Edit rate', 200, [20, 10], 'bold')).toBe(20);
    expect(largest('Active share of eligible users', 200, [20, 10], 'bold')).toBe(10);
    expect(largest('W'.repeat(200), 200, [20, 10], 'bold')).toBe(10);
  });
});

describe('words that the font can draw', () => {
  test('an emoji without a glyph goes, a letter without one becomes a box', () => {
    expect(printable('Claims 🚀 team')).toBe('Claims team');
    expect(printable('漢字')).toBe('□□');
    expect(printable('שלום')).toBe('שלום');
  });

  test('a name that would be blank is seen to be there', () => {
    expect(printable('🚀')).toBe('□');
    expect(printable('\u200b\u200d ')).toBe('□');
    expect(printable('')).toBe('');
  });

  test('a tower of accents is cut', () => {
    expect(printable(`e${'\u0301'.repeat(50)}`)).toBe('e\u0301\u0301');
  });

  test('an accent without a letter goes', () => {
    expect(printable('\ufe20\u05c8')).toBe('□');
    expect(printable(' \u0301 Claims')).toBe('Claims');
  });

  test('is one line', () => expect(printable(' a\n\tb\u00a0 c ')).toBe('a b c'));
});
