import { SECOND, type Wall } from '../clock.ts';

export interface Limiter {
  /** Takes one request of `key`; otherwise the seconds until the next one is possible. */
  take(key: string): { readonly ok: true } | { readonly ok: false; readonly retryAfter: number };
}

interface Bucket {
  left: number;
  at: number;
}

const MINUTE_S = 60;
/** Full buckets say nothing: they are forgotten when there are more than this. */
const MOST_BUCKETS = 10_000;

/**
 * A token bucket for each key: `perMinute` requests a minute, of which all may come at once. Counted in this process
 * alone: each copy of Coxswain has its own buckets.
 */
export function createLimiter(perMinute: number, wall: Wall): Limiter {
  const buckets = new Map<string, Bucket>();
  const perSecond = perMinute / MINUTE_S;
  const filled = (bucket: Bucket, now: number): number =>
    Math.min(perMinute, bucket.left + (Math.max(0, now - bucket.at) / SECOND) * perSecond);
  return {
    take(key) {
      const now = wall.now();
      const known = buckets.get(key);
      const left = known === undefined ? perMinute : filled(known, now);
      if (left < 1) return { ok: false, retryAfter: Math.max(1, Math.ceil((1 - left) / perSecond)) };
      if (known === undefined) {
        if (buckets.size >= MOST_BUCKETS)
          for (const [other, bucket] of buckets) if (filled(bucket, now) === perMinute) buckets.delete(other);
        buckets.set(key, { left: left - 1, at: now });
      } else {
        known.left = left - 1;
        known.at = now;
      }
      return { ok: true };
    },
  };
}
