import { randomBytes } from 'node:crypto';
import { type Clock, type Wall, systemClock, wall as realWall } from '../../src/clock.ts';
import type { Obj } from '../page/shared/json.ts';
import { createFaults, type Faults } from './faults.ts';
import type {
  ApiCall,
  Change,
  Channel,
  Message,
  Person,
  SentRequest,
  StoredFile,
  View,
  WorkspaceSetup,
} from './types.ts';

export interface Trigger {
  readonly user: string;
  readonly expiresAt: number;
  used: boolean;
}

/** A response_url that was handed out. */
export interface Hook {
  readonly user: string;
  readonly channel: string;
  readonly threadTs?: string;
  /** The message a button stood in; what replace_original and delete_original mean. */
  readonly original?: string;
  readonly expiresAt: number;
  uses: number;
}

/** Everything the workspace knows. Plain data; the functions around it are the workspace. */
export interface State {
  readonly setup: WorkspaceSetup;
  readonly clock: Clock;
  readonly wall: Wall;
  readonly people: Map<string, Person>;
  readonly gone: Set<string>;
  readonly channels: Map<string, Channel>;
  readonly messages: Map<string, Message[]>;
  readonly files: Map<string, StoredFile>;
  /** Open modals by person, root first. */
  readonly stacks: Map<string, View[]>;
  readonly homes: Map<string, View>;
  /** What search fields of open views have offered, by view, block and action: the client remembers what was chosen. */
  readonly offered: Map<string, readonly Obj[]>;
  readonly triggers: Map<string, Trigger>;
  readonly hooks: Map<string, Hook>;
  /** Last read ts by `person channel`. */
  readonly read: Map<string, string>;
  readonly calls: ApiCall[];
  readonly sent: SentRequest[];
  readonly listeners: Set<(change: Change) => void>;
  readonly faults: Faults;
  lastMicros: number;
  serial: number;
}

const KEPT = 5000;

export function createState(setup: WorkspaceSetup): State {
  const state: State = {
    setup,
    clock: setup.clock ?? systemClock,
    wall: setup.wall ?? realWall,
    people: new Map(setup.people.map((p) => [p.id, p])),
    gone: new Set(),
    channels: new Map(),
    messages: new Map(),
    files: new Map(),
    stacks: new Map(),
    homes: new Map(),
    offered: new Map(),
    triggers: new Map(),
    hooks: new Map(),
    read: new Map(),
    calls: [],
    sent: [],
    listeners: new Set(),
    faults: createFaults(),
    lastMicros: 0,
    serial: 0,
  };
  addChannels(state);
  return state;
}

function addChannels(state: State): void {
  for (const c of state.setup.channels) {
    const members = new Set(c.members);
    state.channels.set(c.id, { ...c, kind: 'channel', topic: c.topic ?? '', members, bot: c.bot ?? true });
  }
}

/** Back to the empty workspace: people and channels stay, everything said and shown goes. */
export function resetState(state: State): void {
  for (const part of [
    'channels',
    'messages',
    'files',
    'stacks',
    'homes',
    'offered',
    'triggers',
    'hooks',
    'read',
    'gone',
  ] as const)
    state[part].clear();
  state.calls.length = 0;
  state.sent.length = 0;
  state.faults.clear();
  state.lastMicros = 0;
  addChannels(state);
  emit(state, { kind: 'reset' });
}

export function emit(state: State, change: Change): void {
  for (const listener of state.listeners) listener(change);
}

/** Ids like Slack's: a letter and a serial in base 36. */
export const newId = (state: State, letter: string): string =>
  `${letter}${(state.serial += 1).toString(36).toUpperCase().padStart(9, '0')}`;

/** A message time from business time; always later than the one before, also when the clock stands still. */
export function newTs(state: State): string {
  const micros = Math.max(Math.floor(state.clock.now()) * 1000, state.lastMicros + 1);
  state.lastMicros = micros;
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
}

export const secret = (): string => randomBytes(12).toString('hex');

/** Appends to a log that tests read, without growing for ever in a sandbox that runs for weeks. */
export function keep<T>(log: T[], entry: T): void {
  log.push(entry);
  if (log.length > KEPT) log.splice(0, log.length - KEPT);
}

const call = (value: string | (() => string)): string => (typeof value === 'string' ? value : value());
export const eventsUrl = (state: State): string => call(state.setup.eventsUrl);
export const originOf = (state: State): string =>
  state.setup.origin === undefined ? new URL(eventsUrl(state)).origin : call(state.setup.origin);
export const appId = (state: State): string => state.setup.appId ?? 'A0COXSWAIN';
export const botId = (state: State): string => `B${state.setup.botUserId.slice(1)}`;
export const botName = (state: State): string => state.setup.botName ?? 'Coxswain';
export const commandOf = (state: State): string => state.setup.command ?? '/pilot';
