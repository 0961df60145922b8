import type { Instant, Wall } from '../clock.ts';
import type { InstallationDetails } from '../domain/installation.ts';
import type { Route } from '../http/server.ts';
import type { Log } from '../log.ts';
import type { PlatformKind } from '../domain/person.ts';
import type { AskedChannel, PlatformReport } from '../domain/platform-report.ts';
import type { Card, JsonObject, Picture } from '../ui/card.ts';
import type { FieldErrors, Form, Option, RawValues } from '../ui/form.ts';

export type { AskedChannel, InstallationDetails, PlatformKind, PlatformReport };

/** Where somebody speaks from, and who they are there. Built by an adapter from a verified request. */
export interface Envelope {
  readonly platform: PlatformKind;
  /** Slack team id, enterprise id of a Grid where it is installed for all of it, or Microsoft 365 tenant id. */
  readonly tenant: string;
  readonly user: Sender;
  readonly place: Place;
  /** Same for every redelivery of one request: makes the effect happen once. */
  readonly requestKey: string;
  /** The message a button stands in, a shortcut was used on, or in which Coxswain was mentioned. */
  readonly message?: { readonly ref: string; readonly text?: string; readonly link?: string };
}

export interface Sender {
  /** Slack user id, or Entra object id. */
  readonly ref: string;
  readonly name?: string;
}

export interface Place {
  readonly kind: 'channel' | 'group' | 'direct';
  /** Slack channel id, or Teams conversation id. */
  readonly ref: string;
  readonly name?: string;
  /**
   * The first message of the thread in which somebody speaks: what an `Outbound` called `id` when it was ours. A
   * mention outside of any thread begins one, so it is then the mention itself.
   */
  readonly thread?: string;
}

/** What the person sees in answer. */
export type Reply =
  /** `me`: only who asked sees it, where the platform can do that; `all`: everyone in the place. */
  | { readonly kind: 'card'; readonly card: Card; readonly to: 'me' | 'all' }
  | { readonly kind: 'form'; readonly form: Form }
  /** The card on which the button stands becomes this one. */
  | { readonly kind: 'replace'; readonly card: Card }
  /** Nothing new to show: messages that changed are updated by the sender. `say` is shown to who asked. */
  | { readonly kind: 'done'; readonly say?: string }
  /** A text to download, for who asked. */
  | FileReply;

export interface FileReply {
  readonly kind: 'file';
  /** `production-readiness-2.yaml` */
  readonly name: string;
  readonly title: string;
  readonly text: string;
  /** The same text by what it is made from (views/documents.ts), for platforms that fetch it from an address. */
  readonly document: Document;
}

/** A text that is made anew whenever somebody fetches it; small, because its address holds it. */
export interface Document {
  readonly name: string;
  readonly args: JsonObject;
  /** Who fetches it, where not everyone may see everything. */
  readonly reader?: string;
}

export type SubmitReply =
  | Exclude<Reply, { kind: 'replace' }>
  /** The form stays open with these sentences and what was typed. */
  | {
      readonly kind: 'errors';
      readonly form: Form;
      readonly errors: FieldErrors;
      /** Names of fields that show what they are by now, and not what was sent. */
      readonly renewed?: readonly string[];
    };

/**
 * What the adapters call. Never throws: every fault comes back as a card that says what was wrong.
 * Adapters hand over mentions as `<@ref>` tokens and channels as `<#ref>` tokens inside `line`.
 */
export interface Inbound {
  command(from: Envelope, line: string): Promise<Reply>;
  press(from: Envelope, name: string, payload: unknown): Promise<Reply>;
  open(from: Envelope, form: string, args: unknown): Promise<Reply>;
  submit(from: Envelope, form: string, args: unknown, raw: RawValues): Promise<SubmitReply>;
  /** What a form with `draft` holds so far. Nothing is answered. */
  keep(from: Envelope, form: string, args: unknown, raw: RawValues): Promise<void>;
  /** What a search field offers for what was typed so far: the best first, at most SUGGESTED of them. */
  suggest(from: Envelope, source: string, typed: string): Promise<readonly Option[]>;
  home(from: Envelope): Promise<Card>;
  /** People, channels and installations as the platform reports them. */
  learn(platform: PlatformKind, tenant: string, fact: PlatformFact): Promise<void>;
}

/** What a platform tells us about itself outside of any command. */
export type PlatformFact =
  | {
      readonly kind: 'conversation';
      readonly place: Place;
      readonly user?: Sender;
      readonly reference: Conversation;
    }
  /** From a conversation; with `team`, from every channel of that team. */
  | { readonly kind: 'removed'; readonly ref: string; readonly team?: string }
  /** Added again to a team: its channels take messages as before. */
  | { readonly kind: 'returned'; readonly team: string }
  /** Nothing can be sent to this tenant any more, or from `until` (real time) on: `it was uninstalled`. */
  | { readonly kind: 'disconnected'; readonly why: string; readonly until?: Instant }
  /** An account as it is now; told about every account of the workspace, also about those we never met. */
  | {
      readonly kind: 'person_changed';
      readonly user: Sender;
      readonly guest: boolean;
      readonly active: boolean;
    };

/** Everything a platform needs to post without being spoken to. Stored as JSON; Teams keeps its reference in it. */
export interface Conversation {
  readonly ref: string;
  readonly serviceUrl?: string;
  readonly reference?: unknown;
}

/** The platform's own name for a message we showed: enough to update it. */
export interface ShownRef {
  readonly conversation: string;
  readonly id: string;
}

export interface PostOptions {
  /** Shown with the message where the platform has room for metadata, and used by `find`. */
  readonly deliveryId: string;
  readonly thread?: ShownRef;
}

/** A table of what a platform can do; docs/platforms.md is generated from these rows. */
export interface Capabilities {
  readonly kind: PlatformKind;
  readonly formFromCommand: 'modal' | 'inline';
  readonly onlyForMe: boolean;
  readonly buttonsPerRow: number;
  readonly pictureFromUpload: boolean;
  readonly lookUpUnknownDelivery: boolean;
  readonly threads: boolean;
  readonly home: boolean;
  /** A form's file field takes a file; otherwise its content is pasted. */
  readonly files: boolean;
  /** A file in answer; otherwise a link to it, which needs a public address. */
  readonly fileFromUpload: boolean;
  /** Tells of each choice in a form, so that a draft is kept before anything is sent. */
  readonly keepsWhileTyping: boolean;
}

/** Names that rendering needs and a card does not hold. Answers from memory; adapters load it first. */
export interface Names {
  /** The platform's user for a Coxswain person id, when that person has an identity there. */
  user(personId: string): { readonly ref: string; readonly name: string } | undefined;
}

export type Destination =
  | { readonly kind: 'person'; readonly user: Sender; readonly conversation?: Conversation }
  | { readonly kind: 'channel'; readonly conversation: Conversation };

/** The outgoing half of an adapter. Throws SendError only. */
export interface Outbound {
  readonly capabilities: Capabilities;
  post(tenant: string, to: Destination, card: Card, names: Names, options: PostOptions): Promise<ShownRef>;
  update(tenant: string, shown: ShownRef, to: Destination, card: Card, names: Names): Promise<void>;
  /** Where a person opens a message that we posted; undefined where the platform has no address for it. */
  link?(tenant: string, shown: ShownRef): Promise<string | undefined>;
  /** Looks an ambiguous delivery up; `undefined` when it is certain that nothing was posted, 'unknown' when it cannot be told. */
  find(tenant: string, to: Destination, deliveryId: string): Promise<ShownRef | undefined | 'unknown'>;
  /** Looks at the tenant's token, and whether Coxswain is in these channels, by the platform's own word. For the doctor. */
  examine?(tenant: string, channels: readonly AskedChannel[]): Promise<PlatformReport>;
  /** Who this user is, as the platform verified it. */
  profile(tenant: string, ref: string): Promise<Profile | undefined>;
  /** Whether the platform says for certain that it has no such account (any more). Asked after `profile` found none. */
  absent?(tenant: string, ref: string): Promise<boolean>;
}

export interface Profile {
  readonly name: string;
  readonly email?: string;
  /** IANA zone. */
  readonly zone?: string;
  readonly guest: boolean;
  readonly active: boolean;
  /** The platform did not say whether this is a member, so `guest` is out of caution. */
  readonly unsure?: true;
}

/** How an attempt to send failed, and so what to do next. */
export type SendFault =
  | 'transient' // not accepted; try again with backoff
  | 'limited' // try again after `retryAfterMs`; does not use up a try
  | 'unreachable' // this person or channel cannot be reached: permanent for the destination
  | 'refused' // the platform will never take this message
  | 'unknown'; // the connection broke after sending: it may have been accepted

export class SendError extends Error {
  readonly fault: SendFault;
  readonly retryAfterMs: number | undefined;

  constructor(fault: SendFault, message: string, options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SendError';
    this.fault = fault;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Signed addresses for one tenant; undefined without a public address, and for a tenant that is not connected. */
export interface Addresses {
  /** Where the platform can fetch a picture. */
  picture(picture: Picture): string | undefined;
  /** Where whoever has the address can download a file for a while. */
  file(file: FileReply): string | undefined;
}
export type AddressesOf = (platform: PlatformKind, tenant: string) => Promise<Addresses>;
/** PNG bytes of a picture, drawn from present data. */
export type DrawPicture = (platform: PlatformKind, tenant: string, picture: Picture) => Promise<Uint8Array>;

/** What an app is given for one tenant. Never logged, and shown to nobody. */
export interface Tokens {
  readonly access: string;
  /** Exchanged for the next tokens, once. */
  readonly refresh?: string;
}

/** An installation by OAuth that is in use. */
export interface Installed {
  readonly org: string;
  readonly platform: PlatformKind;
  readonly tenant: string;
  /** One more with every change of the tokens. */
  readonly version: number;
  /** Real time; undefined: they do not expire. */
  readonly expiresAt?: Instant;
  /** Why it will end, where that is known. */
  readonly trouble?: string;
  readonly details: InstallationDetails;
  /** Opens what is kept sealed. */
  tokens(): Tokens;
}

export interface NewInstallation {
  readonly tenant: Tenant;
  readonly tokens: Tokens;
  /** Real time. */
  readonly expiresAt?: Instant | undefined;
  readonly details: InstallationDetails;
  /** IANA zone of who installed. */
  readonly zone?: string | undefined;
}

/** What came of an installation. */
export interface Welcome {
  readonly organisation: string;
  /** The tenant was not known before. */
  readonly fresh: boolean;
  /** Makes who redeems it admin, once; undefined where somebody is admin already. */
  readonly adminCode: string | undefined;
}

/** Installations by OAuth, kept for all copies. */
export interface Installations {
  /** Undefined where it is not installed, or not any more. */
  find(platform: PlatformKind, tenant: string): Promise<Installed | undefined>;
  /** Keeps new tokens. An organisation is founded for a tenant that is new; for others everything stays. */
  install(platform: PlatformKind, given: NewInstallation): Promise<Welcome>;
  /** Whether this copy has the task of renewing these tokens now. */
  claim(installed: Installed): Promise<boolean>;
  /** Gives the task back. */
  release(installed: Installed): Promise<void>;
  /** False when there are other tokens since: nothing is kept then. */
  renewed(installed: Installed, tokens: Tokens, expiresAt: Instant | undefined): Promise<boolean>;
  /** For the state that goes with somebody to the platform and back. */
  sign(text: string): string;
  isSigned(text: string, mac: string): boolean;
  /** False when this state was used before. `until`: real time when it ends. */
  spend(state: string, until: Instant): Promise<boolean>;
}

/** What every adapter is built from. */
export interface AdapterDeps {
  readonly inbound: Inbound;
  /** Loads the names of the persons that a card or form mentions (`personIds` in ui/people.ts). */
  readonly names: (platform: PlatformKind, tenant: string, personIds: readonly string[]) => Promise<Names>;
  readonly addresses: AddressesOf;
  readonly drawPicture: DrawPicture;
  readonly installations: Installations;
  readonly log: Log;
  readonly wall: Wall;
}

export interface Tenant {
  /** As in an Envelope. */
  readonly id: string;
  readonly name: string;
}

/** One adapter, connected: what it takes in over HTTP, and how it sends. */
export interface Platform {
  readonly kind: PlatformKind;
  readonly outbound: Outbound;
  readonly routes: readonly Route[];
  /**
   * Opens what is not HTTP (Socket Mode), and says which workspaces or tenants the credentials of the configuration
   * belong to; none when only installations and requests can tell.
   */
  start(): Promise<readonly Tenant[]>;
  /** Resolves when no answer is on its way to the platform any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}
