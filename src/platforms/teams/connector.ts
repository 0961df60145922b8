import { z } from 'zod';
import type { Wall } from '../../clock.ts';
import type { JsonObject } from '../../ui/card.ts';
import { SendError } from '../platform.ts';
import { type Asked, faultFromNetwork, faultFromStatus, retryAfter } from './faults.ts';

/** Bearer token for the service, or undefined in the sandbox. */
export type TokenSource = () => Promise<string | undefined>;

const idSchema = z.looseObject({ id: z.string() });
const errorSchema = z.looseObject({ error: z.looseObject({ code: z.string() }) });
const memberSchema = z.looseObject({
  id: z.string(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  aadObjectId: z.string().nullish(),
  objectId: z.string().nullish(),
  userRole: z.string().nullish(),
});
export type Member = z.infer<typeof memberSchema>;
const meetingSchema = z.looseObject({ details: z.looseObject({ title: z.string().nullish() }) });
const channelsSchema = z.looseObject({
  conversations: z.array(z.looseObject({ id: z.string(), name: z.string().nullish() })),
});

export interface SendOptions {
  /** Shown to this recipient only; the activity names them. */
  readonly targeted?: boolean;
  /** Sent as `x-ms-client-request-id`, which Microsoft's support can search for. */
  readonly requestId?: string;
}

/** The calls of the Bot Connector service that are used here. One HTTP request each, never repeated; throws SendError only. */
export interface Connector {
  post(
    serviceUrl: string,
    conversation: string,
    activity: JsonObject,
    options?: SendOptions,
  ): Promise<string>;
  update(
    serviceUrl: string,
    conversation: string,
    id: string,
    activity: JsonObject,
    options?: SendOptions,
  ): Promise<void>;
  /** Opens the one personal conversation with a member; the same one each time. */
  open(serviceUrl: string, conversation: JsonObject): Promise<string>;
  /** Undefined when the conversation has no such member. */
  member(serviceUrl: string, conversation: string, id: string): Promise<Member | undefined>;
  /** Whether the service answers that the conversation is there and this is none of its members. */
  isStranger(serviceUrl: string, conversation: string, id: string): Promise<boolean>;
  /** Whether Coxswain is in a conversation, by whether it may see who else is. */
  isIn(serviceUrl: string, conversation: string): Promise<boolean>;
  /** Title of a meeting; undefined without one, and where nobody agreed that its chat tells it. */
  meeting(serviceUrl: string, meeting: string): Promise<string | undefined>;
  channels(
    serviceUrl: string,
    team: string,
  ): Promise<readonly { readonly ref: string; readonly name: string }[]>;
}

export interface ConnectorConfig {
  readonly token: TokenSource;
  readonly wall: Wall;
  /** How long one request may take. */
  readonly timeoutMs?: number;
}

const part = encodeURIComponent;
const TARGETED = '?isTargetedActivity=true';
const query = (options: SendOptions | undefined) => (options?.targeted === true ? TARGETED : '');

async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const root = (serviceUrl: string) => `${serviceUrl.replace(/\/+$/, '')}/v3`;
const activities = (serviceUrl: string, conversation: string) =>
  `${root(serviceUrl)}/conversations/${part(conversation)}/activities`;

const memberUrl = (serviceUrl: string, conversation: string, id: string) =>
  `${root(serviceUrl)}/conversations/${part(conversation)}/members/${part(id)}`;
/** The code of a 404 that is about the member, not about the conversation or the bot. */
const NO_MEMBER = 'MemberNotFoundInConversation';

/** A message was taken but its answer cannot be read: it is there, under an id nobody knows. */
const idOf = (answer: unknown): string => {
  const parsed = idSchema.safeParse(answer);
  if (!parsed.success) throw new SendError('unknown', 'Teams accepted the request but gave no id');
  return parsed.data.id;
};

/** The Connector over HTTP. Microsoft's own client repeats requests by itself, which could post a message twice. */
export function createConnector({ token, wall, timeoutMs = 10_000 }: ConnectorConfig): Connector {
  async function bearer(): Promise<Record<string, string>> {
    try {
      const value = await token();
      return value === undefined ? {} : { authorization: `Bearer ${value}` };
    } catch (cause) {
      throw new SendError('transient', 'Microsoft gave no token for the bot', { cause });
    }
  }

  async function call(asked: Asked, url: string, body?: JsonObject, requestId?: string): Promise<unknown> {
    const headers = { ...(await bearer()), 'content-type': 'application/json' };
    try {
      const response = await fetch(url, {
        method: asked.toUpperCase(),
        headers: requestId === undefined ? headers : { ...headers, 'x-ms-client-request-id': requestId },
        body: body === undefined ? null : JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const answer = await jsonOf(response);
      if (response.ok) return answer;
      const code = errorSchema.safeParse(answer).data?.error.code ?? '';
      throw faultFromStatus(
        response.status,
        code,
        asked,
        retryAfter(response.headers.get('retry-after'), wall.now()),
      );
    } catch (error) {
      throw faultFromNetwork(error, asked);
    }
  }

  return {
    post: async (serviceUrl, conversation, activity, options) =>
      idOf(
        await call(
          'post',
          activities(serviceUrl, conversation) + query(options),
          activity,
          options?.requestId,
        ),
      ),
    update: async (serviceUrl, conversation, id, activity, options) => {
      await call('put', `${activities(serviceUrl, conversation)}/${part(id)}${query(options)}`, activity);
    },
    open: async (serviceUrl, conversation) =>
      // Opening the same conversation again gives the same one, so this may be repeated like a read.
      idOf(await callOpen(`${root(serviceUrl)}/conversations`, conversation)),
    async isStranger(serviceUrl, conversation, id) {
      try {
        await call('get', memberUrl(serviceUrl, conversation, id));
        return false;
      } catch (error) {
        if (error instanceof SendError && error.message.endsWith(` 404 ${NO_MEMBER}`)) return true;
        throw error;
      }
    },
    async member(serviceUrl, conversation, id) {
      try {
        return memberSchema.parse(await call('get', memberUrl(serviceUrl, conversation, id)));
      } catch (error) {
        if (error instanceof SendError && error.fault === 'unreachable') return undefined;
        if (error instanceof SendError) throw error;
        throw new SendError('transient', 'Teams described a member in a form that is not known', {
          cause: error,
        });
      }
    },
    async isIn(serviceUrl, conversation) {
      try {
        await call('get', `${root(serviceUrl)}/conversations/${part(conversation)}/pagedmembers?pageSize=1`);
        return true;
      } catch (error) {
        if (error instanceof SendError && error.fault === 'unreachable') return false;
        throw error;
      }
    },
    async meeting(serviceUrl, meeting) {
      const answer = await call('get', `${serviceUrl.replace(/\/+$/, '')}/v1/meetings/${part(meeting)}`);
      return meetingSchema.safeParse(answer).data?.details.title ?? undefined;
    },
    async channels(serviceUrl, team) {
      const answer = channelsSchema.safeParse(
        await call('get', `${root(serviceUrl)}/teams/${part(team)}/conversations`),
      );
      return (answer.data?.conversations ?? []).map(({ id, name }) => ({ ref: id, name: name ?? 'General' }));
    },
  };

  async function callOpen(url: string, body: JsonObject): Promise<unknown> {
    try {
      return await call('post', url, body);
    } catch (error) {
      if (error instanceof SendError && error.fault === 'unknown') {
        throw new SendError('transient', error.message, { cause: error });
      }
      throw error;
    }
  }
}
