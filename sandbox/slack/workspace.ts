import type { Route } from '../../src/http/server.ts';
import { API_PATH, apiRoutes } from './api.ts';
import { type Actor, actor, type Place } from './client.ts';
import { findChannel, findPerson } from './conversations.ts';
import { type Ack, deliver, redeliver } from './deliver.ts';
import type { Value } from '../page/shared/elements.ts';
import type { Faults } from './faults.ts';
import { createState, originOf, resetState, type State } from './state.ts';
import type { ApiCall, Change, SentRequest, WorkspaceSetup } from './types.ts';
import { botInChannel, deactivate } from './user.ts';
import { patience, waitFor } from './watch.ts';

/** A Slack workspace in memory: the Web API for the bot, and people who use the bot. */
export interface Workspace {
  /** Everything it knows; tests rarely need it. */
  readonly state: State;
  readonly routes: readonly Route[];
  /** For `SLACK_API_URL`: where WebClient finds the Web API. */
  apiUrl(): string;
  /** Somebody of the workspace, by handle, name or id. */
  as(who: string): Actor;
  /** A channel through the eyes of one of its members. */
  channel(name: string): Place;
  /** Somebody's direct messages with the bot. */
  dm(who: string): Place;
  readonly faults: Faults;
  /** Calls the bot made, oldest first; all of them or those of one method. */
  calls(method?: string): readonly ApiCall[];
  /** Requests the bot was sent, oldest first. */
  readonly sent: readonly SentRequest[];
  /** Sends a request again, as Slack does when it saw no acknowledgement. */
  redeliver(request: SentRequest, attempt?: number): Promise<Ack>;
  /** Sends exactly this request, old signature and all: what somebody does who recorded it. */
  replay(request: SentRequest): Promise<Ack>;
  /** Resolves when `done()` holds; rejects with `what` when it does not in time. */
  until(done: () => boolean, what: string): Promise<void>;
  inviteBot(channel: string, by: string): Promise<Ack>;
  removeBot(channel: string, by: string): Promise<Ack>;
  /** Deactivates somebody's account. */
  deactivate(who: string): Promise<Ack>;
  /** Called after every change; returns how to stop. */
  subscribe(listener: (change: Change) => void): () => void;
  /** Forgets everything said and shown; people and channels stay. */
  reset(): void;
}

export function createWorkspace(setup: WorkspaceSetup): Workspace {
  const state = createState(setup);
  const typed = new Map<string, Map<string, Value>>();
  const settled = async (sending: Promise<Ack>): Promise<Ack> => {
    const ack = await sending;
    await setup.settle?.();
    return ack;
  };
  const as = (who: string) => actor(state, typed, who);
  return {
    state,
    routes: apiRoutes(state),
    apiUrl: () => `${originOf(state)}${API_PATH}`,
    as,
    channel(name) {
      const [member] = findChannel(state, name).members;
      if (member === undefined) throw new Error(`Nobody is in ${name}.`);
      return as(member).in(name);
    },
    dm: (who) => as(who).dm(),
    faults: state.faults,
    calls: (method) => state.calls.filter((c) => method === undefined || c.method === method),
    sent: state.sent,
    redeliver: (request, attempt) => settled(redeliver(state, request, attempt)),
    replay: (request) => settled(deliver(state, request)),
    async until(done, what) {
      if (!(await waitFor(state, done, patience(state)))) throw new Error(`Waited in vain: ${what}`);
    },
    inviteBot: (channel, by) =>
      settled(botInChannel(state, findChannel(state, channel), true, findPerson(state, by))),
    removeBot: (channel, by) =>
      botInChannel(state, findChannel(state, channel), false, findPerson(state, by)),
    deactivate: (who) => settled(deactivate(state, findPerson(state, who))),
    subscribe(listener) {
      state.listeners.add(listener);
      return () => void state.listeners.delete(listener);
    },
    reset() {
      typed.clear();
      resetState(state);
    },
  };
}
