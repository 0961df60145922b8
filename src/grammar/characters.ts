/**
 * Takes no width and no part in a word: zero-width characters, soft hyphen, direction marks and overrides, fillers.
 * Variation selectors stay, because emoji are made with them.
 */
const INVISIBLE = /(?![\uFE00-\uFE0F])\p{Default_Ignorable_Code_Point}/u;
const INVISIBLES = new RegExp(INVISIBLE, 'gu');

export const isInvisible = (char: string): boolean => INVISIBLE.test(char);
/** U+FEFF is white space to JavaScript, but nobody sees a gap there; U+0085 is the other way round. */
export const isSpace = (char: string): boolean => /[\s\u0085]/.test(char) && char !== '\uFEFF';

export const withoutInvisible = (text: string): string => text.replaceAll(INVISIBLES, '');

const PICTURE_BEFORE = /\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})*$/u;
const PICTURE_AFTER = /^\p{Extended_Pictographic}/u;

/** Whether the zero-width joiner at `at` holds one emoji together (👩‍💻). */
export const joinsEmoji = (line: string, at: number): boolean =>
  line[at] === '\u200D' &&
  PICTURE_BEFORE.test(line.slice(Math.max(0, at - 8), at)) &&
  PICTURE_AFTER.test(line.slice(at + 1, at + 3));

/**
 * The text as every store and screen can hold it: half characters become U+FFFD; control characters that are not
 * white space (PostgreSQL refuses NUL) and tag characters (they spell words that nobody sees) go.
 */
export const wellFormed = (text: string): string =>
  text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u{E0000}-\u{E007F}]/gu, '');

/** A typed text as messages show it: in quotes, at most 40 characters, never half of one. */
export const shown = (text: string): string =>
  `“${text.length > 40 ? `${text.slice(0, 39).replace(/[\uD800-\uDBFF]$/, '')}…` : text}”`;
