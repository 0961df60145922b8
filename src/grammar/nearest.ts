import { distance } from 'fastest-levenshtein';

/** Nobody misspells a word this long; comparing it would only cost time. */
const LONGEST = 40;

/** How many slips may lie between two words: one in a short word, three in a long one. */
const reach = (length: number): number => Math.min(3, Math.max(1, Math.floor(length / 2)));

const letters = (word: string): string => [...word].toSorted().join('');

/**
 * Slips between what was typed and a name: letters that differ, where two swapped letters are one slip. A beginning
 * is one slip however much is left out (`sco` means `score` and not `log`), a longer form two (`auditing`).
 */
function slips(typed: string, name: string): number {
  const away = distance(typed, name);
  if (name.startsWith(typed)) return Math.min(away, 1);
  if (name.length > 2 && typed.startsWith(name)) return Math.min(away, 2);
  return away === 2 && letters(typed) === letters(name) ? 1 : away;
}

/** The candidate that `word` was most likely meant to be, whatever the letter case; undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.normalize('NFKC').toLowerCase();
  if (typed === '' || typed.length > LONGEST) return undefined;
  let best: { readonly candidate: string; readonly away: number } | undefined;
  for (const candidate of candidates) {
    const name = candidate.toLowerCase();
    const away = slips(typed, name);
    const isNear = name !== '' && away <= reach(Math.max(typed.length, name.length));
    if (isNear && (best === undefined || away < best.away)) best = { candidate, away };
  }
  return best?.candidate;
}
