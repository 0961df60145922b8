import { DAY, HOUR, type Instant, MINUTE } from '../clock.ts';
import { type IssueState, type Severity, isOpen } from './issue.ts';
import { type WorkingHours, addWorkingTime } from './working-time.ts';

/** A promised time: around the clock, or in working time of the organisation's office hours. */
export interface Promised {
  /** Milliseconds; a working day counts eight hours. */
  readonly ms: number;
  readonly working: boolean;
}

/** What is promised for an issue of one severity; null where nothing is. */
export interface ServiceLevel {
  readonly acknowledge: Promised | null;
  readonly solve: Promised | null;
}

const WORKING_DAY = 8 * HOUR;
const clock = (ms: number): Promised => ({ ms, working: false });
const working = (ms: number): Promised => ({ ms, working: true });

/** Within which time an issue is acknowledged and solved, by severity. */
export const SERVICE_LEVELS: Readonly<Record<Severity, ServiceLevel>> = {
  1: { acknowledge: clock(15 * MINUTE), solve: clock(4 * HOUR) },
  2: { acknowledge: working(4 * HOUR), solve: working(2 * WORKING_DAY) },
  3: { acknowledge: working(2 * WORKING_DAY), solve: working(10 * WORKING_DAY) },
  4: { acknowledge: null, solve: clock(30 * DAY) },
};

const end = (promised: Promised | null, from: Instant, office: WorkingHours): Instant | null => {
  if (promised === null) return null;
  return promised.working ? addWorkingTime(from, promised.ms, office) : from + promised.ms;
};

export interface Deadlines {
  readonly acknowledgeBy: Instant | null;
  readonly solveBy: Instant | null;
}

/** By when an issue of this severity is acknowledged and solved, counted from `from`. */
export const deadlines = (severity: Severity, from: Instant, office: WorkingHours): Deadlines => {
  const { acknowledge, solve } = SERVICE_LEVELS[severity];
  return { acknowledgeBy: end(acknowledge, from, office), solveBy: end(solve, from, office) };
};

/** Which promise is broken. */
export type Overdue = 'acknowledge' | 'solve';

/** The promise that is broken at `now`, the graver one where both are; undefined when none is. A drill breaks none. */
export function overdue(
  issue: Deadlines & { readonly state: IssueState; readonly drill: boolean },
  now: Instant,
): Overdue | undefined {
  const { state, drill, acknowledgeBy, solveBy } = issue;
  if (drill || !isOpen(state)) return undefined;
  if (solveBy !== null && solveBy < now) return 'solve';
  return state === 'open' && acknowledgeBy !== null && acknowledgeBy < now ? 'acknowledge' : undefined;
}

const hours = (ms: number): string => {
  if (ms % HOUR !== 0) return `${ms / MINUTE} min`;
  return `${ms / HOUR} h`;
};

/** `15 min`, `4 working hours`, `2 working days`, `30 days`, `no time`. */
export function promisedText(promised: Promised | null): string {
  if (promised === null) return 'no time';
  const { ms, working: work } = promised;
  const day = work ? WORKING_DAY : DAY;
  if (ms % day === 0) return `${ms / day} ${work ? 'working ' : ''}days`;
  return work ? `${ms / HOUR} working hours` : hours(ms);
}
