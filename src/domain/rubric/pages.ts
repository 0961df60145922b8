import type { RiskTier } from '../seat.ts';
import { askedOf } from './readiness.ts';
import { type Criterion, type Rubric, type RubricDimension, criterionPath } from './rubric.ts';

export interface RubricPage {
  readonly dimension: RubricDimension;
  /** 1 for the first page of a dimension that needs several. */
  readonly part: number;
  readonly criteria: readonly { readonly path: string; readonly criterion: Criterion }[];
}

const MOST_CRITERIA = 5;
/** Bytes of a page: with its frame, it fits into what Teams takes in one card, 28 KB. */
const PAGE_BYTES = 24_500;
/** What a criterion takes beside its own words: three inputs, and a note and a link of 500 characters at three bytes. */
const FIELDS_BYTES = 4_300;

const encoder = new TextEncoder();

/** UTF-8 bytes once the text stands as Markdown in JSON, where punctuation takes three. */
const bytes = (text: string): number => {
  // Most texts are plain: these are counted without encoding them, for every opening of the form.
  if (/^[ -~\n]*$/.test(text)) return text.length + 5 * (text.match(/[^A-Za-z0-9 ]/g)?.length ?? 0);
  return encoder.encode(text.replaceAll(/[\p{P}\p{S}\n]/gu, '···')).length;
};
const weigh = (c: Criterion): number =>
  [c.name, c.red, c.yellow, c.green, c.evidence].reduce((sum, text) => sum + bytes(text), FIELDS_BYTES);

/** The pages of the full form for a seat of this tier: a dimension a page, long ones on several. */
export const pagesOf = (rubric: Rubric, risk: RiskTier): RubricPage[] =>
  rubric.dimensions.flatMap((dimension) => {
    const pages: Criterion[][] = [];
    let weight = 0;
    for (const criterion of askedOf(dimension, risk)) {
      const page = pages.at(-1);
      weight += weigh(criterion);
      if (page === undefined || page.length >= MOST_CRITERIA || weight > PAGE_BYTES) {
        pages.push([criterion]);
        weight = weigh(criterion);
      } else page.push(criterion);
    }
    return pages.map((criteria, i) => ({
      dimension,
      part: i + 1,
      criteria: criteria.map((criterion) => ({
        path: criterionPath(dimension.key, criterion.key),
        criterion,
      })),
    }));
  });
