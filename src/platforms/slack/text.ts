import { type Inline, STATUS_MARK, type Text, formatInstant, inlines } from '../../ui/text.ts';
import type { Names } from '../platform.ts';
import { clean, line } from './clean.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** The three characters with which Slack's own markup begins and ends (docs.slack.dev/messaging/formatting-message-text). */
export const escape = (text: string): string => text.replaceAll(/[&<>]/g, (c) => ENTITIES[c] ?? c);

// mrkdwn has no escape for its own signs, and an invisible character beside them does not stop all of them.
const LOOKALIKES: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };
const SIGNS = /[*_~`]/g;
// What clients turn into something else by themselves.
const EMOJI_NAME = /:(?=[\w+'-]{1,100}:)/g;
// Without an end of the word: where `@hereby` is cut, `@here` would be left.
const BROADCAST = /@(?=here|channel|everyone)/gi;
const ZERO_WIDTH = '\u200B';
const WORD = /[\p{L}\p{N}]/u;

export const unbroadcast = (text: string): string => text.replaceAll(BROADCAST, `@${ZERO_WIDTH}`);

/** Anything that one of the steps below could change; most text has none of it. */
const MEANINGFUL = /[&<>*_~`:@•◦▪]/;

/** Untrusted text as mrkdwn that shows what was typed and formats, links and pings nothing. */
export function neutral(text: string): string {
  if (!MEANINGFUL.test(text)) return text;
  const signs = text.replaceAll(SIGNS, (sign, at: number) => {
    // Inside a word (snake_case, 3*4) Slack takes no sign for formatting; `code` works anywhere.
    const inWord = sign !== '`' && WORD.test(text[at - 1] ?? '') && WORD.test(text[at + 1] ?? '');
    return inWord ? sign : (LOOKALIKES[sign] ?? sign);
  });
  const silent = unbroadcast(signs)
    .replaceAll(EMOJI_NAME, `:${ZERO_WIDTH}`)
    .replaceAll(/^(?=[>•◦▪])/gm, ZERO_WIDTH);
  return escape(silent);
}

/** Formatted text stays on its line, and short enough to be shown whole. */
const oneLine = (text: string): string => line(text, 1000, '');

export const USER = /^[UW][A-Z0-9]{1,20}$/;
export const CONVERSATION = /^[CDG][A-Z0-9]{1,20}$/;

/** The address as Slack may link to it; undefined when it is none that a person should follow. */
export function safeUrl(url: string, max: number): string | undefined {
  const { protocol, href } = URL.parse(url) ?? {};
  if (href === undefined || (protocol !== 'https:' && protocol !== 'http:')) return undefined;
  const safe = href.replaceAll('|', '%7C').replaceAll(/[<>\s]/g, encodeURIComponent);
  return safe.length <= max ? safe : undefined;
}

function wrap(sign: string, text: string): string {
  const inner = oneLine(text);
  return inner === '' ? '' : `${sign}${neutral(inner)}${sign}`;
}

const link = (text: string, url: string): string => {
  const label = neutral(oneLine(text));
  const href = safeUrl(url, 2000);
  return href === undefined ? label : `<${escape(href)}|${label || escape(href)}>`;
};

function personOf(id: string, name: string, names: Names): string {
  const known = names.user(id);
  return known !== undefined && USER.test(known.ref)
    ? `<@${known.ref}>`
    : neutral(oneLine(known?.name ?? name));
}

/** One span, whole; its length is not limited here. */
function span(part: Exclude<Inline, string>, names: Names): string {
  switch (part.kind) {
    case 'bold':
      return wrap('*', part.text);
    case 'italic':
      return wrap('_', part.text);
    case 'code': {
      const inner = escape(unbroadcast(oneLine(part.text)).replaceAll('`', 'ˋ'));
      return inner === '' ? '' : `\`${inner}\``;
    }
    case 'link':
      return link(part.text, part.url);
    case 'person':
      return personOf(part.id, part.name, names);
    case 'channel':
      return CONVERSATION.test(part.ref) ? `<#${part.ref}>` : `#${neutral(oneLine(part.name))}`;
    case 'status':
      return `${STATUS_MARK[part.status]} ${part.status}`;
    case 'time': {
      const tokens = part.show === 'date' ? '{date_num}' : '{date_num} {time}';
      const fallback = escape(formatInstant(part.at, part.zone, part.show));
      return `<!date^${Math.floor(part.at / 1000)}^${tokens}|${fallback}>`;
    }
    case 'br':
      return '\n';
    default:
      return part satisfies never;
  }
}

const FORMATTED: ReadonlySet<string> = new Set(['bold', 'italic', 'code']);

const ELLIPSIS = '…';

/** A rendered span. Plain text may be cut between its characters; anything else is shown whole or not at all. */
interface Piece {
  readonly text: string;
  readonly plain: boolean;
}

function piecesOf(text: Text, names: Names, max: number): Piece[] {
  const pieces: Piece[] = [];
  let before = '';
  let formatted = false;
  for (const part of inlines(text)) {
    const plain = typeof part === 'string';
    // What cannot fit is cut before it is worked through: one character too many still shows that it was cut.
    const shown = plain ? neutral(clean(part.slice(0, max + 1))) : span(part, names);
    if (shown === '') continue;
    const formats = !plain && FORMATTED.has(part.kind);
    if ((formats || formatted) && touch(before, shown)) pieces.push({ text: ZERO_WIDTH, plain: false });
    pieces.push({ text: shown, plain });
    [before, formatted] = [shown, formats];
  }
  return pieces;
}

/** Slack takes a sign for formatting only at the edge of a word, so a span inside one needs an edge. */
const touch = (before: string, after: string): boolean => /\S$/.test(before) && /^\S/.test(after);

/**
 * Text as mrkdwn of at most `max` characters. Never cut inside a span, an entity or a mention; `cut` says
 * whether anything is missing.
 */
export function mrkdwn(
  text: Text,
  names: Names,
  max: number,
): { readonly text: string; readonly cut: boolean } {
  const pieces = piecesOf(text, names, max);
  const whole = pieces.map((piece) => piece.text).join('');
  if (whole.length <= max) return { text: whole, cut: false };
  let out = '';
  for (const piece of pieces) {
    const room = max - ELLIPSIS.length - out.length;
    if (piece.text.length <= room) out += piece.text;
    else return { text: `${out}${piece.plain ? fit(piece.text, room) : ''}${ELLIPSIS}`, cut: true };
  }
  return { text: out, cut: true };
}

/** As many whole entities and characters of neutral text as fit. */
function fit(neutralText: string, room: number): string {
  let length = 0;
  for (const [unit] of neutralText.matchAll(/&(?:amp|lt|gt);|[\s\S]/gu)) {
    if (length + unit.length > room) break;
    length += unit.length;
  }
  // A sign that stood inside of a word would stand at its edge now, where Slack takes it for formatting.
  return neutralText.slice(0, length).replace(/[*_~]+$/, '');
}

/** Plain text for headers, labels and buttons: Slack does not interpret it, emoji names aside. */
export const plainText = (text: string, max: number, instead?: string) =>
  ({ type: 'plain_text', text: line(text, max, instead), emoji: false }) as const;
