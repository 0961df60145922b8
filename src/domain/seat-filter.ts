import { fold } from './fold.ts';
import { HOLDER_KINDS, MAX_LEVEL, RISK_TIERS, STAGES } from './seat.ts';
import { invalid } from '../errors.ts';

export const SORTS = ['key', 'name', 'stage', 'risk', 'level', 'readiness', 'issues', 'newest'] as const;
export type Sort = (typeof SORTS)[number];

const READINESS = ['red', 'yellow', 'green', 'none'] as const;
export type ReadinessWord = (typeof READINESS)[number];

/** Words that stand alone. */
const FLAGS = ['unowned', 'retired', 'halted', 'incomplete', 'all'] as const;
export type Flag = (typeof FLAGS)[number];

const NAMES = [
  'stage',
  'risk',
  'holder',
  'level',
  'readiness',
  'owner',
  'channel',
  'provider',
  'vendor',
] as const;
type Name = (typeof NAMES)[number];

/** What is looked for, as it was typed: `stage=pilot`, words and flags. Buttons carry it from page to page. */
export type SeatSearch = {
  readonly words: readonly string[];
  readonly flags: readonly Flag[];
  readonly named: { readonly [name in Name]?: string };
  readonly sort?: string;
};

/** With owner, channel and vendor as ids. */
export interface SeatFilter {
  /** Folded; each of them has to be found. */
  readonly words: readonly string[];
  readonly flags: ReadonlySet<Flag>;
  readonly stages?: readonly string[];
  readonly risks?: readonly string[];
  readonly holder?: string;
  readonly levels?: { readonly from: number; readonly to: number };
  readonly readiness?: readonly ReadinessWord[];
  readonly provider?: string;
  readonly owner?: string;
  readonly channel?: string;
  readonly vendor?: string;
  readonly sort: Sort;
  readonly backwards: boolean;
}

/** Buttons carry what was typed, and platforms carry little with a button. */
const LONGEST_SEARCH = 300;

const FILTER_EXAMPLE = 'seat list fraud stage=pilot risk=high';
const EXIST = `The filters are ${NAMES.map((name) => `${name}=`).join(', ')}, ${FLAGS.join(', ')} and sort=.`;

const isFlag = (word: string): word is Flag => FLAGS.some((flag) => flag === word.toLowerCase());

/** The words of `seat list` that are no `key=value`: flags, and what is searched for. */
export function searchOf(words: readonly string[], named: Readonly<Record<string, string>>): SeatSearch {
  const wrong = words.find((word) => /^\p{L}[\p{L}\p{N}_-]*=/u.test(word));
  if (wrong !== undefined)
    throw invalid(`“${wrong.slice(0, 40)}” is no filter. ${EXIST}`, { hint: FILTER_EXAMPLE });
  const length = [...words, ...Object.values(named)].join(' ').length;
  if (length > LONGEST_SEARCH)
    throw invalid(`Please search with at most ${LONGEST_SEARCH} characters.`, { hint: FILTER_EXAMPLE });
  const flags = words.filter(isFlag).map((word) => word.toLowerCase() as Flag);
  return {
    words: words.filter((word) => !isFlag(word) && word.trim() !== ''),
    flags: [...new Set(flags)],
    named: Object.fromEntries(
      NAMES.flatMap((name) => (named[name] === undefined ? [] : [[name, named[name]]])),
    ),
    ...(named['sort'] === undefined ? {} : { sort: named['sort'] }),
  };
}

function oneOrMore<const T extends readonly string[]>(what: Name, text: string, values: T): T[number][] {
  const parts = text
    .toLowerCase()
    .split(/[,|]/)
    .map((part) => part.trim());
  for (const part of parts) {
    if (values.includes(part)) continue;
    throw invalid(
      `“${part.slice(0, 40)}” is no ${what}: choose ${values.join(', ')}, or several with commas.`,
      {
        hint: `seat list ${what}=${values[1]}`,
      },
    );
  }
  return parts;
}

function levelsOf(text: string): { from: number; to: number } {
  const found = /^(?<from>[1-8])?(?<range>\.\.)?(?<to>[1-8])?$/.exec(text.trim());
  const { from, range, to } = found?.groups ?? {};
  const given = { from: Number(from ?? 1), to: Number(to ?? (range === undefined ? from : MAX_LEVEL)) };
  const wrong = found === null || (from === undefined && to === undefined) || given.from > given.to;
  if (!wrong && (range !== undefined || to === undefined)) return given;
  throw invalid('Levels are a number from 1 to 8, or a range of them.', { hint: 'seat list level=3..5' });
}

function sortOf(text: string): Pick<SeatFilter, 'sort' | 'backwards'> {
  const word = text.trim().toLowerCase();
  const sort = SORTS.find((one) => one === word.replace(/^-/, ''));
  if (sort !== undefined) return { sort, backwards: word.startsWith('-') };
  throw invalid(`Seats are sorted by ${SORTS.join(', ')}; a minus before it turns the order around.`, {
    hint: 'seat list sort=-readiness',
  });
}

/** Throws invalid with a sentence about what was typed wrongly. `ids` is what owner, channel and vendor mean. */
export function filterOf(
  { words, flags, named, sort }: SeatSearch,
  ids: Pick<SeatFilter, 'owner' | 'channel' | 'vendor'> = {},
): SeatFilter {
  const { stage, risk, holder, level, readiness, provider } = named;
  return {
    words: words.map(fold).filter((word) => word !== ''),
    flags: new Set(flags),
    ...(stage === undefined ? {} : { stages: oneOrMore('stage', stage, STAGES) }),
    ...(risk === undefined ? {} : { risks: oneOrMore('risk', risk, RISK_TIERS) }),
    ...(holder === undefined ? {} : { holder: oneOrMore('holder', holder, HOLDER_KINDS)[0]! }),
    ...(level === undefined ? {} : { levels: levelsOf(level) }),
    ...(readiness === undefined ? {} : { readiness: oneOrMore('readiness', readiness, READINESS) }),
    ...(provider === undefined ? {} : { provider: fold(provider) }),
    ...ids,
    ...sortOf(sort ?? 'key'),
  };
}

/** A word as it has to be typed. */
const typed = (text: string): string =>
  /^[\p{L}\p{N}.,_@#<>|:-]+$/u.test(text) ? text : `"${text.replaceAll('"', '')}"`;

/** The line that looks for the same again. */
export const lineOf = ({ words, flags, named, sort }: SeatSearch, verb = 'seat list'): string =>
  [
    verb,
    ...words.map(typed),
    ...flags,
    ...Object.entries(named).map(([name, text]) => `${name}=${typed(text)}`),
    ...(sort === undefined ? [] : [`sort=${sort}`]),
  ].join(' ');
