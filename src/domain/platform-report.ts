import type { Instant } from '../clock.ts';

/** A channel of which a platform is asked whether Coxswain is in it. */
export interface AskedChannel {
  /** Its id there. */
  readonly ref: string;
  /** Where Teams answers for it. */
  readonly serviceUrl?: string;
}

/** What a platform says about a tenant of ours. */
export interface PlatformReport {
  /** Who Coxswain is there. */
  readonly account: string;
  /** Scopes that it needs and does not have. */
  readonly missing: readonly string[];
  /** By the platform's own clock. */
  readonly serverTime?: Instant;
  /** Channels, by their id there, in which Coxswain is not, and those in which it is; of others it did not say. */
  readonly absent: readonly string[];
  readonly present: readonly string[];
}
