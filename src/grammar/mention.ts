import { withoutInvisible } from './characters.ts';

/** A person or channel as adapters write them into a line: `<@ref>`, `<#ref>`, with the platform's own ref. */
export interface Mention {
  readonly kind: 'person' | 'channel';
  readonly ref: string;
}

const WRITTEN = /<([@#])([^\s|<>]+)(?:\|[^<>]*)?>/;
const AT = new RegExp(WRITTEN, 'y');
const ALL = new RegExp(WRITTEN, 'g');

const canonical = (sigil: string, ref: string): string => `<${sigil}${withoutInvisible(ref)}>`;

/** The mention that begins at `at`, without its name, and the index after it. */
export function readMention(line: string, at: number): { text: string; end: number } | undefined {
  AT.lastIndex = at;
  const [whole, sigil = '', ref = ''] = AT.exec(line) ?? [];
  if (whole === undefined || withoutInvisible(ref) === '') return undefined;
  return { text: canonical(sigil, ref), end: at + whole.length };
}

/** `<@U1|anna>` becomes `<@U1>` everywhere in a text: names change, refs do not. */
export const canonicalMentions = (text: string): string =>
  text.replaceAll(ALL, (whole: string, sigil: string, ref: string) =>
    withoutInvisible(ref) === '' ? whole : canonical(sigil, ref),
  );

/** Who or what a word names, when it is a mention and nothing else. */
export function mentionOf(word: string): Mention | undefined {
  const [, sigil, ref] = /^<([@#])([^\s|<>]+)(?:\|[^<>]*)?>$/.exec(word) ?? [];
  if (ref === undefined) return undefined;
  return { kind: sigil === '@' ? 'person' : 'channel', ref };
}
