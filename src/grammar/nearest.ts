import { distance } from 'fastest-levenshtein';

/** Nobody misspells a word this long; comparing it would only cost time. */
const LONGEST = 40;

/** How many letters may differ: one in a short word (two swapped letters count as two), three in a long one. */
const reach = (length: number): number => Math.min(3, Math.max(1, Math.floor(length / 2)));

/**
 * The candidate that `word` was most likely meant to be, whatever the letter case: the one that is spelled most
 * alike, else one that begins with it or that it begins with. Undefined when nothing is near.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.normalize('NFKC').toLowerCase();
  if (typed === '' || typed.length > LONGEST) return undefined;
  let best: { readonly candidate: string; readonly away: number } | undefined;
  for (const candidate of candidates) {
    const name = candidate.toLowerCase();
    if (name === '') continue;
    const isPrefix = name.startsWith(typed) || (name.length > 2 && typed.startsWith(name));
    const away = distance(typed, name);
    if (!isPrefix && away > reach(Math.max(typed.length, name.length))) continue;
    // A beginning counts as one slip: `sco` means `score` and not `log`.
    const weight = isPrefix ? Math.min(away, 1) : away;
    if (best === undefined || weight < best.away) best = { candidate, away: weight };
  }
  return best?.candidate;
}
