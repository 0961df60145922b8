import type { Ack } from './deliver.ts';
import type { State } from './state.ts';
import type { Change, Message, Person, View } from './types.ts';

/** What became visible to somebody because of what they did. */
export interface Witnessed {
  readonly ack: Ack | undefined;
  readonly messages: readonly Message[];
  /** The modal now on top, when it opened, changed or appeared again. */
  readonly view: View | undefined;
  readonly homeChanged: boolean;
}

const seesMessage = (state: State, person: Person, message: Message): boolean =>
  message.user !== person.id &&
  state.channels.get(message.channel)?.members.has(person.id) === true &&
  (message.only === undefined || message.only === person.id);

function concerns(state: State, person: Person, change: Change): boolean {
  switch (change.kind) {
    case 'posted':
    case 'updated':
    case 'deleted':
      return seesMessage(state, person, change.message);
    case 'view':
    case 'home':
      return change.user === person.id;
    case 'read':
    case 'members':
    case 'reset':
      return false;
    default:
      return change satisfies never;
  }
}

/** Resolves when `done()` holds, looked at after each change; false when `ms` of real time went by first. */
export function waitFor(state: State, done: () => boolean, ms: number): Promise<boolean> {
  if (done()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const finish = (met: boolean) => {
      state.listeners.delete(look);
      clearTimeout(timer);
      resolve(met);
    };
    const look = () => {
      if (done()) finish(true);
    };
    const timer = setTimeout(() => finish(false), ms);
    state.listeners.add(look);
  });
}

export const patience = (state: State): number => state.setup.patienceMs ?? 4000;

/** Does something as somebody and collects what they then see, once the bot has come to rest. */
export async function witness(
  state: State,
  person: Person,
  act: () => Promise<Ack | undefined>,
): Promise<Witnessed> {
  const seen: Change[] = [];
  const listen = (change: Change) => void (concerns(state, person, change) && seen.push(change));
  state.listeners.add(listen);
  try {
    const ack = await act();
    const { settle } = state.setup;
    await settle?.();
    // Bots answer after they have acknowledged, and not everything they do then is work that `settle` knows.
    if (ack?.ok === true && seen.length === 0) {
      await waitFor(state, () => seen.length > 0, patience(state));
      await settle?.();
    }
    return { ack, ...summary(state, person, seen) };
  } finally {
    state.listeners.delete(listen);
  }
}

function summary(state: State, person: Person, seen: readonly Change[]): Omit<Witnessed, 'ack'> {
  const messages = new Map<string, Message>();
  for (const change of seen) {
    if (change.kind === 'deleted') messages.delete(`${change.message.channel} ${change.message.ts}`);
    else if (change.kind === 'posted' || change.kind === 'updated')
      messages.set(`${change.message.channel} ${change.message.ts}`, change.message);
  }
  return {
    messages: [...messages.values()],
    view: seen.some((c) => c.kind === 'view') ? state.stacks.get(person.id)?.at(-1) : undefined,
    homeChanged: seen.some((c) => c.kind === 'home'),
  };
}
