import type { Instant } from '../clock.ts';
import type { Severity } from './issue.ts';

export type AlertState = 'firing' | 'resolved';

/** What is known of an alert, or what came of it. An episode is known by the instant at which it began. */
export interface Episode {
  readonly state: AlertState;
  readonly startedAt: Instant;
}

/**
 * What an event means after what is known, whatever the order in which they come:
 * `begins` a new episode; `repeats` what is known; `ends` the episode; `over` says that an episode is over of which
 * nothing was known; `stale` is about an earlier one, or came after its end.
 */
export type Meaning = 'begins' | 'repeats' | 'ends' | 'over' | 'stale';

export function meaningOf(known: Episode | undefined, event: Episode): Meaning {
  const later = known === undefined || event.startedAt > known.startedAt;
  const same = known !== undefined && event.startedAt === known.startedAt;
  if (event.state === 'firing') {
    if (later) return 'begins';
    return same && known.state === 'firing' ? 'repeats' : 'stale';
  }
  if (known?.state === 'firing') return later || same ? 'ends' : 'stale';
  if (later) return 'over';
  return same ? 'repeats' : 'stale';
}

const WORDS: Readonly<Record<string, Severity>> = {
  critical: 1,
  emergency: 1,
  fatal: 1,
  page: 1,
  p1: 1,
  error: 2,
  high: 2,
  major: 2,
  p2: 2,
  warning: 3,
  warn: 3,
  moderate: 3,
  medium: 3,
  minor: 3,
  p3: 3,
  info: 4,
  informational: 4,
  low: 4,
  p4: 4,
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
};

/** The words of monitoring systems for severity, and 1 to 4; undefined for others. */
export const alertSeverity = (word: string): Severity | undefined => WORDS[word.trim().toLowerCase()];
