import { onTestFinished } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../sandbox/start.ts';
import type { Workspace } from '../../sandbox/slack/workspace.ts';
import { moveClock } from '../../jobs/engine.ts';
import { type Instant, type MoveableClock, type Wall, frozenClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config.ts';
import type { App } from '../../src/context.ts';
import { type Log, silentLog } from '../../src/log.ts';
import { type Engine, freshUrl } from './databases.ts';

/** 32 bytes that nobody else uses. */
export const TEST_KEY = Buffer.alloc(32, 7).toString('base64');

/** An instant of 2026 by Berlin's winter clock: `berlin('11-13 16:00')`. */
export const berlin = (text: string): Instant => Date.parse(`2026-${text.replace(' ', 'T')}:00+01:00`);

export interface StartOptions {
  /** Business time at the start; it stands still until it is moved. */
  readonly at?: Instant;
  readonly wall?: Wall;
  readonly log?: Log;
  readonly databaseUrl?: string;
  /** Requests a minute of one API token. */
  readonly apiRate?: number;
  /** Further settings, as variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The whole bot with a Slack workspace and a Teams tenant around it, over real HTTP. Work runs when it is drained. */
export interface TestCoxswain {
  readonly running: RunningSandbox;
  readonly databaseUrl: string;
  readonly app: App;
  readonly slack: Workspace;
  readonly clock: MoveableClock;
  readonly org: string;
  /** The one-time code of the first start. */
  readonly adminCode: string;
  /** Moves business time through everything that becomes due on the way. */
  until(at: Instant): Promise<void>;
  /** Runs what is due and waits until it is on display. */
  settle(): Promise<void>;
}

/** Starts Coxswain for the running test; it is stopped, and its data removed, when the test is over. */
export async function startCoxswain(engine: Engine, options: StartOptions = {}): Promise<TestCoxswain> {
  const databaseUrl = options.databaseUrl ?? (await freshUrl(engine, { migrated: true }));
  const config = loadConfig({
    DATABASE_URL: databaseUrl,
    COXSWAIN_ENCRYPTION_KEY: TEST_KEY,
    PORT: '0',
    ...options.env,
  });
  const clock = frozenClock(options.at ?? berlin('11-09 10:00'));
  const running = await startSandbox(config, options.log ?? silentLog, {
    empty: true,
    clock,
    ticking: false,
    databaseUrl,
    ...(options.wall === undefined ? {} : { wall: options.wall }),
    ...(options.apiRate === undefined ? {} : { apiRate: options.apiRate }),
  });
  onTestFinished(() => running.stop());
  const { coxswain } = running;
  const adminCode = /admin claim (\S+)/.exec(running.greeting.join('\n'))?.[1] ?? '';
  return {
    running,
    databaseUrl,
    app: coxswain.app,
    slack: running.slack.workspace,
    clock,
    org: running.org(),
    adminCode,
    async until(at) {
      await moveClock(coxswain.app, coxswain.engine, clock, at);
      await coxswain.settle();
    },
    settle: () => coxswain.settle(),
  };
}
