import { SIGNAL_SEVERITY, type Severity } from '../issue.ts';
import { SENSITIVITIES, type Sensitivity } from './types.ts';
import { type Seen, type Watch, type WatchOptions, type Watched, watch } from './watch.ts';

/** An issue that would have opened. */
export interface WouldOpen {
  /** Index of the period. */
  readonly at: number;
  /** What it would have opened by; the worst first. */
  readonly by: readonly Seen[];
  readonly severity: Severity;
  /** Signals that would have joined it later. */
  readonly joined: readonly Seen[];
}

export interface Backtest extends Watch {
  readonly sensitivity: Sensitivity;
  readonly issues: readonly WouldOpen[];
}

/** An issue is taken to be solved after so many periods without a new signal. */
export const CALM = 2;

/** Which issues would have opened, had the detector watched these periods from the beginning, at each sensitivity. */
export const backtest = (
  history: readonly Watched[],
  options: Omit<WatchOptions, 'sensitivity'> = {},
): Backtest[] =>
  SENSITIVITIES.map((sensitivity) => {
    const seen = watch(history, { ...options, sensitivity });
    return { ...seen, sensitivity, issues: issuesOf(seen.seen) };
  });

function issuesOf(seen: readonly Seen[]): WouldOpen[] {
  const issues: { at: number; last: number; by: Seen[]; joined: Seen[] }[] = [];
  for (const one of seen) {
    const open = issues.at(-1);
    if (open !== undefined && one.at === open.at) open.by.push(one);
    else if (open !== undefined && one.at - open.last <= CALM) {
      open.joined.push(one);
      open.last = one.at;
    } else issues.push({ at: one.at, last: one.at, by: [one], joined: [] });
  }
  return issues.map(({ at, by, joined }) => ({
    at,
    by,
    joined,
    severity: Math.min(...by.map(({ kind }) => SIGNAL_SEVERITY[kind])) as Severity,
  }));
}
