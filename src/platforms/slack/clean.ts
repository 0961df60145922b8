import { clip } from '../../text.ts';

// Control characters but line feed and tab, bidirectional overrides (they reorder what follows), lone surrogates.
// oxlint-disable-next-line no-control-regex
const UNWANTED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Cs}/gu;

/** Letters, digits and signs of ASCII on one line: nothing to take out, and what most text is. */
const HARMLESS = /^[ -~]*$/;

/** Text that any platform can carry: no control characters, no lone surrogates, one kind of line end. */
export const clean = (text: string): string =>
  HARMLESS.test(text) ? text : text.replaceAll(/\r\n?|[\u2028\u2029]/g, '\n').replaceAll(UNWANTED, '');

/** Words of ASCII with one space between them: on one line already. */
const ON_ONE_LINE = /^[!-~]+(?: [!-~]+)*$/;

/** Clean text on one line, cut. Empty text becomes `instead`, because Slack refuses empty strings. */
export function line(text: string, max: number, instead = '–'): string {
  if (text.length <= max && ON_ONE_LINE.test(text)) return text;
  // Far longer than any limit is cut first, so that 100 kB are not worked through for 24 characters.
  const whole = clean(text.slice(0, max * 2 + 100)).replaceAll(/\s+/g, ' ');
  return clip(whole.trim(), max) || instead;
}
