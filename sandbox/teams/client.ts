import { z } from 'zod';
import type { Json, JsonObject } from '../../src/ui/card.ts';
import {
  BOT,
  type Conversation,
  type SandboxMessage,
  type SandboxPerson,
  TEAM,
  type Workspace,
  accountId,
  directoryId,
} from './workspace.ts';

/** What the bot answered over HTTP; `body` is its JSON, if any. */
export interface Delivered {
  readonly status: number;
  readonly body?: Json;
}

export interface ClientConfig {
  readonly workspace: Workspace;
  /** `http://127.0.0.1:…/api/messages`, once the server listens. */
  readonly botUrl: () => string;
  /** `http://127.0.0.1:…/sandbox/teams` */
  readonly serviceUrl: () => string;
  /** Of whom every activity comes. */
  readonly tenant: string;
  /** Value of the Authorization header, for a bot with an app id. */
  readonly authorization?: (serviceUrl: string) => Promise<string>;
}

export interface SayOptions {
  readonly thread?: string;
  /** As if from the slash menu: only the person and the bot see it. */
  readonly targeted?: boolean;
}

/** What Teams' own client does when a person writes or presses: it sends activities to the bot. */
export interface TeamsClient {
  deliver(activity: JsonObject): Promise<Delivered>;
  /** Writes as a person. `@Coxswain` and `@Full Name` become mentions. Undefined where Teams would not tell the bot. */
  say(
    personId: string,
    conversation: string,
    text: string,
    options?: SayOptions,
  ): Promise<Delivered | undefined>;
  /**
   * Presses an Action.Execute, opens (`task/fetch`) or sends (`task/submit`) a dialog. For an action
   * (`composeExtension/…`) the value says which; that of a message tells the message along.
   */
  invoke(
    personId: string,
    conversation: string,
    message: string | undefined,
    name: string,
    value: Json,
  ): Promise<Delivered>;
  /** Installs the app for everybody: each person's chat and the team. */
  install(): Promise<void>;
  /** The activity of a message, undelivered; tests alter it. */
  messageActivity(personId: string, conversation: string, text: string, options?: SayOptions): JsonObject;
}

const json = z.json();

async function bodyOf(response: Response): Promise<Json | undefined> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return json.parse(JSON.parse(text));
  } catch {
    return text;
  }
}

function mentions(text: string, people: readonly SandboxPerson[]): { text: string; entities: JsonObject[] } {
  const known = [
    { name: BOT.name as string, id: BOT.id as string },
    ...people.map((p) => ({ name: p.name, id: accountId(p.id) })),
  ].toSorted((a, b) => b.name.length - a.name.length);
  const entities: JsonObject[] = [];
  let marked = text;
  for (const { name, id } of known) {
    if (!marked.includes(`@${name}`)) continue;
    const tag = `<at>${name}</at>`;
    marked = marked.replaceAll(`@${name}`, tag);
    entities.push({ type: 'mention', text: tag, mentioned: { id, name } });
  }
  return { text: marked, entities };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');

export function createClient(config: ClientConfig): TeamsClient {
  const { workspace } = config;
  let events = 0;

  const mustBe = <T>(found: T | undefined, what: string): T => {
    if (found === undefined) throw new Error(`The sandbox has no ${what}.`);
    return found;
  };

  const frame = (person: SandboxPerson, place: Conversation, conversation: string): JsonObject => ({
    channelId: 'msteams',
    serviceUrl: config.serviceUrl(),
    from: { id: accountId(person.id), name: person.name, aadObjectId: directoryId(person.id) },
    recipient: { ...BOT },
    conversation: {
      id: conversation,
      conversationType: place.kind === 'group' ? 'groupChat' : place.kind,
      tenantId: config.tenant,
      ...(place.kind === 'personal' ? {} : { isGroup: true }),
    },
    channelData: {
      tenant: { id: config.tenant },
      ...(place.meeting === undefined ? {} : { meeting: { id: place.meeting } }),
      ...(place.kind === 'channel'
        ? { team: { id: TEAM, name: 'Sandbox' }, channel: { id: place.id, name: place.name } }
        : {}),
    },
  });

  const threadOf = (
    place: Conversation,
    message: Pick<SandboxMessage, 'id' | 'thread'> | undefined,
  ): string =>
    place.kind === 'channel' && message !== undefined
      ? `${place.id};messageid=${message.thread ?? message.id}`
      : place.id;

  /** A message as an action in its menu is told of it: what people wrote is HTML there. */
  const payloadOf = (message: SandboxMessage): JsonObject => {
    const author = message.author === undefined ? undefined : workspace.personBy(message.author);
    const query = new URLSearchParams({
      tenantId: config.tenant,
      parentMessageId: message.thread ?? message.id,
    });
    const path = [message.conversation, message.id].map(encodeURIComponent).join('/');
    return {
      id: message.id,
      replyToId: message.thread ?? null,
      linkToMessage: `${config.serviceUrl()}/l/message/${path}?${query.toString()}`,
      from:
        author === undefined
          ? { application: { id: BOT.id, displayName: BOT.name } }
          : { user: { id: directoryId(author.id), displayName: author.name } },
      body: { contentType: 'html', content: `<div>${escaped(message.text)}</div>` },
      attachments:
        message.card === undefined
          ? []
          : [
              {
                contentType: 'application/vnd.microsoft.card.adaptive',
                content: JSON.stringify(message.card),
              },
            ],
    };
  };

  async function deliver(activity: JsonObject): Promise<Delivered> {
    const authorization = await config.authorization?.(config.serviceUrl());
    const response = await fetch(config.botUrl(), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: JSON.stringify(activity),
    });
    const body = await bodyOf(response);
    return { status: response.status, ...(body === undefined ? {} : { body }) };
  }

  function written(
    person: SandboxPerson,
    place: Conversation,
    id: string,
    text: string,
    options: SayOptions,
  ): JsonObject {
    const marked = mentions(text, workspace.people);
    const base = frame(
      person,
      place,
      threadOf(place, { id, ...(options.thread === undefined ? {} : { thread: options.thread }) }),
    );
    return {
      ...base,
      type: 'message',
      id,
      textFormat: 'plain',
      text: marked.text,
      entities: marked.entities,
      recipient: options.targeted === true ? { ...BOT, isTargeted: true } : { ...BOT },
    };
  }

  const find = (personId: string, conversation: string): [SandboxPerson, Conversation] => [
    mustBe(workspace.personBy(personId), `person ${personId}`),
    mustBe(workspace.conversation(conversation), `conversation ${conversation}`),
  ];

  return {
    deliver,
    messageActivity(personId, conversation, text, options = {}) {
      return written(...find(personId, conversation), workspace.nextId(), text, options);
    },
    async say(personId, conversation, text, options = {}) {
      const [person, place] = find(personId, conversation);
      const message = workspace.add({
        conversation: place.id,
        author: person.id,
        text,
        ...(options.thread === undefined ? {} : { thread: options.thread }),
        ...(options.targeted === true ? { only: person.id } : {}),
      });
      const heard = place.kind === 'personal' || options.targeted === true || text.includes(`@${BOT.name}`);
      return heard ? deliver(written(person, place, message.id, text, options)) : undefined;
    },
    async invoke(personId, conversation, messageId, name, value) {
      const [person, place] = find(personId, conversation);
      const message = messageId === undefined ? undefined : workspace.message(place.id, messageId);
      const base = frame(person, place, threadOf(place, message));
      if (name.startsWith('composeExtension/')) {
        const about =
          messageId === undefined
            ? { commandContext: 'compose' }
            : { commandContext: 'message', messagePayload: payloadOf(mustBe(message, 'such message')) };
        const told = { ...about, ...(value as JsonObject) };
        return deliver({
          ...base,
          // As Teams has it: the chat of a meeting by its name, and of which kind it is only by its id.
          ...(place.meeting === undefined
            ? {}
            : { conversation: { id: place.id, tenantId: config.tenant, name: place.name } }),
          type: 'invoke',
          id: `f:${++events}-${directoryId(person.id)}`,
          name,
          value: told,
        });
      }
      return deliver({
        ...base,
        type: 'invoke',
        id: `f:${++events}-${directoryId(person.id)}`,
        name,
        value,
        ...(messageId === undefined ? {} : { replyToId: messageId }),
      });
    },
    async install() {
      const added = { type: 'conversationUpdate', membersAdded: [{ ...BOT }] };
      for (const place of workspace.conversations) {
        if (place.away === true) continue;
        const person = place.person ?? mustBe(workspace.people[0], 'people');
        await deliver({ ...frame(person, place, place.id), ...added, id: `install-${++events}` });
      }
    },
  };
}
