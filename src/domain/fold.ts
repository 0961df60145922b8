/**
 * Text as a search compares it: the same whatever its case, its accents and the width of its letters, in every script,
 * and with single spaces. Databases do not agree on this (SQLite folds A to Z only), so it is done here.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}+/gu, '')
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replace(/\s+/g, ' ')
    .trim();
