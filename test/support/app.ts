import { claimFollowUp, endFollowUp, followUpsDue } from '../../db/work.ts';
import { claimAdmin, createOrg, grantRole, learnChannel, meetPerson } from '../../src/actions/org/index.ts';
import type { AnyAction, Action } from '../../src/actions/action.ts';
import { actionNamed } from '../../src/actions/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { type Instant, type MoveableClock, frozenClock, wall } from '../../src/clock.ts';
import type { Actor, App, Ctx } from '../../src/context.ts';
import { type Keys, deriveKeys } from '../../src/keys.ts';
import { silentLog } from '../../src/log.ts';
import { noTelemetry } from '../../src/telemetry/telemetry.ts';
import type { Json } from '../../src/ui/card.ts';
import { type Engine, type TestDatabase, testDatabase } from './databases.ts';

/** Monday, 09:00 in Berlin. */
export const MONDAY: Instant = Date.UTC(2026, 10, 16, 8, 0);

/** Ana is admin, Dana reviewer, the others are members. */
const NAMES = {
  ana: 'Ana Flores',
  bo: 'Bo Lindqvist',
  cem: 'Cem Yıldız',
  dana: 'Dana Okafor',
  eli: 'Eli Novak',
};
export type Who = keyof typeof NAMES;
const WHO = ['ana', 'bo', 'cem', 'dana', 'eli'] as const satisfies readonly Who[];

/** One organisation, seen from a test. */
export interface TestOrg {
  readonly org: string;
  /** Slack team of everybody and of every channel. */
  readonly tenant: string;
  /** Person ids. */
  readonly people: Readonly<Record<Who, string>>;
  ctxOf(who: Who, requestKey?: string): Ctx;
  /** Coxswain itself: a follow-up, or with `actor` anything else. */
  ctxAs(actor?: Actor): Ctx;
  /** An action by one of the five, by `coxswain`, or by any context. */
  act<I, R extends Json | void>(
    by: Who | 'coxswain' | Ctx,
    action: Action<I, R>,
    input: unknown,
    key?: string,
  ): Promise<R>;
  /** Makes a channel that Coxswain was invited to, and returns its id. */
  channel(name: string): Promise<string>;
  /** Meets somebody else, and returns the person id. */
  meet(name: string, more?: { guest?: boolean }): Promise<string>;
  /** Runs the follow-ups that are due, and theirs, as the engine would; returns the actions' names. */
  follow(): Promise<string[]>;
}

export interface TestApp extends TestOrg {
  readonly engine: Engine;
  readonly database: TestDatabase;
  readonly app: App;
  readonly clock: MoveableClock;
  readonly keys: Keys;
  /** Moves business time forward. */
  advance(ms: number): void;
  /** How often an action left work behind. */
  kicks(): number;
  /** One more organisation with the same five names in the same database. */
  found(name: string): Promise<TestOrg>;
}

/** Coxswain without platforms: a fresh store, a clock that stands still, one organisation with five people. */
export async function testApp(engine: Engine): Promise<TestApp> {
  const database = await testDatabase(engine);
  const clock = frozenClock(MONDAY);
  const keys = deriveKeys(new Uint8Array(32).fill(7));
  let kicks = 0;
  const kick = () => {
    kicks += 1;
  };
  const app: App = { store: database.store, clock, wall, keys, log: silentLog, telemetry: noTelemetry, kick };
  return {
    ...(await foundOrg(app, 'Harbour Insurance')),
    engine,
    database,
    app,
    clock,
    keys,
    advance: (ms) => clock.moveTo(clock.now() + ms),
    kicks: () => kicks,
    found: (name) => foundOrg(app, name),
  };
}

async function foundOrg(app: App, name: string): Promise<TestOrg> {
  const { id: org, adminCode } = await createOrg(app, { name, zone: 'Europe/Berlin' });
  const tenant = `T-${name}`;
  const ctxAs = (actor: Actor = { kind: 'system', cause: 1 }): Ctx => ({ ...app, org, actor });
  const meet = async (ref: string, called: string, guest: boolean) => {
    const user = {
      platform: 'slack',
      tenant,
      ref,
      name: called,
      email: `${ref}@example.com`,
      guest,
      admin: false,
    };
    return (await perform(ctxAs(), meetPerson, user)).person;
  };
  const people = { ana: '', bo: '', cem: '', dana: '', eli: '' };
  for (const who of WHO) people[who] = await meet(who, NAMES[who], false);
  const ctxOf = (who: Who, requestKey?: string): Ctx => ({
    ...ctxAs({ kind: 'person', person: people[who] }),
    ...(requestKey === undefined ? {} : { requestKey }),
  });
  const act: TestOrg['act'] = (by, action, input, key) => {
    const ctx = by === 'coxswain' ? ctxAs() : typeof by === 'string' ? ctxOf(by) : by;
    return perform(ctx, action, input, key);
  };
  await act('ana', claimAdmin, { code: adminCode });
  await act('ana', grantRole, { person: people.dana, role: 'reviewer' });
  return {
    org,
    tenant,
    people,
    ctxOf,
    ctxAs,
    act,
    channel: async (ref) => {
      const place = {
        platform: 'slack',
        tenant,
        ref,
        name: ref,
        kind: 'channel',
        conversation: {},
        active: true,
      };
      return (await act('coxswain', learnChannel, place)).channel;
    },
    meet: (called, { guest = false } = {}) => meet(called.toLowerCase(), called, guest),
    follow: () => followIn(app, org, ctxAs),
  };
}

async function followIn(app: App, org: string, ctxAs: TestOrg['ctxAs']): Promise<string[]> {
  const ran: string[] = [];
  for (;;) {
    const now = app.clock.now();
    const due = (await followUpsDue(app.store.read, now, app.wall.now(), 100)).filter(
      (row) => row.org === org,
    );
    if (due.length === 0) return ran;
    for (const { id } of due) {
      const row = await app.store.write((tx) => claimFollowUp(tx, org, id, now, app.wall.now(), 60_000));
      if (row === undefined) throw new Error('a follow-up that is due can be claimed');
      const action: AnyAction = actionNamed(row.action);
      await perform(ctxAs({ kind: 'system', cause: row.cause }), action, row.input, `follow:${id}`);
      await app.store.write((tx) => endFollowUp(tx, org, id, { state: 'done' }));
      ran.push(row.action);
    }
  }
}
