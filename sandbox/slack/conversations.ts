import { emit, type State } from './state.ts';
import type { Channel, Person } from './types.ts';

/** The direct conversation between a person and the bot; made when first needed. */
export function directWith(state: State, person: string): Channel {
  const id = `D${person.slice(1)}`;
  const existing = state.channels.get(id);
  if (existing !== undefined) return existing;
  const members = new Set([person, state.setup.botUserId]);
  const made: Channel = { id, kind: 'im', name: 'directmessage', topic: '', members, bot: true, person };
  state.channels.set(id, made);
  return made;
}

/** A conversation as the Web API names it: an id, a `#name`, or a person's id for their direct messages. */
export function findConversation(state: State, ref: string): Channel | undefined {
  const byId = state.channels.get(ref);
  if (byId !== undefined) return byId;
  if (state.people.has(ref)) return state.gone.has(ref) ? undefined : directWith(state, ref);
  if (ref.startsWith('D')) {
    const person = `U${ref.slice(1)}`;
    return state.people.has(person) ? directWith(state, person) : undefined;
  }
  const name = ref.replace(/^#/, '');
  return [...state.channels.values()].find((c) => c.kind === 'channel' && c.name === name);
}

/** A person by id, handle (with or without @), name or first name. Throws when there is none: a test misspelt it. */
export function findPerson(state: State, who: string): Person {
  const key = who.replace(/^@/, '').toLowerCase();
  const people = [...state.people.values()];
  const found =
    state.people.get(who) ??
    people.find((p) => p.handle.toLowerCase() === key) ??
    people.find((p) => p.name.toLowerCase() === key || p.name.toLowerCase().split(' ')[0] === key);
  if (found !== undefined) return found;
  throw new Error(
    `Nobody in the workspace is called ${who}. There are: ${people.map((p) => p.handle).join(', ')}`,
  );
}

/** A channel by id or name (with or without #). Throws when there is none. */
export function findChannel(state: State, name: string): Channel {
  const found = findConversation(state, name);
  if (found !== undefined) return found;
  const names = [...state.channels.values()].filter((c) => c.kind === 'channel').map((c) => `#${c.name}`);
  throw new Error(`There is no channel ${name}. There are: ${names.join(', ')}`);
}

/** Joins or leaves; the bot too. */
export function setMember(state: State, channel: Channel, user: string, member: boolean): void {
  if (user === state.setup.botUserId) channel.bot = member;
  else if (member) channel.members.add(user);
  else channel.members.delete(user);
  emit(state, { kind: 'members' });
}
