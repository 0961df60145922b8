import { emit, newTs, type State } from './state.ts';
import type { Message } from './types.ts';

export type NewMessage = Omit<Message, 'ts' | 'revision'>;

export function post(state: State, message: NewMessage): Message {
  const made: Message = { ...message, ts: newTs(state), revision: 1 };
  const all = state.messages.get(message.channel);
  if (all === undefined) state.messages.set(message.channel, [made]);
  else all.push(made);
  if (message.user !== state.setup.botUserId) state.read.set(`${message.user} ${message.channel}`, made.ts);
  emit(state, { kind: 'posted', message: made });
  return made;
}

export const findMessage = (state: State, channel: string, ts: string): Message | undefined =>
  state.messages.get(channel)?.find((m) => m.ts === ts);

export function update(state: State, old: Message, change: Partial<NewMessage>): Message {
  const all = state.messages.get(old.channel) ?? [];
  const made: Message = { ...old, ...change, revision: old.revision + 1 };
  const at = all.findIndex((m) => m.ts === old.ts);
  if (at !== -1) all[at] = made;
  emit(state, { kind: 'updated', message: made });
  return made;
}

export function remove(state: State, message: Message): void {
  const all = state.messages.get(message.channel) ?? [];
  const at = all.findIndex((m) => m.ts === message.ts);
  if (at !== -1) all.splice(at, 1);
  emit(state, { kind: 'deleted', message });
}

/** What a person sees in a conversation, oldest first, threads included. */
export function visibleTo(state: State, person: string, channel: string): readonly Message[] {
  if (state.channels.get(channel)?.members.has(person) !== true) return [];
  return (state.messages.get(channel) ?? []).filter((m) => m.only === undefined || m.only === person);
}

export const repliesTo = (state: State, channel: string, ts: string): readonly Message[] =>
  (state.messages.get(channel) ?? []).filter((m) => m.threadTs === ts && m.ts !== ts && m.only === undefined);

/** Messages by others since the person last looked; replies in threads do not count. */
export function unread(state: State, person: string, channel: string): number {
  const since = Number(state.read.get(`${person} ${channel}`) ?? '0');
  const isNew = (m: Message) => Number(m.ts) > since && m.user !== person && m.threadTs === undefined;
  return visibleTo(state, person, channel).filter(isNew).length;
}

export function markRead(state: State, person: string, channel: string): void {
  const last = visibleTo(state, person, channel).at(-1)?.ts;
  const key = `${person} ${channel}`;
  if (last === undefined || state.read.get(key) === last) return;
  state.read.set(key, last);
  emit(state, { kind: 'read', user: person, channel });
}
