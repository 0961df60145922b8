import { Resvg } from '@resvg/resvg-js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { document, el, legal } from '../../src/charts/svg.ts';
import { hostile } from './example.ts';

const parses = (svg: string): boolean => {
  try {
    return new Resvg(svg, { font: { loadSystemFonts: false } }).width === 10;
  } catch {
    return false;
  }
};

describe('what people typed, inside an SVG', () => {
  test('the parser used here does refuse what is not escaped', () => {
    expect(
      parses('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>\u0001</text></svg>'),
    ).toBe(false);
    expect(
      parses('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>a & b</text></svg>'),
    ).toBe(false);
  });

  test('any string makes a document that parses, as text and as attribute', () => {
    fc.assert(
      fc.property(hostile, (typed) => {
        expect(parses(document(10, 10, el('text', { id: typed }, typed)))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('markup stays text', () => {
    expect(el('text', {}, '<b>&"\'').markup).toBe('<text>&lt;b&gt;&amp;&quot;&#39;</text>');
    expect(el('g', { id: '"/><script>' }).markup).toBe('<g id="&quot;/&gt;&lt;script&gt;"/>');
  });

  test('control characters, lone surrogates and bidi controls are gone, letters stay', () => {
    expect(legal('a\u0000\u001b\u007f\u0085b\ud800c\u202ed\u2066e\u200f')).toBe('abcde');
    expect(legal('é שלום 漢 😀')).toBe('é שלום 漢 😀');
  });

  test('a coordinate is always a number', () => {
    expect(el('rect', { x: Number.NaN, y: Infinity, width: -Infinity, height: 1.23456 }).markup).toBe(
      '<rect x="0" y="1000000" width="-1000000" height="1.23"/>',
    );
  });
});
