import type { Instant } from '../clock.ts';

/** What a platform says about a tenant of ours. */
export interface PlatformReport {
  /** Who Coxswain is there. */
  readonly account: string;
  /** Scopes that it needs and does not have. */
  readonly missing: readonly string[];
  /** By the platform's own clock. */
  readonly serverTime?: Instant;
  /** Channels, by their id there, in which Coxswain is not. */
  readonly absent: readonly string[];
}
