import type { Instant } from '../clock.ts';

export interface Spacing {
  /** When the next post into this conversation may go. */
  freeAt(conversation: string, now: Instant): Instant;
  use(conversation: string, now: Instant): void;
  /** The platform asked to leave this conversation alone until then. */
  rest(conversation: string, until: Instant): void;
}

/** Above this many conversations those that are free are forgotten. */
const MOST = 5000;

/** Keeps posts into one conversation `ms` apart (wall time): Slack takes about one a second. */
export function createSpacing(ms: number): Spacing {
  const free = new Map<string, Instant>();
  const keep = (conversation: string, until: Instant, now: Instant) => {
    free.set(conversation, Math.max(until, free.get(conversation) ?? until));
    if (free.size > MOST) for (const [key, at] of free) if (at < now) free.delete(key);
  };
  return {
    freeAt: (conversation, now) => Math.max(now, free.get(conversation) ?? now),
    use: (conversation, now) => (ms === 0 ? undefined : keep(conversation, now + ms, now)),
    rest: (conversation, until) => keep(conversation, until, until),
  };
}
