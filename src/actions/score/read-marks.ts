import { COLOURS, type Colour } from '../../domain/rubric/colour.ts';
import type { Mark } from '../../domain/rubric/marks.ts';
import { invalid } from '../../errors.ts';
import { typed } from '../inputs.ts';

const LETTERS: Readonly<Record<string, Colour>> = { g: 'green', y: 'yellow', r: 'red' };
const NOT_APPLICABLE = new Set(['none', 'n/a', 'na', '-']);

export const isNotApplicable = (text: string): boolean => NOT_APPLICABLE.has(text.trim().toLowerCase());

/** A colour as people type it: `green`, `G`; undefined when it is none. */
export function readColour(text: string): Colour | undefined {
  const word = text.trim().toLowerCase();
  return COLOURS.find((colour) => colour === word) ?? LETTERS[word];
}

/** What is asked and what was answered; `what` names it in sentences. */
interface Asked {
  readonly path: string;
  readonly what: string;
  readonly given: string | undefined;
}

/**
 * Reads one mark for each question. Throws invalid with a sentence for each that is missing or no colour, by path.
 * `none` is a mark only where questions can be left out.
 */
export function readMarks<M extends Mark>(
  asked: readonly Asked[],
  allow: 'colours' | 'none too',
): Map<string, M> {
  const marks = new Map<string, Mark>();
  const faults: Record<string, string> = {};
  const also = allow === 'none too' ? ', or none where it does not apply' : '';
  for (const { path, what, given } of asked) {
    const mark =
      given === undefined
        ? undefined
        : (readColour(given) ?? (allow === 'none too' && isNotApplicable(given) ? 'none' : undefined));
    if (mark !== undefined) marks.set(path, mark);
    else if (given === undefined || given.trim() === '')
      faults[path] = `Please choose a colour for ${what}: green, yellow or red${also}.`;
    else faults[path] = `“${typed(given)}” is not a colour for ${what}: choose green, yellow or red${also}.`;
  }
  const sentences = Object.values(faults);
  if (sentences.length > 0) throw invalid(sentences.slice(0, 3).join(' '), { fields: faults });
  // Guarantee of the cast: without `none too` only colours were set.
  return marks as Map<string, M>;
}
