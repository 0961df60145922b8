import type { Wall } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Later } from '../background.ts';
import type { Inbound } from '../platform.ts';
import type { AccessOf, AccessTo } from './access.ts';
import type { Respond } from './client.ts';
import type { Seen } from './seen.ts';
import type { Show } from './show.ts';

/** How long the listeners wait before they say something else first. Milliseconds. */
export interface Budgets {
  /** For an answer inside the acknowledgement of a command or a submission; Slack waits 3 s. */
  readonly answer: number;
  /** For a form before a skeleton is opened in its place; its trigger lives 3 s. */
  readonly form: number;
}

export const BUDGETS: Budgets = { answer: 2000, form: 250 };

/** What the listeners share. */
export interface Connection {
  readonly inbound: Inbound;
  readonly wall: Wall;
  /** How a tenant is called. Asks the database, so it is asked for only where Slack is called. */
  readonly access: AccessOf;
  /** Slack says that a tenant removed Coxswain. */
  readonly gone: AccessTo['gone'];
  readonly respond: Respond;
  readonly show: Show;
  readonly log: Log;
  readonly budgets: Budgets;
  readonly events: Seen<string>;
  /** Work that goes on after the acknowledgement. */
  readonly later: Later;
}
