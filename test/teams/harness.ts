import type { AddressInfo } from 'node:net';
import {
  type Call,
  type TeamsSandbox,
  TENANT,
  createTeamsSandbox,
  directoryId,
} from '../../sandbox/teams/index.ts';
import { wall } from '../../src/clock.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { silentLog } from '../../src/log.ts';
import { type TeamsOptions, createTeams } from '../../src/platforms/teams/index.ts';
import type {
  AdapterDeps,
  Envelope,
  Inbound,
  Platform,
  PlatformFact,
  Reply,
  SubmitReply,
} from '../../src/platforms/platform.ts';
import type { Option, RawValues } from '../../src/ui/form.ts';
import { card, paragraph } from '../../src/ui/card.ts';
import { NO_INSTALLATIONS } from '../support/no-installations.ts';

const PEOPLE = [
  { id: 'ana', name: 'Ana Flores', email: 'ana@example.com', zone: 'Europe/Berlin' },
  { id: 'bo', name: 'Bo Lindqvist', email: 'bo@example.com', zone: 'Europe/Stockholm' },
];
const CHANNELS = [
  { id: 'claims', name: 'claims' },
  { id: 'pilots', name: 'AI pilots' },
];

/** The chat of a meeting, and one to which Coxswain was never added. */
const CHATS = [
  { id: 'weekly', name: 'Claims weekly', meeting: true },
  { id: 'lunch', name: 'Lunch', away: true },
] as const;

/** What reached Coxswain, in words a test can compare. */
export type Heard =
  | { readonly kind: 'command'; readonly from: Envelope; readonly line: string }
  | { readonly kind: 'press'; readonly from: Envelope; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'open'; readonly from: Envelope; readonly form: string; readonly args: unknown }
  | {
      readonly kind: 'submit';
      readonly from: Envelope;
      readonly form: string;
      readonly args: unknown;
      readonly raw: RawValues;
    }
  | { readonly kind: 'suggest'; readonly from: Envelope; readonly source: string; readonly typed: string }
  | { readonly kind: 'learn'; readonly tenant: string; readonly fact: PlatformFact };

export interface Replies {
  command?: (line: string) => Reply | Promise<Reply>;
  press?: (name: string, payload: unknown) => Reply | Promise<Reply>;
  open?: (form: string) => Reply | Promise<Reply>;
  suggest?: (source: string, typed: string) => readonly Option[];
  submit?: (raw: RawValues) => SubmitReply | Promise<SubmitReply>;
}

const done = { kind: 'done' } as const;

function listen(heard: Heard[], replies: Replies): Inbound {
  return {
    async command(from, line) {
      heard.push({ kind: 'command', from, line });
      return (
        (await replies.command?.(line)) ?? { kind: 'card', card: card(`You said ${line}`, []), to: 'all' }
      );
    },
    async press(from, name, payload) {
      heard.push({ kind: 'press', from, name, payload });
      return (await replies.press?.(name, payload)) ?? done;
    },
    async open(from, form, args) {
      heard.push({ kind: 'open', from, form, args });
      return (await replies.open?.(form)) ?? done;
    },
    async submit(from, form, args, raw) {
      heard.push({ kind: 'submit', from, form, args, raw });
      return (await replies.submit?.(raw)) ?? done;
    },
    keep: () => Promise.resolve(),
    async suggest(from, source, typed) {
      heard.push({ kind: 'suggest', from, source, typed });
      return (await replies.suggest?.(source, typed)) ?? [];
    },
    home: () => Promise.resolve(card('Home', [paragraph('Nothing waits.')])),
    async learn(_platform, tenant, fact) {
      heard.push({ kind: 'learn', tenant, fact });
    },
  };
}

export interface Harness extends AsyncDisposable {
  readonly base: string;
  readonly teams: Platform;
  readonly sandbox: TeamsSandbox;
  readonly heard: Heard[];
  /** Only what people did. */
  commands(): string[];
  calls(method: string): readonly Call[];
  titles(conversation: string, person?: string): string[];
}

export const titleOf = (shown: unknown): string =>
  ((shown as { body?: { text?: string }[] } | undefined)?.body?.[0]?.text ?? '').replaceAll('\\', '');

export interface HarnessOptions {
  readonly replies?: Replies;
  readonly config?: Partial<TeamsOptions>;
  readonly deps?: Partial<AdapterDeps>;
  readonly authorization?: (serviceUrl: string) => Promise<string>;
}

/** Coxswain's Teams adapter and a workspace, talking over real HTTP on one port. */
export async function withTeams(options: HarnessOptions = {}): Promise<Harness> {
  const heard: Heard[] = [];
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sandbox = createTeamsSandbox({
    people: PEOPLE,
    channels: CHANNELS,
    chats: CHATS,
    baseUrl: base,
    ...(options.authorization === undefined ? {} : { authorization: options.authorization }),
  });
  const routes = [...sandbox.routes];
  const server = createHttpServer(routes, silentLog);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const teams = createTeams(
    {
      sandbox: true,
      tenantId: TENANT,
      ...options.config,
      cloud: { serviceUrl: sandbox.serviceUrl(), ...options.config?.cloud },
    },
    {
      inbound: listen(heard, options.replies ?? {}),
      names: (_platform, _tenant, ids) =>
        Promise.resolve({
          user: (id) => {
            const person = ids.includes(id) ? PEOPLE.find((p) => `p_${p.id}` === id) : undefined;
            return person === undefined ? undefined : { ref: directoryId(person.id), name: person.name };
          },
        }),
      installations: NO_INSTALLATIONS,
      addresses: () => Promise.resolve({ picture: () => undefined, file: () => undefined }),
      drawPicture: () => Promise.resolve(new Uint8Array()),
      log: silentLog,
      wall,
      ...options.deps,
    },
  );
  routes.push(...teams.routes);
  return {
    base: base(),
    teams,
    sandbox,
    heard,
    commands: () => heard.flatMap((h) => (h.kind === 'command' ? [h.line] : [])),
    calls: (method) => sandbox.connector.calls.filter((call) => call.method === method),
    titles: (conversation, person) =>
      sandbox.connector.workspace
        .messages(conversation, person)
        .filter((m) => m.author === undefined)
        .map((m) => (m.card === undefined ? m.text : titleOf(m.card))),
    async [Symbol.asyncDispose]() {
      await teams.stop();
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
