/**
 * Text as a search compares it: the same whatever its case, its accents and the width of its letters, in every script,
 * and with single spaces. Databases do not agree on this (SQLite folds A to Z only), so it is done here.
 */
export const fold = (text: string): string =>
  PLAIN.test(text) ? text.toLowerCase().replace(GAPS, ' ').trim() : foldAny(text);

/** Most texts: nothing but their case and their spaces can differ. */
const PLAIN = /^[\t-\r -~]*$/;
/** What is not one space already; replacing single spaces by themselves costs more than all the rest. */
const GAPS = / ?[\t-\r]\s*| {2,}\s*/g;

const foldAny = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replace(/\s+/g, ' ')
    .trim();
