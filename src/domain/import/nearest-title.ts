import { distance } from 'fastest-levenshtein';
import { alike } from './titles.ts';

const LONGEST = 200;

/** The title that is most like what was written: it begins with it, holds it, or differs by a few letters. */
export function nearestTitle(wanted: string, titles: readonly string[]): string | undefined {
  const typed = alike(wanted).slice(0, LONGEST);
  if (typed === '') return undefined;
  const holding =
    titles.find((title) => alike(title).startsWith(typed)) ??
    (typed.length >= 4 ? titles.find((title) => alike(title).includes(typed)) : undefined);
  if (holding !== undefined) return holding;
  const ranked = titles
    .map((title) => ({ title, far: distance(typed, alike(title).slice(0, LONGEST)) }))
    .toSorted((a, b) => a.far - b.far);
  const [first] = ranked;
  return first !== undefined && first.far <= Math.max(2, typed.length / 2) ? first.title : undefined;
}
