import type { RiskTier } from '../seat.ts';
import type { Colour } from './colour.ts';
import { type Answers, askedOf } from './readiness.ts';
import { type Rubric, criterionPath } from './rubric.ts';
import type { ScoreKind } from './score.ts';

/** A colour, or that the question does not apply. */
export type Mark = Colour | 'none';

const LETTERS: Readonly<Record<Mark, string>> = { green: 'G', yellow: 'Y', red: 'R', none: '-' };
const MARKS: Readonly<Record<string, Mark>> = { G: 'green', Y: 'yellow', R: 'red' };

/** What a score of this kind says something about, in the order of the rubric: dimension keys, or `criterionPath`s. */
export const pathsOf = (rubric: Rubric, kind: ScoreKind): string[] =>
  rubric.dimensions.flatMap((d) =>
    kind === 'quick' ? [d.key] : d.criteria.map((c) => criterionPath(d.key, c.key)),
  );

/** One letter for each of `pathsOf`: how a score is kept for reading many of them at once. */
export const encodeMarks = (marks: readonly Mark[]): string => marks.map((mark) => LETTERS[mark]).join('');

/** The marks that `encodeMarks` wrote; what is unknown does not apply. */
export const decodeMarks = (text: string): Mark[] => [...text].map((letter) => MARKS[letter] ?? 'none');

/** The marks of a full score in the order of `pathsOf`; what is not asked at this risk tier does not apply. */
export const marksOf = (rubric: Rubric, risk: RiskTier, answers: Answers): Mark[] =>
  rubric.dimensions.flatMap((d) => {
    const asked = new Set(askedOf(d, risk));
    return d.criteria.map((c) =>
      asked.has(c) ? (answers[criterionPath(d.key, c.key)]?.mark ?? 'none') : 'none',
    );
  });
