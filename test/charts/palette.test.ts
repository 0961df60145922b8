import { expect, test } from 'vitest';
import { INK, LETTER, PAINT } from '../../src/charts/palette.ts';

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

test('every letter and word can be read', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  for (const paint of Object.values(PAINT)) {
    expect(contrast(paint.ink, paint.fill)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(paint.strong, INK.paper)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(paint.point, INK.paper)).toBeGreaterThanOrEqual(3);
  }
  for (const text of [INK.title, INK.text, INK.quiet]) {
    expect(contrast(text, INK.paper)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(text, INK.now)).toBeGreaterThanOrEqual(4.5);
  }
});

test('a status is told by its letter alone', () => {
  expect(new Set(Object.values(LETTER)).size).toBe(Object.keys(LETTER).length);
});
