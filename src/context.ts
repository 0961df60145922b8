import type { Store } from '../db/store.ts';
import type { Clock, Wall } from './clock.ts';
import type { Account, Standing } from './domain/account.ts';
import type { Keys } from './keys.ts';
import type { Log } from './log.ts';
import type { Telemetry } from './telemetry/telemetry.ts';

/** Who acts. Attribution is total: there is no change without one of these. */
export type Actor =
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'alert'; readonly source: string }
  | { readonly kind: 'schedule'; readonly job: string }
  /** A follow-up; `cause` is the audit number of the action that asked for it, 0 for what a platform reported. */
  | { readonly kind: 'system'; readonly cause: number };

/** A file to which lines are only ever added. */
export interface HeadsFile {
  readonly path: string;
  append(line: string): Promise<void>;
  /** Empty when there is none yet. */
  read(): Promise<string>;
}

/** What a platform says of an account now; `wait`: nothing at present, ask again after so many ms. */
export type AskStanding = (account: Account) => Promise<Standing | { readonly wait: number }>;

/** What the process offers to everything that works inside it. */
export interface App {
  readonly store: Store;
  readonly clock: Clock;
  readonly wall: Wall;
  readonly keys: Keys;
  readonly log: Log;
  readonly telemetry: Telemetry;
  /** Where exported heads of the audit chain are written; absent when no file is configured. */
  readonly heads?: HeadsFile | undefined;
  /** Asks a platform about an account; absent where there are no platforms. */
  readonly standing?: AskStanding | undefined;
  /** Called after a commit that left work behind: the engine looks at once instead of at its next tick. */
  readonly kick: () => void;
}

/** One request: the process, the organisation it is for, and who asks. */
export interface Ctx extends App {
  readonly org: string;
  readonly actor: Actor;
  /** Makes repeated deliveries of one request have one effect; absent where the caller cannot repeat. */
  readonly requestKey?: string;
}
