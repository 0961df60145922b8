import { isInvisible, isSpace } from './characters.ts';

/** What closes a quote, by what opened it. Languages differ: “English”, „Deutsch“, ”svenska”, «français», »Deutsch«. */
const CLOSED_BY: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['“', '”'],
  ['„', '”“'],
  ['‟', '”'],
  ['”', '”'],
  ['«', '»'],
  ['»', '»«'],
]);
/** Phones and word processors curl only one of the two: then any double quote closes. */
const ANY_DOUBLE = '"“”„‟';

export const isQuote = (char: string | undefined): boolean => char !== undefined && CLOSED_BY.has(char);

/** The usual closing quote for an opening one. */
export const closerOf = (opening: string): string => CLOSED_BY.get(opening)?.at(-1) ?? opening;

/** `\"` is a quote and `\\` a backslash; before anything else a backslash stands for itself (`C:\temp`). */
const isEscaped = (next: string | undefined): next is string => next === '\\' || isQuote(next);

export interface Quoted {
  readonly text: string;
  /** Index after the closing quote. */
  readonly end: number;
}

function readTo(closers: string, line: string, from: number): Quoted | undefined {
  let text = '';
  for (let i = from; i < line.length; i += 1) {
    const char = line.charAt(i);
    const next = line[i + 1];
    if (char === '\\' && isEscaped(next)) {
      text += next;
      i += 1;
    } else if (closers.includes(char)) {
      return { text, end: i + 1 };
    } else {
      text += char;
    }
  }
  return undefined;
}

/** The quoted text whose opening quote stands at index `at`, or undefined when it is never closed. */
export function readQuoted(line: string, at: number): Quoted | undefined {
  const opening = line.charAt(at);
  const strict = readTo(CLOSED_BY.get(opening) ?? opening, line, at + 1);
  if (strict !== undefined || !ANY_DOUBLE.includes(opening)) return strict;
  return readTo(ANY_DOUBLE, line, at + 1);
}

const isPlain = (char: string): boolean => !isSpace(char) && !isInvisible(char) && !isQuote(char);

/** A text written so that `tokenize` reads it back as one word, with quotes only where it needs them. */
export function quote(text: string): string {
  const bare = text !== '' && !/[=\\<]/.test(text) && [...text].every(isPlain);
  return bare ? text : `"${text.replaceAll(/[\\"]/g, (char) => `\\${char}`)}"`;
}
