import { alpha } from '../agreement.ts';
import { type Colour, COLOURS } from '../rubric.ts';
import type { RiskTier } from '../seat.ts';
import { type Answers, askedPaths } from './readiness.ts';
import type { Rubric } from './rubric.ts';

/** Worst last, as in COLOURS: green 0, yellow 1, red 2. */
const rank = (colour: Colour): number => COLOURS.indexOf(colour);

/** Where one criterion stands among several reviewers. */
export interface Spread {
  readonly path: string;
  /** Of an even number the lower, the worse: doubt counts against readiness. */
  readonly median: Colour | 'none';
  /** Best and worst mark; undefined when nobody found that it applies. */
  readonly range: { readonly best: Colour; readonly worst: Colour } | undefined;
  /** How far apart: 0 all agree, 1 next to each other, 2 green against red. */
  readonly width: number;
  /** Some say that it does not apply, others marked it. */
  readonly disputed: boolean;
}

export interface Panel {
  readonly reviewers: number;
  readonly criteria: readonly Spread[];
  /** Answers by path, as the medians say: what the panel as a whole thinks. */
  readonly answers: Answers;
  /** Krippendorff's alpha, ordinal; undefined with one reviewer or when nothing varies: then all agree. */
  readonly agreement: number | undefined;
  /** Criteria to talk about, the widest first. */
  readonly discuss: readonly Spread[];
}

/** The median mark; of an even number the worse of the two in the middle. */
export function medianColour(colours: readonly Colour[]): Colour | undefined {
  const sorted = colours.toSorted((a, b) => rank(a) - rank(b));
  return sorted[Math.floor(sorted.length / 2)];
}

/** Several reviewers' newest full scores of one seat by one version of a rubric, together. */
export function panelOf(rubric: Rubric, risk: RiskTier, scores: readonly Answers[]): Panel {
  const paths = askedPaths(rubric, risk);
  const criteria = paths.map((path) => spreadOf(path, scores));
  const units = paths.map((path) =>
    scores.map((answers) => {
      const mark = answers[path]?.mark ?? 'none';
      return mark === 'none' ? null : rank(mark);
    }),
  );
  return {
    reviewers: scores.length,
    criteria,
    answers: Object.fromEntries(criteria.map(({ path, median }) => [path, { mark: median }])),
    agreement: scores.length < 2 ? undefined : alpha(units, 'ordinal'),
    discuss: criteria.filter((c) => c.width > 0 || c.disputed).toSorted((a, b) => b.width - a.width),
  };
}

function spreadOf(path: string, scores: readonly Answers[]): Spread {
  const marks = scores.flatMap((answers) => answers[path]?.mark ?? []);
  const colours = marks.filter((mark) => mark !== 'none');
  const ranks = colours.map(rank);
  const [best, worst] = [COLOURS[Math.min(...ranks)], COLOURS[Math.max(...ranks)]];
  // Who says that it does not apply is outvoted by half of the others: leaving a question out needs a majority.
  const applies = colours.length > 0 && colours.length * 2 >= marks.length;
  return {
    path,
    median: applies ? medianColour(colours)! : 'none',
    range: best === undefined || worst === undefined ? undefined : { best, worst },
    width: ranks.length === 0 ? 0 : Math.max(...ranks) - Math.min(...ranks),
    disputed: colours.length > 0 && colours.length < marks.length,
  };
}
