import type { Instant } from '../clock.ts';

export interface Spacing {
  /** When the next post into this conversation may go. */
  freeAt(conversation: string, now: Instant): Instant;
  use(conversation: string, now: Instant): void;
}

/** Keeps posts into one conversation `ms` apart (wall time): Slack takes about one a second. */
export function spacing(ms: number): Spacing {
  const last = new Map<string, Instant>();
  return {
    freeAt: (conversation, now) => (ms === 0 ? now : (last.get(conversation) ?? -Infinity) + ms),
    use(conversation, now) {
      if (ms === 0) return;
      last.set(conversation, now);
      if (last.size > 5000) for (const [key, at] of last) if (at + ms < now) last.delete(key);
    },
  };
}
