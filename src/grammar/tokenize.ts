import { type CoxswainError, invalid } from '../errors.ts';
import { isInvisible, isSpace, joinsEmoji, wellFormed } from './characters.ts';
import { canonicalMentions, readMention } from './mention.ts';
import { closerOf, isQuote, readQuoted } from './quotes.ts';

/** One word of a command line. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'mention' | 'named';
  /** What it says, without quotes and escapes; of `key=value` the value; of a mention `<@ref>` or `<#ref>`. */
  readonly text: string;
  /** The key of `key=value`, as typed. */
  readonly key?: string;
  /** As typed, quotes and all: what stays when the word turns out to be part of a sentence. */
  readonly raw: string;
}

/** A token and the index after it. */
interface Read {
  readonly token: Token;
  readonly end: number;
}

/** In UTF-16 units. More than anybody types, and Slack splits longer messages. */
export const LONGEST_LINE = 4000;

const KEY = /^\p{L}[\p{L}\p{N}_-]*$/u;

function unclosed(line: string, at: number): CoxswainError {
  const opening = line.charAt(at);
  const start = line.slice(at, at + 20).toWellFormed();
  return invalid(`The quote that opens at character ${at + 1}, at ${start}, is never closed.`, {
    hint: `Close it with ${closerOf(opening)}, or type \\${opening} to mean the character itself.`,
  });
}

function quotedAt(line: string, at: number): { text: string; raw: string; end: number } {
  const quoted = readQuoted(line, at);
  if (quoted === undefined) throw unclosed(line, at);
  const raw = canonicalMentions(line.slice(at, quoted.end));
  return { text: canonicalMentions(quoted.text), raw, end: quoted.end };
}

function readWord(line: string, from: number): Read {
  let [key, text, raw, i] = [undefined as string | undefined, '', '', from];
  while (i < line.length && !isSpace(line.charAt(i))) {
    const char = line.charAt(i);
    const next = line.charAt(i + 1);
    const mention = char === '<' ? readMention(line, i) : undefined;
    if (isInvisible(char) && !joinsEmoji(line, i)) {
      i += 1;
    } else if (mention !== undefined) {
      if (key === undefined) break;
      text += mention.text;
      raw += mention.text;
      i = mention.end;
    } else if (key !== undefined && text === '' && isQuote(char)) {
      const quoted = quotedAt(line, i);
      return { token: { kind: 'named', key, text: quoted.text, raw: raw + quoted.raw }, end: quoted.end };
    } else if (char === '\\' && isQuote(next)) {
      text += next;
      raw += char + next;
      i += 2;
    } else {
      if (char === '=' && key === undefined && KEY.test(text)) [key, text] = [text, ''];
      else text += char;
      raw += char;
      i += 1;
    }
  }
  return {
    token: key === undefined ? { kind: 'word', text, raw } : { kind: 'named', key, text, raw },
    end: i,
  };
}

function readToken(line: string, at: number): Read {
  if (isQuote(line[at])) {
    const { end, ...quoted } = quotedAt(line, at);
    return { token: { kind: 'quoted', ...quoted }, end };
  }
  const mention = readMention(line, at);
  if (mention === undefined) return readWord(line, at);
  const { text, end } = mention;
  return { token: { kind: 'mention', text, raw: text }, end };
}

/**
 * The words of a command line: bare words, "quoted texts", `key=value`, `key="quoted value"` and mentions.
 * Outside quotes, invisible characters vanish and any white space separates. Throws only `invalid`: for a quote
 * that is never closed, and for a line over LONGEST_LINE.
 */
export function tokenize(typed: string): Token[] {
  if (typed.length > LONGEST_LINE) {
    throw invalid(`This line has ${typed.length} characters; at most ${LONGEST_LINE} are read.`, {
      hint: 'Open the form instead by typing the command alone, or shorten the text.',
    });
  }
  const line = wellFormed(typed);
  const tokens: Token[] = [];
  for (let i = 0; i < line.length;) {
    if (isSpace(line.charAt(i)) || isInvisible(line.charAt(i))) {
      i += 1;
      continue;
    }
    const { token, end } = readToken(line, i);
    tokens.push(token);
    i = end;
  }
  return tokens;
}
