import { conflict } from '../../errors.ts';

/** `quick`: one colour a dimension. `full`: every criterion. The two are never mixed in one figure. */
export const SCORE_KINDS = ['quick', 'full'] as const;
export type ScoreKind = (typeof SCORE_KINDS)[number];

export type RubricState = 'proposed' | 'adopted' | 'superseded' | 'withdrawn';
export type RequestState = 'open' | 'scored' | 'cancelled';

/** The two rights that adopt a version together, held by two people, neither of them the proposer. */
export const APPROVED_AS = ['governor', 'business'] as const;
export type ApprovedAs = (typeof APPROVED_AS)[number];

/** `production-readiness@2` */
export const versionedKey = (key: string, version: number): string => `${key}@${version}`;

/** Throws Conflict when a proposal is decided already. */
export function assertProposed(state: RubricState, name: string): void {
  if (state === 'proposed') return;
  const now = {
    adopted: 'was adopted',
    superseded: 'was adopted and replaced since',
    withdrawn: 'was withdrawn',
  };
  throw conflict(`${name} ${now[state]} already.`);
}
