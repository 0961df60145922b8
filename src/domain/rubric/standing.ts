import { DAY, type Instant } from '../../clock.ts';
import { type Colour, lettersOf, percentOf, weakestOf } from './colour.ts';
import { type Mark, decodeMarks, pathsOf } from './marks.ts';
import { type Panel, panelOf } from './panel.ts';
import type { Rubric } from './rubric.ts';
import type { ScoreKind } from './score.ts';

/** Scores of several reviewers are read together when they lie this close to the newest: 30 days, in ms. */
export const PANEL_WINDOW = 30 * DAY;

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
export interface Standing {
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
  readonly panel: Panel;
}

export type RubricOf = (versioned: string) => Rubric | undefined;

/**
 * Where a seat stands. `scores` are newest first. Only scores of the newest one's kind and rubric version are read
 * together, each reviewer's newest, and only those within PANEL_WINDOW of it: quick and full never mix. Undefined
 * without a score whose rubric is known.
 */
export function standingOf(scores: readonly Given[], rubricOf: RubricOf): Standing | undefined {
  const newest = scores.find((score) => rubricOf(score.rubric) !== undefined);
  if (newest === undefined) return undefined;
  const rubric = rubricOf(newest.rubric)!;
  const together = panelScores(scores, newest);
  const paths = pathsOf(rubric, newest.kind);
  const panel = panelOf(
    paths,
    together.map((score) => decodeMarks(score.colours)),
  );
  const medians = panel.spreads.map((spread) => spread.median);
  const dimensions = byDimension(rubric, newest.kind, medians);
  const applicable = medians.filter((mark) => mark !== 'none');
  return {
    kind: newest.kind,
    rubric: newest.rubric,
    at: newest.at,
    reviewers: together.map((score) => score.reviewer),
    dimensions,
    letters: lettersOf(dimensions.map((d) => d.colour)),
    percent: percentOf(applicable) ?? 0,
    panel,
  };
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
