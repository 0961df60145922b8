import type { Clock, Wall } from '../../src/clock.ts';
import type { Obj } from '../page/shared/json.ts';

export interface Person {
  /** `U…` */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** IANA zone. */
  readonly zone: string;
  /** What follows the @, without it. */
  readonly handle: string;
  readonly guest?: boolean;
  /** What Slack says of the account besides: `is_stranger`, another `team_id`. */
  readonly account?: Readonly<Record<string, unknown>>;
  readonly title?: string;
}

export interface ChannelSetup {
  /** `C…` */
  readonly id: string;
  /** Without the #. */
  readonly name: string;
  readonly members: readonly string[];
  readonly topic?: string;
  /** Whether the bot is a member from the start. Default true. */
  readonly bot?: boolean;
}

/** What a workspace is made of before anybody says anything. */
export interface WorkspaceSetup {
  readonly team: { readonly id: string; readonly name: string };
  readonly people: readonly Person[];
  readonly channels: readonly ChannelSetup[];
  readonly botUserId: string;
  readonly botName?: string;
  readonly botToken: string;
  /** Slack's error for a token, undefined for a good one. Default: only `botToken` is good. */
  readonly admits?: (token: string) => string | undefined;
  /** The Grid that the workspace belongs to. */
  readonly enterprise?: { readonly id: string; readonly name: string };
  /** Whether the app is installed for the whole Grid. */
  readonly whole?: () => boolean;
  readonly signingSecret: string;
  /** Where the bot listens for everything Slack sends. A function when the port is not known yet. */
  readonly eventsUrl: string | (() => string);
  /** Scheme, host and port under which the bot and the page reach this server. Default: that of `eventsUrl`. */
  readonly origin?: string | (() => string);
  readonly appId?: string;
  /** The slash command of the app. Default `/pilot`. */
  readonly command?: string;
  /** Message shortcuts of the app, for the menu on every message. */
  readonly shortcuts?: readonly { readonly label: string; readonly callbackId: string }[];
  /** Scopes of the bot token. When given, methods outside of them answer `missing_scope`. */
  readonly scopes?: readonly string[];
  /** Business time: dates messages. */
  readonly clock?: Clock;
  /** Real time: triggers, response_urls, signatures. */
  readonly wall?: Wall;
  /** Resolves once the bot has nothing left to do; what a person sees is read after it. */
  readonly settle?: () => Promise<void>;
  /** How long to wait for something to become visible after an acknowledgement, in ms. Default 4,000. */
  readonly patienceMs?: number;
}

export interface Channel {
  readonly id: string;
  readonly kind: 'channel' | 'im';
  readonly name: string;
  readonly topic: string;
  readonly members: Set<string>;
  bot: boolean;
  /** The person on the other side of a direct conversation with the bot. */
  readonly person?: string;
}

export interface Message {
  readonly ts: string;
  readonly channel: string;
  /** Author: a person, the bot, or `USLACKBOT` for Slack's own notices. */
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly Obj[];
  readonly metadata?: Obj;
  readonly threadTs?: string;
  /** Set on ephemeral messages: the only person who sees it. */
  readonly only?: string;
  readonly edited?: boolean;
  readonly files?: readonly string[];
  /** Counts from 1, one more with each update. */
  readonly revision: number;
}

export interface View {
  readonly id: string;
  readonly kind: 'modal' | 'home';
  readonly hash: string;
  readonly rootId: string;
  readonly previousId?: string;
  readonly externalId: string;
  /** What the app sent: title, blocks, submit, callback_id, private_metadata, … */
  readonly content: Obj;
  /** Errors of the last submission by block id, shown beside the inputs. */
  readonly errors: { readonly [blockId: string]: string };
  /** Said above the form when the app could not be reached; usually empty. */
  readonly problem: string;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mime: string;
  readonly bytes: Buffer;
  readonly altText: string;
  readonly complete: boolean;
  /** Who gave it to the workspace. */
  readonly by: string;
  /** Where its bytes are expected, and how many were announced. */
  readonly upload: { readonly key: string; readonly length: number };
}

/** What changed, for live views and for tests that wait. */
export type Change =
  | { readonly kind: 'posted' | 'updated' | 'deleted'; readonly message: Message }
  | { readonly kind: 'view'; readonly user: string; readonly view?: View }
  | { readonly kind: 'home'; readonly user: string }
  | { readonly kind: 'read'; readonly user: string; readonly channel: string }
  | { readonly kind: 'members' }
  | { readonly kind: 'reset' };

/** One call that the bot made, kept for tests. */
export interface ApiCall {
  readonly method: string;
  readonly args: Obj;
  readonly at: number;
  /** `ok`, Slack's error code, or the kind of fault. */
  readonly answer: string;
}

/** One request that went to the bot, kept so that tests can send it again. */
export interface SentRequest {
  readonly kind: 'command' | 'interaction' | 'event';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
