/** What is measured: kinds of work, each with the few labels that have a bounded number of values. */
export type Measured =
  /** A change of state, by the name of its action. */
  | { readonly kind: 'action'; readonly action: string }
  /** What people do on a platform, until its answer is there. */
  | { readonly kind: 'inbound'; readonly platform: string; readonly what: string }
  /** One attempt to post or update a message. */
  | { readonly kind: 'delivery'; readonly platform: string; readonly how: 'post' | 'update' }
  /** A recurring duty, or a follow-up. */
  | { readonly kind: 'duty'; readonly duty: string }
  /** A request over HTTP, by the route that answers it. */
  | { readonly kind: 'request'; readonly method: string; readonly route: string };

/** `ok`, `refused` (a sentence for who asked), `failed`, or a word of the kind's own. */
export type Outcome = string;

/** What can be seen of the process from outside: how often, how long, how it ended. Never what was said, nor by whom. */
export interface Telemetry {
  /** Runs the work as it is, and tells how long it took and how it ended. A rejection goes on to the caller. */
  measure<T>(what: Measured, work: () => Promise<T>, outcomeOf?: (result: T) => Outcome): Promise<T>;
  /** Everything that was measured, in Prometheus' text format; undefined where nothing is. */
  readonly exposition?: () => Promise<string>;
  stop(): Promise<void>;
}

export const noTelemetry: Telemetry = {
  measure: (_what, work) => work(),
  stop: () => Promise.resolve(),
};
