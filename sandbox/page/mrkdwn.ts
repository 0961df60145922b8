/**
 * Slack's message markup as a tree of inert data. Shared by the page, which draws it, and by the reading API
 * for tests, which takes the words out of it. docs.slack.dev/messaging/formatting-message-text
 */
export type Span =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike' | 'quote'; readonly spans: readonly Span[] }
  | { readonly kind: 'code' | 'pre'; readonly text: string }
  | { readonly kind: 'user' | 'channel'; readonly id: string; readonly label: string }
  | { readonly kind: 'everyone'; readonly name: string }
  | { readonly kind: 'link'; readonly url: string; readonly text: string }
  | { readonly kind: 'date'; readonly at: number; readonly format: string; readonly fallback: string };

export const unescape = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

function token(inner: string): Span {
  const bar = inner.indexOf('|');
  const target = bar === -1 ? inner : inner.slice(0, bar);
  const label = bar === -1 ? '' : unescape(inner.slice(bar + 1));
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1), label };
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), label };
  if (target.startsWith('!date^')) {
    const [, at = '0', format = ''] = target.split('^');
    return { kind: 'date', at: Number(at) * 1000, format, fallback: label };
  }
  if (target.startsWith('!')) return { kind: 'everyone', name: target.slice(1).split('^')[0] ?? '' };
  const url = unescape(target);
  return { kind: 'link', url, text: label === '' ? url.replace(/^mailto:/, '') : label };
}

const TOKEN = /```([\s\S]+?)```|`([^`\n]+)`|<([@#!][^<>]+|(?:https?|mailto):[^<>]+)>/g;
const SIGNS = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
// A sign formats when it stands at the edge of a word on both ends and encloses something on one line.
const PAIR = /(?<![\p{L}\p{N}*_~])([*_~])(?!\s)((?:(?!\1)[^\n])+?)(?<!\s)\1(?![\p{L}\p{N}*_~])/u;

/** Formatting in text whose tokens have been lifted out and stand in as private-use characters. */
function formatted(text: string, lifted: readonly Span[]): Span[] {
  const pair = PAIR.exec(text);
  if (pair === null) return plainPieces(text, lifted);
  const [whole, sign = '*', inner = ''] = pair;
  return [
    ...plainPieces(text.slice(0, pair.index), lifted),
    { kind: SIGNS[sign as keyof typeof SIGNS], spans: formatted(inner, lifted) },
    ...formatted(text.slice(pair.index + whole.length), lifted),
  ];
}

const MARK = '\uE000';

function plainPieces(text: string, lifted: readonly Span[]): Span[] {
  return text.split(/(\uE000\d+\uE000)/).flatMap((part): Span[] => {
    if (part === '') return [];
    const stands = part.startsWith(MARK) ? lifted[Number(part.slice(1, -1))] : undefined;
    return [stands ?? { kind: 'text', text: unescape(part) }];
  });
}

function inline(source: string): Span[] {
  const lifted: Span[] = [];
  const text = source
    .replaceAll(MARK, '')
    .replace(TOKEN, (_, pre?: string, code?: string, inner?: string) => {
      if (pre !== undefined) lifted.push({ kind: 'pre', text: unescape(pre.replace(/^\n/, '')) });
      else if (code !== undefined) lifted.push({ kind: 'code', text: unescape(code) });
      else lifted.push(token(inner ?? ''));
      return `${MARK}${lifted.length - 1}${MARK}`;
    });
  return formatted(text, lifted);
}

/** Parses mrkdwn. Lines that begin with `>` (as Slack hands them over: `&gt;`) become quotes. */
export function parseMrkdwn(source: string): readonly Span[] {
  const spans: Span[] = [];
  let rest: string[] = [];
  let quoted: string[] = [];
  const flush = () => {
    if (quoted.length > 0) spans.push({ kind: 'quote', spans: inline(quoted.join('\n')) });
    if (rest.length > 0) spans.push(...inline(rest.join('\n')));
    [rest, quoted] = [[], []];
  };
  for (const line of source.split('\n')) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if ((quote === null && quoted.length > 0) || (quote !== null && rest.length > 0)) flush();
    if (quote === null) rest.push(line);
    else quoted.push(quote[1] ?? '');
  }
  flush();
  return spans;
}

const PARTS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date: { dateStyle: 'long' },
  date_pretty: { dateStyle: 'long' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_long_pretty: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { dateStyle: 'medium' },
  date_short_pretty: { dateStyle: 'medium' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  time_secs: { timeStyle: 'medium' },
};

/** A date token in the reader's zone: `{date_num} {time}` becomes `2026-11-23 09:00`. */
export const formatDate = (at: number, format: string, zone: string): string =>
  format.replace(/\{(\w+)\}/g, (whole, name: string) => {
    if (name === 'date_num') return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
    const part = PARTS[name];
    return part === undefined
      ? whole
      : new Intl.DateTimeFormat('en-GB', { ...part, timeZone: zone }).format(at);
  });
