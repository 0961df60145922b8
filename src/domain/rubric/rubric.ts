import type { RiskTier } from '../seat.ts';

/** What a rubric scores. */
export const SCORED = ['seat', 'vendor', 'partner'] as const;
export type Scored = (typeof SCORED)[number];

/** One question, and what its three answers look like. */
export interface Criterion {
  /** Short, stable through versions: what comparisons go by. */
  readonly key: string;
  readonly name: string;
  readonly red: string;
  readonly yellow: string;
  readonly green: string;
  /** An example of evidence. */
  readonly evidence: string;
  /** It applies to seats of this risk tier and above. */
  readonly from: RiskTier;
}

export interface RubricDimension {
  readonly key: string;
  readonly name: string;
  readonly criteria: readonly Criterion[];
}

export interface Rubric {
  /** `production-readiness`. Its versions are counted by the organisation. */
  readonly key: string;
  readonly name: string;
  readonly scores: Scored;
  readonly dimensions: readonly RubricDimension[];
}

/** So that every form and card of a rubric stays within what the platforms show. */
export const RUBRIC_LIMITS = { dimensions: 8, criteria: 12, key: 30, name: 80, text: 300 } as const;

/** `data.source-of-truth`: a criterion within its rubric. */
export const criterionPath = (dimension: string, criterion: string): string => `${dimension}.${criterion}`;
