import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Widths, readWidths } from './truetype.ts';

export type Weight = 'regular' | 'bold';

const require = createRequire(import.meta.url);

/** The only faces pictures are drawn with: condensed, because chat shows pictures small. TTF, which resvg can read. */
const FILES: Readonly<Record<Weight, string>> = {
  regular: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
};

export const FONT_FAMILY = 'DejaVu Sans';
export const FONT_FILES: readonly string[] = [FILES.regular, FILES.bold];
/** Height of a capital, in ems (OS/2 table of DejaVu Sans). */
export const CAP_HEIGHT = 0.729;

const loaded = new Map<Weight, Widths>();

function widths(weight: Weight): Widths {
  const known = loaded.get(weight);
  if (known !== undefined) return known;
  const read = readWidths(readFileSync(FILES[weight]));
  loaded.set(weight, read);
  return read;
}

/** In ems; resvg falls back to the other face when one lacks a glyph, so both are asked. */
const advance = (char: number, weight: Weight): number | undefined =>
  widths(weight).get(char) ?? widths(weight === 'bold' ? 'regular' : 'bold').get(char);

export const hasGlyph = (char: string): boolean => advance(char.codePointAt(0) ?? 0, 'regular') !== undefined;

/** Width in pixels at `size`, without kerning and joining, which only make text narrower. */
export function widthOf(text: string, size: number, weight: Weight): number {
  let ems = 0;
  for (const char of text) ems += advance(char.codePointAt(0) ?? 0, weight) ?? 1;
  return ems * size;
}
