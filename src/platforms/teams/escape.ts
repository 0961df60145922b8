/** Explicit bidirectional controls: they can make a text read as something else than it is. */
const BIDI = /[\u202A-\u202E\u2066-\u2069]/g;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/** Well-formed text: no lone surrogates, control characters or direction overrides; line ends are `\n`. */
export const clean = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(CONTROL, '')
    .replace(BIDI, '')
    .toWellFormed();

const SPECIAL = /[\\`*_[\]<>~|&{}]/g;
/** What would start a list, a heading, a rule or a numbered item. */
const LINE_START = /^\s*([#+=-]|\d{1,9}[.)])/;
/** What a client might turn into a link by itself: a scheme, a domain, an address. */
const SLASHES = /(?<=\/)\//g;
const DOT = /\.(?=\p{L})/gu;
const AT = /@(?=\S)/g;

const escapeLine = (line: string): string =>
  line
    .trimStart()
    .replace(SPECIAL, String.raw`\$&`)
    .replace(SLASHES, String.raw`\/`)
    .replace(DOT, String.raw`\.`)
    .replace(AT, String.raw`\@`)
    .replace(LINE_START, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`);

/**
 * Untrusted text as markdown that shows exactly that text: it cannot format, link, ping, start a list or call
 * a date function. Lines become paragraphs, because a single line end is a space in markdown.
 */
export function escapeMarkdown(text: string): string {
  const [first = '', ...rest] = clean(text).split('\n');
  // One blank keeps words apart; four would start a block of code.
  const lead = /^\s/.test(first) ? ' ' : '';
  return [lead + escapeLine(first), ...rest.map(escapeLine)]
    .filter((line, i) => i === 0 || line !== '')
    .join('\n\n');
}

/** One line of plain text, for places without markdown: labels, titles, alt texts. */
export const oneLine = (text: string): string => clean(text).replaceAll(/\s+/g, ' ').trim();
