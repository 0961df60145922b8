import { DAY, type Instant } from '../clock.ts';
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
/** What an issue rests on: drift, a machine's alert, a priority off track, a score that did not come, or what a person saw. */
export type SignalKind = DriftSignal | 'alert' | 'off track' | 'score overdue' | 'person';

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

/** Numbers were there and moved: only then is there a new normal to speak of. */
const MOVED: ReadonlySet<SignalKind> = new Set(['red', 'yellows', 'limits', 'shift']);

/** Whether solving asks *fixed, or the new normal?* */
export const asksOutcome = (metric: string | null, seen: readonly SignalKind[]): boolean =>
  metric !== null && seen.some((kind) => MOVED.has(kind));

/** Still needs somebody. */
export const isOpen = (state: IssueState): boolean => state === 'open' || state === 'acknowledged';

/** What is solved closes by itself after this time, in ms, in which nothing was heard of it: seven days. */
export const QUIET = 7 * DAY;

/** `change`: of severity, or of who has it. `note`: what anyone adds, whatever became of the issue. */
export const MOVES = ['acknowledge', 'change', 'solve', 'drop', 'merge', 'close', 'reopen', 'note'] as const;
export type Move = (typeof MOVES)[number];

const FROM: Record<Move, readonly IssueState[]> = {
  acknowledge: ['open'],
  change: ['open', 'acknowledged'],
  solve: ['open', 'acknowledged'],
  drop: ['open', 'acknowledged'],
  merge: ['open', 'acknowledged'],
  close: ['solved'],
  reopen: ['solved', 'closed', 'dropped'],
  note: ISSUE_STATES,
};

/** States in which `move` is possible. */
export const statesFor = (move: Move): readonly IssueState[] => FROM[move];

/** Where an issue stands, and who brought it there. */
export interface Standing {
  readonly state: IssueState;
  /** The first time, whatever happened afterwards. */
  readonly acknowledgedAt: Instant | null;
  readonly acknowledgedBy: string | null;
  readonly assignee: string | null;
  readonly solvedAt: Instant | null;
  readonly solvedBy: string | null;
  readonly reopenedAt: Instant | null;
  readonly closeAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly closedBy: string | null;
}

export type StateMove = Exclude<Move, 'change' | 'note'>;

const acknowledged = (was: Standing, at: Instant, by: string | null) =>
  was.acknowledgedAt === null ? { acknowledgedAt: at, acknowledgedBy: by } : {};

/**
 * What changes in where an issue stands when `by` (null: Coxswain) makes a move that is possible. The first
 * acknowledgement stays for ever; who solves what nobody had acknowledged has acknowledged it.
 */
export function moved(was: Standing, move: StateMove, at: Instant, by: string | null): Partial<Standing> {
  switch (move) {
    case 'acknowledge':
      return { state: 'acknowledged', ...acknowledged(was, at, by), assignee: by };
    case 'solve':
      return {
        state: 'solved',
        ...(by === null ? {} : acknowledged(was, at, by)),
        solvedAt: at,
        solvedBy: by,
        closeAt: at + QUIET,
      };
    case 'drop':
    case 'merge':
      return { state: 'dropped', closedAt: at, closedBy: by };
    case 'close':
      return { state: 'closed', closeAt: null, closedAt: at, closedBy: by };
    case 'reopen':
      return {
        state: 'open',
        assignee: null,
        reopenedAt: at,
        solvedAt: null,
        solvedBy: null,
        closeAt: null,
        closedAt: null,
        closedBy: null,
      };
    default:
      return move satisfies never;
  }
}

/** Person id of who has it: handed to them or taken by them. */
export const holderOf = ({ assignee, acknowledgedBy }: Pick<Standing, 'assignee' | 'acknowledgedBy'>) =>
  assignee ?? acknowledgedBy;

/** Person id of who has it now: what is open was perhaps acknowledged once, but is nobody's unless it was handed over. */
export const hasIt = (was: Pick<Standing, 'state' | 'assignee' | 'acknowledgedBy'>): string | null =>
  was.state === 'open' ? was.assignee : holderOf(was);

/** Person id of who brought it into the state in which it is, for “already solved by Ana”. */
export function actorOf(was: Standing): string | null {
  switch (was.state) {
    case 'open':
      return null;
    case 'acknowledged':
      return holderOf(was);
    case 'solved':
      return was.solvedBy;
    case 'closed':
    case 'dropped':
      return was.closedBy;
    default:
      return was.state satisfies never;
  }
}

/** Throws Conflict with who got there first when `move` is not possible in `state`. */
export function assertMove(move: Move, state: IssueState, ref: string, who: string | undefined): void {
  if (FROM[move].includes(state)) return;
  const by = who === undefined ? '' : ` by ${who}`;
  if (move === 'reopen') throw conflict(`${ref} is open already.`);
  if (move === 'close' && isOpen(state)) {
    throw conflict(`${ref} is not solved yet: solve it first, or drop it with a reason.`, {
      hint: `issue solve ${ref}`,
    });
  }
  throw conflict(`${ref} is already ${state}${by}.`, { ...(move === 'change' ? reopening(ref) : {}) });
}

const reopening = (ref: string) => ({ hint: `issue reopen ${ref} because="…"` });

/** `CLAIMS-1`. */
export const issueRef = (seatKey: string, number: number): string => `${seatKey.toUpperCase()}-${number}`;
