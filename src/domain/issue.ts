import { conflict } from '../errors.ts';

export const ISSUE_KINDS = ['drift', 'incident', 'exception', 'risk', 'blocker', 'feedback'] as const;
export type IssueKind = (typeof ISSUE_KINDS)[number];

export const ISSUE_STATES = ['open', 'acknowledged', 'solved', 'closed', 'dropped'] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

export type Severity = 1 | 2 | 3 | 4;
export const SEVERITY_WORDS: Record<Severity, string> = { 1: 'critical', 2: 'high', 3: 'moderate', 4: 'low' };

/** Signals of drift: they open issues by themselves. */
export const DRIFT_SIGNALS = ['red', 'yellows', 'limits', 'shift', 'missing', 'silent'] as const;
export type DriftSignal = (typeof DRIFT_SIGNALS)[number];
/** What an issue rests on: drift, a machine's alert, a priority off track, or something that a person saw. */
export type SignalKind = DriftSignal | 'alert' | 'off track' | 'person';

/** Drift opens severity 2 for a red reading and 3 for everything else; 1 is for people to say. */
export const SIGNAL_SEVERITY: Readonly<Record<DriftSignal, Severity>> = {
  red: 2,
  yellows: 3,
  limits: 3,
  shift: 3,
  missing: 3,
  silent: 3,
};

/** How a drift issue ended: the cause is gone, or the metric has a new normal and a new baseline. */
export const OUTCOMES = ['fixed', 'new normal'] as const;
export type Outcome = (typeof OUTCOMES)[number];

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
