import { type RiskTier, reachesTier } from '../seat.ts';
import { type Colour, percentOf, weakestOf } from './colour.ts';
import { type Criterion, type Rubric, type RubricDimension, criterionPath } from './rubric.ts';

/** What a reviewer said about one criterion; `none`: it does not apply here, and the note says why. */
export interface Answer {
  readonly mark: Colour | 'none';
  readonly note?: string;
  /** Link. */
  readonly evidence?: string;
}

/** By `criterionPath`. */
export type Answers = Readonly<Record<string, Answer>>;

export interface Readiness {
  /** By dimension, in the order of the rubric; undefined where nothing of it applies. */
  readonly dimensions: readonly {
    readonly key: string;
    readonly name: string;
    readonly colour: Colour | undefined;
  }[];
  /** 0 to 100: the mean over the applicable criteria of green 100, yellow 50, red 0, rounded down; undefined without any. */
  readonly percent: number | undefined;
}

/** The criteria of a dimension that are asked of a seat of this tier. */
export const askedOf = (dimension: RubricDimension, risk: RiskTier): readonly Criterion[] =>
  dimension.criteria.filter((criterion) => reachesTier(risk, criterion.from));

/** Paths of the criteria that are asked of a seat of this tier, in the order of the rubric. */
export const askedPaths = (rubric: Rubric, risk: RiskTier): string[] =>
  rubric.dimensions.flatMap((d) => askedOf(d, risk).map((c) => criterionPath(d.key, c.key)));

/** A full score in figures: each dimension as good as its weakest applicable criterion. */
export function readinessOf(rubric: Rubric, risk: RiskTier, answers: Answers): Readiness {
  const marksOf = (d: RubricDimension): Colour[] =>
    askedOf(d, risk).flatMap((c) => {
      const mark = answers[criterionPath(d.key, c.key)]?.mark ?? 'none';
      return mark === 'none' ? [] : [mark];
    });
  const all = rubric.dimensions.flatMap(marksOf);
  return {
    dimensions: rubric.dimensions.map((d) => ({ key: d.key, name: d.name, colour: weakestOf(marksOf(d)) })),
    percent: percentOf(all),
  };
}
