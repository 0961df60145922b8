import { type Inline, STATUS_MARK, type Text, formatInstant, inlines, plain } from '../../ui/text.ts';
import type { Names } from '../platform.ts';
import { escapeMarkdown, oneLine } from './escape.ts';
import { type Checked, LIMITS, type LimitName, clipTo, within } from './limits.ts';
import type { Mentions } from './mentions.ts';

export interface TextContext extends Checked {
  readonly names: Names;
  readonly mentions: Mentions;
}

export interface TextOptions {
  readonly limit: LimitName;
  /** Only TextBlocks know the date functions; elsewhere the reader would see braces. */
  readonly dates?: 'function' | 'text';
  /** Line breaks would end a list item or a cell. */
  readonly single?: boolean;
}

/** Adjacent bare strings as one: `1` and `. x` apart are harmless, together they start a list. */
function join(parts: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

const cutTo = (part: Inline, room: number): Inline => {
  if (typeof part === 'string') return `${part.slice(0, room)}…`;
  return 'text' in part ? { ...part, text: `${part.text.slice(0, room)}…` } : '…';
};

/** The first `limit` characters of a text, counted as they are read. */
function clipText(text: Text, limit: LimitName, checked: Checked): readonly Inline[] {
  const parts = inlines(text);
  if (within(limit, plain(text).length, checked)) return parts;
  const kept: Inline[] = [];
  let room = LIMITS[limit] - 1;
  for (const part of parts) {
    const size = plain(part).length;
    if (size > room) return [...kept, cutTo(part, room)];
    kept.push(part);
    room -= size;
  }
  return kept;
}

/** `**text**`, with blanks outside: markdown ignores marks that touch a blank. */
const marked = (mark: string, text: string): string => {
  const inner = escapeMarkdown(oneLine(text));
  return inner === '' ? '' : `${mark}${inner}${mark}`;
};

const OPENS = new Set(['http:', 'https:', 'mailto:']);
const UNSAFE: Record<string, string> = {
  '(': '%28',
  ')': '%29',
  '{': '%7B',
  '}': '%7D',
  '\\': '%5C',
  '<': '%3C',
  '>': '%3E',
};

/** A url that may stand in a card, encoded so that it cannot end the markdown link; undefined if it may not. */
export function safeUrl(url: string): string | undefined {
  const parsed = URL.parse(url.toWellFormed());
  if (parsed === null || !OPENS.has(parsed.protocol) || parsed.href.length > LIMITS.url) return undefined;
  return parsed.href.replaceAll(/[(){}\\<>]/g, (c) => UNSAFE[c] ?? c);
}

const isoSecond = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** A span that can only be shown as words, as those words: next to typed text they must be escaped together. */
function wordsOf(part: Inline, context: TextContext, dates: 'function' | 'text'): Inline {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'link':
      return safeUrl(part.url) === undefined ? oneLine(part.text) : part;
    case 'person':
      return context.names.user(part.id) === undefined ? oneLine(part.name) : part;
    case 'channel':
      return `#${oneLine(part.name)}`;
    case 'time':
      return dates === 'text' ? formatInstant(part.at, part.zone, part.show) : part;
    case 'bold':
    case 'italic':
    case 'code':
    case 'status':
    case 'br':
      return part;
    default:
      return part satisfies never;
  }
}

function renderInline(part: Inline, context: TextContext): string {
  if (typeof part === 'string') return escapeMarkdown(part);
  switch (part.kind) {
    case 'bold':
    // There is no code in the markdown of cards: what to type is set in bold.
    case 'code':
      return marked('**', part.text);
    case 'italic':
      return marked('_', part.text);
    case 'link':
      // Inside a link markdown decodes entities, and `&lt=` in a query is none.
      return `[${escapeMarkdown(oneLine(part.text))}](${(safeUrl(part.url) ?? '').replaceAll(/&(?=#?\w+;)/g, '&amp;')})`;
    case 'person': {
      const user = context.names.user(part.id);
      return user === undefined ? '' : context.mentions.add(user.ref, user.name);
    }
    case 'channel':
      return escapeMarkdown(`#${oneLine(part.name)}`);
    case 'status':
      return `${STATUS_MARK[part.status]} ${part.status}`;
    case 'time':
      return part.show === 'date'
        ? `{{DATE(${isoSecond(part.at)}, SHORT)}}`
        : `{{DATE(${isoSecond(part.at)}, SHORT)}} {{TIME(${isoSecond(part.at)})}}`;
    case 'br':
      return '\n\n';
    default:
      return part satisfies never;
  }
}

/** Running text as the markdown subset of Adaptive Cards, mentions collected on the way. */
export function renderText(text: Text, context: TextContext, options: TextOptions): string {
  const parts = clipText(text, options.limit, context).map((part) =>
    wordsOf(part, context, options.dates ?? 'function'),
  );
  const rendered = join(parts)
    .map((part) => renderInline(part, context))
    .join('')
    // A typed exclamation mark before a link would make a picture of it; a typed bracket is escaped already.
    .replaceAll('![', String.raw`\![`);
  return options.single === true ? rendered.replaceAll(/\s*\n+\s*/g, ' ') : rendered;
}

/** An untrusted string as markdown within its limit. */
export const renderString = (text: string, limit: LimitName, checked: Checked): string =>
  escapeMarkdown(clipTo(text, limit, checked));
