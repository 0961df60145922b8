// Control characters but line feed and tab, bidirectional overrides (they reorder what follows), lone surrogates.
// oxlint-disable-next-line no-control-regex
const UNWANTED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Cs}/gu;

/** Text that any platform can carry: no control characters, no lone surrogates, one kind of line end. */
export const clean = (text: string): string =>
  text.replaceAll(/\r\n?|[\u2028\u2029]/g, '\n').replaceAll(UNWANTED, '');

export const ELLIPSIS = '…';

/** At most `max` UTF-16 units, never ending in half a character; says `…` where it was cut. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text.slice(0, max - ELLIPSIS.length).replace(/[\uD800-\uDBFF]$/, '')}${ELLIPSIS}`;
}

/** Clean text on one line, cut. Empty text becomes `instead`, because Slack refuses empty strings. */
export const line = (text: string, max: number, instead = '–'): string =>
  // Far longer than any limit is cut first, so that 100 kB are not worked through for 24 characters.
  cut(
    clean(text.slice(0, max * 2 + 100))
      .replaceAll(/\s+/g, ' ')
      .trim(),
    max,
  ) || instead;
