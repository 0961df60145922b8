import { DAY, type Instant } from '../../clock.ts';
import { type Colour, lettersOf, percentOf, weakestOf } from './colour.ts';
import { type Mark, decodeMarks, pathsOf } from './marks.ts';
import { type Panel, mediansOf, panelOf } from './panel.ts';
import type { Rubric } from './rubric.ts';
import type { ScoreKind } from './score.ts';

/** Scores of several reviewers are read together when they lie this close to the newest: 30 days, in ms. */
const PANEL_WINDOW = 30 * DAY;

/** What a standing needs of a score. */
export interface Given {
  readonly reviewer: string;
  readonly at: Instant;
  /** `production-readiness@1` */
  readonly rubric: string;
  readonly kind: ScoreKind;
  /** See `encodeMarks`. */
  readonly colours: string;
}

/** How ready a seat is, by everybody who scored it lately in the same way. */
export interface Figures {
  readonly kind: ScoreKind;
  readonly rubric: string;
  /** When the newest of the scores was given. */
  readonly at: Instant;
  /** Person ids, the newest score first. */
  readonly reviewers: readonly string[];
  readonly dimensions: readonly {
    readonly key: string;
    readonly name: string;
    readonly colour: Colour | undefined;
  }[];
  /** `G Y R G` */
  readonly letters: string;
  readonly percent: number;
}

/** With what each of the reviewers said. */
export interface Standing extends Figures {
  readonly panel: Panel;
}

export type RubricOf = (versioned: string) => Rubric | undefined;

interface Together {
  readonly newest: Given;
  readonly rubric: Rubric;
  readonly scores: readonly Given[];
  /** A row a score. */
  readonly marks: readonly (readonly Mark[])[];
}

/** The scores that are read together. Undefined without a score whose rubric is known. */
function together(scores: readonly Given[], rubricOf: RubricOf): Together | undefined {
  const newest = scores.find((score) => rubricOf(score.rubric) !== undefined);
  if (newest === undefined) return undefined;
  const count = panelScores(scores, newest);
  const marks = count.map((score) => decodeMarks(score.colours));
  return { newest, rubric: rubricOf(newest.rubric)!, scores: count, marks };
}

function figures({ newest, rubric, scores }: Together, medians: readonly Mark[]): Figures {
  const dimensions = byDimension(rubric, newest.kind, medians);
  return {
    kind: newest.kind,
    rubric: newest.rubric,
    at: newest.at,
    reviewers: scores.map((score) => score.reviewer),
    dimensions,
    letters: lettersOf(dimensions.map((d) => d.colour)),
    percent: percentOf(medians.filter((mark) => mark !== 'none')) ?? 0,
  };
}

/**
 * Where a seat stands. `scores` are newest first. Only scores of the newest one's kind and rubric version are read
 * together, each reviewer's newest, and only those within PANEL_WINDOW of it: quick and full never mix. Undefined
 * without a score whose rubric is known.
 */
export function standingOf(scores: readonly Given[], rubricOf: RubricOf): Standing | undefined {
  const read = together(scores, rubricOf);
  if (read === undefined) return undefined;
  const panel = panelOf(pathsOf(read.rubric, read.newest.kind), read.marks);
  return {
    ...figures(
      read,
      panel.spreads.map((spread) => spread.median),
    ),
    panel,
  };
}

/** The same figures without the panel, several times as fast. */
export function figuresOf(scores: readonly Given[], rubricOf: RubricOf): Figures | undefined {
  const read = together(scores, rubricOf);
  if (read === undefined) return undefined;
  const { dimensions } = read.rubric;
  const paths =
    read.newest.kind === 'quick'
      ? dimensions.length
      : dimensions.reduce((sum, d) => sum + d.criteria.length, 0);
  return figures(read, mediansOf(paths, read.marks));
}

function panelScores(scores: readonly Given[], newest: Given): Given[] {
  const seen = new Set<string>();
  return scores.filter((score) => {
    const fits =
      score.kind === newest.kind &&
      score.rubric === newest.rubric &&
      newest.at - score.at <= PANEL_WINDOW &&
      score.at <= newest.at &&
      !seen.has(score.reviewer);
    if (fits) seen.add(score.reviewer);
    return fits;
  });
}

function byDimension(rubric: Rubric, kind: ScoreKind, medians: readonly Mark[]): Standing['dimensions'] {
  let from = 0;
  return rubric.dimensions.map(({ key, name, criteria }) => {
    const count = kind === 'quick' ? 1 : criteria.length;
    const marks = medians.slice(from, from + count).filter((mark) => mark !== 'none');
    from += count;
    return { key, name, colour: weakestOf(marks) };
  });
}

/** How a standing moved; `other`: quick against full, or another rubric, is no comparison. */
export type Trend = 'rose' | 'fell' | 'same' | 'other';

/** From one standing to the next. Undefined without one before. */
export function trendOf(before: Standing | undefined, now: Standing): Trend | undefined {
  if (before === undefined) return undefined;
  if (before.kind !== now.kind || before.rubric !== now.rubric) return 'other';
  if (before.percent === now.percent) return 'same';
  return now.percent > before.percent ? 'rose' : 'fell';
}

/** The standing as it was at an instant. */
export const standingAt = (scores: readonly Given[], rubricOf: RubricOf, at: Instant): Standing | undefined =>
  standingOf(
    scores.filter((score) => score.at <= at),
    rubricOf,
  );
