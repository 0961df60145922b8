import { alpha } from '../agreement.ts';
import { type Colour, COLOURS, medianColour, rankOf } from './colour.ts';
import type { Mark } from './marks.ts';

/** Where one question stands among several reviewers. */
export interface Spread {
  readonly path: string;
  /** Of an even number the worse one. */
  readonly median: Mark;
  /** Best and worst mark; undefined when nobody found that it applies. */
  readonly range: { readonly best: Colour; readonly worst: Colour } | undefined;
  /** How far apart: 0 all agree, 1 next to each other, 2 green against red. */
  readonly width: number;
  /** Some say that it does not apply, others marked it. */
  readonly disputed: boolean;
}

export interface Panel {
  readonly reviewers: number;
  /** One a path, in their order. */
  readonly spreads: readonly Spread[];
  /** Krippendorff's alpha, ordinal; undefined with one reviewer or when nothing varies: then all agree. */
  readonly agreement: number | undefined;
  /** What to talk about, the widest first. */
  readonly discuss: readonly Spread[];
}

/** Several reviewers' scores together: a row of `scores` holds one reviewer's marks in the order of `paths`. */
export function panelOf(paths: readonly string[], scores: readonly (readonly Mark[])[]): Panel {
  const columns = paths.map((_, at) => scores.map((marks) => marks[at] ?? 'none'));
  const spreads = columns.map((marks, at) => spreadOf(paths[at]!, marks));
  return {
    reviewers: scores.length,
    spreads,
    agreement: scores.length < 2 ? undefined : alpha(columns.map(ranks), 'ordinal'),
    discuss: spreads.filter((c) => c.width > 0 || c.disputed).toSorted((a, b) => b.width - a.width),
  };
}

/**
 * The medians alone, as `panelOf` has them, for many seats at once: one for each of so many paths, a row of `scores` is
 * one reviewer's.
 */
export function mediansOf(paths: number, scores: readonly (readonly Mark[])[]): Mark[] {
  const medians: Mark[] = [];
  for (let at = 0; at < paths; at += 1) {
    let [green, yellow, red] = [0, 0, 0];
    for (const marks of scores) {
      const mark = marks[at];
      if (mark === 'green') green += 1;
      else if (mark === 'yellow') yellow += 1;
      else if (mark === 'red') red += 1;
    }
    const given = green + yellow + red;
    const middle = Math.floor(given / 2);
    if (given === 0 || given * 2 < scores.length) medians.push('none');
    else if (middle < green) medians.push('green');
    else medians.push(middle < green + yellow ? 'yellow' : 'red');
  }
  return medians;
}

const ranks = (marks: readonly Mark[]): (number | null)[] =>
  marks.map((mark) => (mark === 'none' ? null : rankOf(mark)));

function spreadOf(path: string, marks: readonly Mark[]): Spread {
  const colours = marks.filter((mark) => mark !== 'none');
  const given = colours.map(rankOf);
  const [best, worst] = [COLOURS[Math.min(...given)], COLOURS[Math.max(...given)]];
  // Leaving a question out takes a majority: in doubt it applies.
  const applies = colours.length > 0 && colours.length * 2 >= marks.length;
  return {
    path,
    median: applies ? medianColour(colours)! : 'none',
    range: best === undefined || worst === undefined ? undefined : { best, worst },
    width: given.length === 0 ? 0 : Math.max(...given) - Math.min(...given),
    disputed: colours.length > 0 && colours.length < marks.length,
  };
}
