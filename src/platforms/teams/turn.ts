import type { Later } from '../background.ts';
import type { AdapterDeps, Envelope } from '../platform.ts';
import type { TeamsActivity } from './activity.ts';
import type { Address } from './address.ts';
import type { Connector } from './connector.ts';

/** One request of a known person: what arrived, and who that is to Coxswain. */
export interface Turn {
  readonly activity: TeamsActivity;
  readonly from: Envelope;
  /** Sent by the slash menu and seen by this person alone: the answer must be, too. */
  readonly targeted: boolean;
}

/** What the handlers share. */
export interface Desk {
  readonly deps: AdapterDeps;
  readonly connector: Connector;
  readonly address: Address;
  /** Work that goes on after the answer. */
  readonly later: Later;
}

/** How long a click may take before the person is told that it goes on (Teams gives up after 10 to 15 s). */
export const PATIENCE_MS = 8000;
