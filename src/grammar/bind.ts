import { type CoxswainError, invalid } from '../errors.ts';
import { shown } from './characters.ts';
import { nearest } from './nearest.ts';
import type { Token } from './tokenize.ts';

/** What may follow a verb. */
export interface VerbSpec {
  /** One line that shows how to type it: `log <seat> <metric> <value> [note]`. */
  readonly usage: string;
  /** Names of the words by position. The last may be `...name`: it takes all the words that are left. */
  readonly positional: readonly string[];
  /** Keys of `key=value`; `severity|sev` says that `sev` is another name for `severity`. */
  readonly named?: readonly string[];
  /** Any other `key=value` is taken, too, under its key in lower case: the verb knows what it may be. */
  readonly anyNamed?: true;
  /** Names that take several people: their mentions stay mentions. */
  readonly mentions?: readonly string[];
}

/** Every accepted key in lower case, and the name that it stands for. */
function keysOf(spec: VerbSpec): ReadonlyMap<string, string> {
  const pairs = (spec.named ?? []).flatMap((names) => {
    const [name = '', ...others] = names.split('|');
    return [name, ...others].map((key) => [key.toLowerCase(), name] as const);
  });
  return new Map(pairs);
}

function unknownKey(spec: VerbSpec, key: string, known: ReadonlyMap<string, string>): CoxswainError {
  const near = nearest(key, [...known.keys()]);
  const advice =
    near !== undefined
      ? ` Did you mean “${near}=”?`
      : known.size > 0
        ? ` Here you can use ${[...new Set(known.values())].map((name) => `${name}=`).join(', ')}.`
        : ' To mean the text itself, put it in quotes.';
  return invalid(`${shown(`${key}=`)} is not known here.${advice}`, { hint: spec.usage });
}

function tooMany(spec: VerbSpec, extra: readonly Token[]): CoxswainError {
  const [first] = extra;
  const what =
    extra.length === 1 ? 'is one word too many' : `and what follows are ${extra.length} words too many`;
  return invalid(`${shown(first?.raw ?? '')} ${what}. A text of several words goes in quotes.`, {
    hint: spec.usage,
  });
}

/** One word gives what it says; several keep their quotes, since they are part of what somebody wrote. */
const joined = (tokens: readonly Token[]): string =>
  tokens.length === 1 && tokens[0]?.kind !== 'named'
    ? (tokens[0]?.text ?? '')
    : tokens.map(({ raw }) => raw).join(' ');

/** Takes the `key=value` words with a known key out, wherever they stand. */
function takeNamed(spec: VerbSpec, tokens: readonly Token[]) {
  const known = keysOf(spec);
  const values = new Map<string, string>();
  const left: Token[] = [];
  for (const token of tokens) {
    const key = token.key?.toLowerCase();
    const name =
      key === undefined ? undefined : (known.get(key) ?? (spec.anyNamed === true ? key : undefined));
    if (name === undefined) {
      left.push(token);
    } else if (values.has(name)) {
      throw invalid(`${shown(`${name}=`)} is given twice.`, { hint: spec.usage });
    } else {
      values.set(name, token.text);
    }
  }
  return { known, values, left };
}

/**
 * The words after a verb by name. Words fill `positional` in order, skipping names that were given as
 * `key=value`; what was not typed is absent. `a=b` with an unknown key is a fault, but plain text inside `...rest`.
 * Throws `invalid`, with the usage as the hint, for an unknown or repeated key and for too many words.
 */
export function bind(spec: VerbSpec, tokens: readonly Token[]): Record<string, string> {
  const { known, values, left } = takeNamed(spec, tokens);
  const words = [...left];
  const checked = (token: Token): string => {
    if (token.key !== undefined) throw unknownKey(spec, token.key, known);
    return token.text;
  };
  for (const position of spec.positional) {
    const rest = position.startsWith('...');
    const name = rest ? position.slice(3) : position;
    if (values.has(name)) continue;
    const taken = words.splice(0, rest ? words.length : 1);
    const [first] = taken;
    if (first !== undefined) values.set(name, rest ? joined(taken) : checked(first));
  }
  for (const token of words) checked(token);
  if (words.length > 0) throw tooMany(spec, words);
  return Object.fromEntries(values);
}
