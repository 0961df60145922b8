import { onTestFinished } from 'vitest';
import { CHANNELS, MEETINGS, PEOPLE, ZONE } from '../../sandbox/company.ts';
import {
  TENANT,
  type TeamsSandbox,
  channelConversation,
  chatConversation,
  createTeamsSandbox,
  personalConversation,
} from '../../sandbox/teams/index.ts';
import type { SayOptions } from '../../sandbox/teams/client.ts';
import type { SandboxMessage } from '../../sandbox/teams/workspace.ts';
import { moveClock } from '../../jobs/engine.ts';
import { type Instant, type MoveableClock, type Wall, frozenClock } from '../../src/clock.ts';
import { type Coxswain, assemble } from '../../src/coxswain.ts';
import { ensureOrg } from '../../src/tenants/home.ts';
import { silentLog } from '../../src/log.ts';
import { listen } from '../../src/main.ts';
import { createTeams } from '../../src/platforms/teams/index.ts';
import type { Json, JsonObject } from '../../src/ui/card.ts';
import { TEST_KEY, berlin } from './coxswain.ts';
import { type Engine, freshUrl } from './databases.ts';

/** Somebody's chat with the bot, or a channel. */
export const chat = (who: string): string => personalConversation(idOf(who));
export const channel = (name: string): string =>
  channelConversation(CHANNELS.find((c) => c.name === name)?.id ?? name);
/** The chat of the weekly meeting. */
export const meeting = chatConversation(MEETINGS[0]);
const idOf = (who: string): string => PEOPLE.find((p) => p.handle === who)?.id ?? who;

/** The bot with nothing but Teams: everybody is known from there only. */
export interface TeamsCoxswain {
  readonly coxswain: Coxswain;
  readonly teams: TeamsSandbox;
  readonly clock: MoveableClock;
  readonly running: { readonly url: string };
  readonly org: string;
  readonly adminCode: string;
  /** Somebody writes; answers with what the bot posted because of it, newest last. */
  say(who: string, where: string, text: string, options?: SayOptions): Promise<TeamsShown[]>;
  /** What the bot posted in a conversation, as one person sees it. */
  shown(where: string, who?: string): TeamsShown[];
  /** Presses an `Action.Execute`, with what was typed into the card. */
  press(who: string, message: TeamsShown, title: string, typed?: Record<string, Json>): Promise<Answered>;
  /** Opens the dialog behind a button. */
  dialog(who: string, message: TeamsShown, title: string): Promise<Dialog>;
  /** Uses an action from the menu of somebody's message, as `report_drift`. */
  shortcut(who: string, where: string, message: string, id: string): Promise<Dialog>;
  /** Uses an action beside what is being written, as `add_seat`. */
  start(who: string, where: string, id: string): Promise<Dialog>;
  until(at: Instant): Promise<void>;
  settle(): Promise<void>;
}

export interface TeamsShown {
  readonly id: string;
  readonly where: string;
  /** Every word on it, line by line. Reads its present state. */
  readonly text: string;
  readonly buttons: readonly string[];
  readonly edits: number;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
}

export interface Dialog {
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly string[];
  /** Undefined once it has closed. */
  submit(typed: Record<string, Json>): Promise<Dialog | undefined>;
  /** Presses a button of the card in it. */
  press(title: string): Promise<Dialog | undefined>;
}

interface Action {
  readonly title: string;
  readonly type: string;
  readonly verb?: string;
  readonly data?: JsonObject;
}

const objects = (json: unknown): Record<string, unknown>[] =>
  typeof json !== 'object' || json === null
    ? []
    : Array.isArray(json)
      ? json.flatMap(objects)
      : [json as Record<string, unknown>, ...Object.values(json).flatMap(objects)];

const actionsOf = (card: unknown): Action[] =>
  objects(card).flatMap((o) => (String(o['type']).startsWith('Action.') ? [o as unknown as Action] : []));

const wordsOf = (card: unknown): string =>
  objects(card)
    .flatMap((o) => ['text', 'title', 'value', 'label', 'errorMessage'].map((name) => o[name]))
    .filter((word) => typeof word === 'string')
    .join('\n')
    .replaceAll('\\', '');

interface StartOptions {
  readonly at?: Instant;
  readonly wall?: Wall;
  /** What rosters say of people, by id, from the start; see Workspace. */
  readonly roles?: Readonly<Record<string, string | undefined>>;
}

/** Starts Coxswain on Teams for the running test; stopped and removed when the test is over. */
export async function startOnTeams(
  engine: Engine,
  { at = berlin('11-09 10:00'), wall, roles = {} }: StartOptions = {},
): Promise<TeamsCoxswain> {
  const box = { url: '' };
  const clock = frozenClock(at);
  const coxswain = await assemble({
    databaseUrl: await freshUrl(engine, { migrated: true }),
    masterKey: Buffer.from(TEST_KEY, 'base64'),
    log: silentLog,
    clock,
    ...(wall === undefined ? {} : { wall }),
    publicUrl: () => box.url,
    admins: [],
    spacingMs: 0,
  });
  onTestFinished(() => coxswain.stop());
  const teams = createTeamsSandbox({
    people: PEOPLE,
    channels: CHANNELS,
    chats: MEETINGS,
    baseUrl: () => box.url,
  });
  for (const [id, role] of Object.entries(roles)) teams.connector.workspace.roles.set(id, role);
  coxswain.routes.push(...teams.routes);
  box.url = `http://127.0.0.1:${await listen(coxswain, { host: '127.0.0.1', port: 0, portMayMove: false })}`;
  const platform = createTeams(
    { sandbox: true, tenantId: TENANT, cloud: { serviceUrl: teams.serviceUrl() } },
    coxswain.deps,
  );
  coxswain.add(platform);
  const { org, adminCode } = await ensureOrg(coxswain.app, 'Harbour Insurance', ZONE);
  await coxswain.connect(org.id, platform);
  await teams.client.install();
  await coxswain.settle();
  return {
    coxswain,
    teams,
    running: box,
    clock,
    org: org.id,
    adminCode: adminCode ?? '',
    ...screen(coxswain, teams),
    ...time(coxswain, clock),
  };
}

const time = (coxswain: Coxswain, clock: MoveableClock) => ({
  settle: () => coxswain.settle(),
  async until(at: Instant) {
    await moveClock(coxswain.app, coxswain.engine, clock, at);
    await coxswain.settle();
  },
});

function screen(
  coxswain: Coxswain,
  teams: TeamsSandbox,
): Pick<TeamsCoxswain, 'say' | 'shown' | 'press' | 'dialog' | 'shortcut' | 'start'> {
  const { workspace } = teams.connector;
  const present = (where: string, id: string): SandboxMessage | undefined => workspace.message(where, id);
  const seen = ({ conversation: where, id }: SandboxMessage): TeamsShown => ({
    id,
    where,
    get text() {
      const now = present(where, id);
      return now?.card === undefined ? (now?.text ?? '') : wordsOf(now.card);
    },
    get buttons() {
      return actionsOf(present(where, id)?.card).map((a) => a.title);
    },
    get edits() {
      return present(where, id)?.edits ?? 0;
    },
  });
  const shown = (where: string, who?: string) =>
    workspace
      .messages(where, who === undefined ? undefined : idOf(who))
      .filter((m) => m.author === undefined)
      .map(seen);
  const action = (message: TeamsShown, title: string): Action => {
    // What asks to confirm shows the button that acts.
    const found = actionsOf(present(message.where, message.id)?.card).find(
      (a) => a.title === title && a.type !== 'Action.ToggleVisibility',
    );
    if (found === undefined)
      throw new Error(`There is no “${title}” on: ${message.text}\nThere is: ${message.buttons.join(', ')}`);
    return found;
  };
  const invoke = async (
    who: string,
    message: { readonly id: string | undefined; readonly where: string },
    name: string,
    value: Json,
  ) => {
    const answer = await teams.client.invoke(idOf(who), message.where, message.id, name, value);
    await coxswain.settle();
    return answer;
  };
  type Send = (data: JsonObject) => Promise<{ readonly body?: Json }>;
  const dialogOf = (body: unknown, send: Send): Dialog | undefined => {
    const task = (
      body as
        | { task?: { type: string; value: { title?: string; card?: { content: JsonObject } } | string } }
        | undefined
    )?.task;
    if (task === undefined) return undefined;
    const card = typeof task.value === 'string' ? undefined : task.value.card?.content;
    return {
      title: typeof task.value === 'string' ? '' : (task.value.title ?? ''),
      text: typeof task.value === 'string' ? task.value : `${task.value.title ?? ''}\n${wordsOf(card)}`,
      buttons: actionsOf(card).map((a) => a.title),
      async press(title) {
        const found = actionsOf(card).find((a) => a.title === title && a.data !== undefined);
        if (found?.data === undefined) throw new Error(`There is no “${title}” in the dialog.`);
        return dialogOf((await send(found.data)).body, send);
      },
      async submit(typed) {
        const data = { ...actionsOf(card).find((a) => a.data !== undefined)?.data, ...typed };
        return dialogOf((await send(data)).body, send);
      },
    };
  };
  async function act(who: string, on: { where: string; id: string | undefined }, commandId: string) {
    const fetched = await invoke(who, on, 'composeExtension/fetchTask', { commandId });
    const opened = dialogOf(fetched.body, (data) =>
      invoke(who, on, 'composeExtension/submitAction', { commandId, data }),
    );
    if (opened === undefined) throw new Error(`No dialog opened for “${commandId}”.`);
    return opened;
  }
  return {
    shown,
    async say(who, where, text, options) {
      const before = new Set(shown(where).map((m) => m.id));
      await teams.client.say(idOf(who), where, text, options);
      await coxswain.settle();
      return shown(where, who).filter((m) => !before.has(m.id));
    },
    async press(who, message, title, typed = {}) {
      const { type, verb = '', data = {} } = action(message, title);
      const value = { action: { type, verb, data: { ...data, ...typed } }, trigger: 'manual' };
      const { status, body } = await invoke(who, message, 'adaptiveCard/action', value);
      const answer = (body as { value?: unknown } | undefined)?.value;
      return { status, text: typeof answer === 'string' ? answer : wordsOf(answer) };
    },
    async dialog(who, message, title) {
      const { data = {} } = action(message, title);
      const fetched = await invoke(who, message, 'task/fetch', { data, context: { theme: 'default' } });
      const opened = dialogOf(fetched.body, (answers) =>
        invoke(who, message, 'task/submit', { data: answers }),
      );
      if (opened === undefined) throw new Error(`No dialog opened for “${title}”.`);
      return opened;
    },
    shortcut: (who, where, id, commandId) => act(who, { where, id }, commandId),
    start: (who, where, commandId) => act(who, { where, id: undefined }, commandId),
  };
}
