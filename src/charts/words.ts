import { type Weight, hasGlyph, widthOf } from './font.ts';
import { legal } from './svg.ts';

/** No column holds more; keeps a name of 100 kB from being measured to its end. */
const LONGEST = 300;
const MARKS_PER_LETTER = 2;
const BOX = '□';

const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/u;
const INVISIBLE = /(?!\u200c)[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
const MARK = /\p{M}/u;
/** A mark without a letter before it would hang out of its column. */
const LEADING = /^[\p{M}\s]+/u;
const BLANK = /^[\p{M}\p{Cf}\s⠀]*$/u;

/** A letter the font lacks becomes a box, an emoji it lacks goes, and a tower of accents is cut. */
function drawable(text: string): string {
  let marks = 0;
  let out = '';
  for (const char of text) {
    const isMark = MARK.test(char);
    marks = isMark ? marks + 1 : 0;
    if (marks > MARKS_PER_LETTER) continue;
    if (hasGlyph(char)) out += char;
    else if (!isMark && !EMOJI.test(char)) out += BOX;
  }
  return out;
}

/** What somebody typed on one line, without characters that cannot be seen. */
export const oneLine = (text: string): string =>
  legal(text.slice(0, LONGEST)).replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();

/**
 * What somebody typed as one line that the font can draw. Never blank unless nothing was typed, so a hostile
 * name is seen to be there.
 */
export function printable(text: string): string {
  const tidy = drawable(oneLine(text)).replace(/ +/g, ' ').replace(LEADING, '').trim();
  if (!BLANK.test(tidy)) return tidy;
  return text === '' ? '' : BOX;
}

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The printable text, ellipsised so that it is at most `max` pixels wide. */
export function fit(text: string, max: number, size: number, weight: Weight): string {
  const line = printable(text);
  if (text.length <= LONGEST && widthOf(line, size, weight) <= max) return line;
  const room = max - widthOf('…', size, weight);
  if (room < 0) return '';
  let used = 0;
  let kept = '';
  for (const { segment } of segments.segment(line)) {
    used += widthOf(segment, size, weight);
    if (used > room) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** The first of the sizes, largest first, at which the text needs no ellipsis; the last where none does. */
export function largest(
  text: string,
  max: number,
  sizes: readonly [number, ...number[]],
  weight: Weight,
): number {
  const line = printable(text);
  return sizes.find((size) => widthOf(line, size, weight) <= max) ?? sizes.at(-1) ?? sizes[0];
}
