import { conflict } from '../errors.ts';

export const ISSUE_KINDS = ['drift', 'incident', 'exception', 'risk', 'blocker', 'feedback'] as const;
export type IssueKind = (typeof ISSUE_KINDS)[number];

export const ISSUE_STATES = ['open', 'acknowledged', 'solved', 'closed', 'dropped'] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

export type Severity = 1 | 2 | 3 | 4;
export const SEVERITY_WORDS: Record<Severity, string> = { 1: 'critical', 2: 'high', 3: 'moderate', 4: 'low' };

/** What was seen: a red reading, a number that did not come, or something a person saw. */
export type SignalKind = 'red' | 'missing' | 'person';

/** Drift opens severity 2 for a red reading and 3 for a missing number; 1 is for people to say. */
export const SIGNAL_SEVERITY: Record<Exclude<SignalKind, 'person'>, Severity> = { red: 2, missing: 3 };

/** Still needs somebody. */
export const isOpen = (state: IssueState): boolean => state === 'open' || state === 'acknowledged';

export type Move = 'acknowledge' | 'solve';
const FROM: Record<Move, readonly IssueState[]> = {
  acknowledge: ['open'],
  solve: ['open', 'acknowledged'],
};

/** States in which `move` is possible. */
export const statesFor = (move: Move): readonly IssueState[] => FROM[move];

/** Throws Conflict with who got there first when `move` is not possible in `state`. */
export function assertMove(move: Move, state: IssueState, ref: string, who: string | undefined): void {
  if (FROM[move].includes(state)) return;
  const by = who === undefined ? '' : ` by ${who}`;
  throw conflict(`${ref} is already ${state}${by}.`);
}

/** `CLAIMS-1`. */
export const issueRef = (seatKey: string, number: number): string => `${seatKey.toUpperCase()}-${number}`;
