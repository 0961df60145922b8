import { createHash } from 'node:crypto';
import type { JsonObject } from '../../src/ui/card.ts';

export interface SandboxPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly zone: string;
}

export interface SandboxChannel {
  readonly id: string;
  readonly name: string;
}

/** A chat of several people. */
export interface SandboxChat {
  readonly id: string;
  readonly name: string;
  /** It is the chat of a meeting, whose title is the name. */
  readonly meeting?: true;
  /** Coxswain was never added to it. */
  readonly away?: true;
}

/** The same hex for the same words, shaped as a directory id. */
function guid(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The person's Entra object id in this workspace; what Coxswain knows them by on Teams. */
export const directoryId = (personId: string): string => guid(`person ${personId}`);
/** The account id that Teams uses inside conversations. */
export const accountId = (personId: string): string => `29:${guid(`account ${personId}`)}`;
export const channelConversation = (channelId: string): string => `19:${channelId}@thread.tacv2`;
export const chatConversation = ({ id, meeting }: Pick<SandboxChat, 'id' | 'meeting'>): string =>
  `19:${meeting === true ? 'meeting_' : ''}${id}@thread.v2`;
export const personalConversation = (personId: string): string => `a:${guid(`personal ${personId}`)}`;

/** Teams wraps the id of a meeting's chat like this. */
const meetingId = (chat: SandboxChat): string =>
  Buffer.from(`0#${chatConversation(chat)}#0`).toString('base64');

export const TENANT = guid('the sandbox tenant');
export const TEAM = '19:team@thread.tacv2';
export const BOT = { id: '28:coxswain', name: 'Coxswain' } as const;

/** One message as it stands now; an update changes it in place, as Teams does. */
export interface SandboxMessage {
  readonly id: string;
  /** Conversation without a thread. */
  readonly conversation: string;
  /** First message of its thread, when it is a reply in a channel. */
  readonly thread?: string;
  /** A person's id, or undefined for the bot. */
  readonly author?: string;
  /** The only person who sees it. */
  readonly only?: string;
  readonly text: string;
  readonly summary?: string;
  readonly card?: JsonObject;
  /** How often it was changed. */
  readonly edits: number;
  /** What the sender called the request. */
  readonly requestId?: string;
}

export interface Conversation {
  readonly id: string;
  readonly kind: 'personal' | 'channel' | 'group';
  readonly name: string;
  readonly person?: SandboxPerson;
  /** Teams' id of the meeting whose chat this is. */
  readonly meeting?: string;
  /** Coxswain was never added to it. */
  readonly away?: true;
}

export interface Workspace {
  readonly people: readonly SandboxPerson[];
  /** Ids of people whose account was deleted: no roster has them, while their chat with the bot is still there. */
  readonly gone: Set<string>;
  /** What rosters say of people who are no plain members: `guest`, `anonymous`; undefined where they say nothing. */
  readonly roles: Map<string, string | undefined>;
  readonly conversations: readonly Conversation[];
  personBy(ref: string): SandboxPerson | undefined;
  conversation(id: string): Conversation | undefined;
  /** What a person sees in a conversation; everything without a person. Oldest first. */
  messages(conversation: string, personId?: string): readonly SandboxMessage[];
  message(conversation: string, id: string): SandboxMessage | undefined;
  add(message: Omit<SandboxMessage, 'id' | 'edits'>): SandboxMessage;
  edit(
    conversation: string,
    id: string,
    change: Partial<Pick<SandboxMessage, 'text' | 'summary' | 'card'>>,
  ): boolean;
  /** The id that the next message gets, for what must know it before it is there. */
  nextId(): string;
  /** Forgets every message. Ids go on, so that nothing is taken for a redelivery. */
  reset(): void;
  /** Calls back after every change. Returns how to stop. */
  watch(onChange: () => void): () => void;
}

export function createWorkspace(
  people: readonly SandboxPerson[],
  channels: readonly SandboxChannel[],
  chats: readonly SandboxChat[] = [],
): Workspace {
  const conversations: readonly Conversation[] = [
    ...channels.map(({ id, name }) => ({ id: channelConversation(id), kind: 'channel' as const, name })),
    ...people.map((person) => ({
      id: personalConversation(person.id),
      kind: 'personal' as const,
      name: person.name,
      person,
    })),
    ...chats.map((chat): Conversation => ({
      id: chatConversation(chat),
      kind: 'group',
      name: chat.name,
      ...(chat.meeting === true ? { meeting: meetingId(chat) } : {}),
      ...(chat.away === true ? { away: true } : {}),
    })),
  ];
  const all: SandboxMessage[] = [];
  const watchers = new Set<() => void>();
  let counter = 1_780_000_000_000;
  const changed = () => {
    for (const watcher of watchers) watcher();
  };
  const at = (conversation: string, id: string) =>
    all.findIndex((m) => m.id === id && m.conversation === conversation);
  return {
    people,
    gone: new Set(),
    roles: new Map(),
    conversations,
    personBy: (ref) => people.find((p) => [p.id, directoryId(p.id), accountId(p.id)].includes(ref)),
    conversation: (id) => conversations.find((c) => c.id === id),
    messages: (conversation, personId) =>
      all.filter(
        (m) =>
          m.conversation === conversation &&
          (personId === undefined || m.only === undefined || m.only === personId),
      ),
    message: (conversation, id) => all[at(conversation, id)],
    add(message) {
      const added = { ...message, id: String(++counter), edits: 0 };
      all.push(added);
      changed();
      return added;
    },
    edit(conversation, id, change) {
      const index = at(conversation, id);
      const message = all[index];
      if (message === undefined) return false;
      all[index] = { ...message, ...change, edits: message.edits + 1 };
      changed();
      return true;
    },
    reset() {
      all.length = 0;
      changed();
    },
    nextId: () => String(counter + 1),
    watch(onChange) {
      watchers.add(onChange);
      return () => void watchers.delete(onChange);
    },
  };
}
