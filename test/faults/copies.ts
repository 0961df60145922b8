import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { TEST_KEY, type TestCoxswain } from '../support/coxswain.ts';
import type { CopyOptions } from './copy.ts';

const COPY = fileURLToPath(new URL('copy.ts', import.meta.url));

export interface Copy {
  /** Resolves when it works. */
  readonly working: Promise<unknown>;
  /** `kill -9`: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
}

/** Another process on the same database and the same workspace; killed at the latest when the test is over. */
export function startCopy(c: TestCoxswain, { ahead = 0 } = {}): Copy {
  const { botToken, signingSecret } = c.slack.state.setup;
  const options: CopyOptions = {
    databaseUrl: c.databaseUrl,
    masterKey: TEST_KEY,
    org: c.org,
    botToken,
    signingSecret,
    apiUrl: c.slack.apiUrl(),
    at: c.clock.now(),
    ahead,
  };
  const child: ChildProcess = fork(COPY, [JSON.stringify(options)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const gone = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  onTestFinished(kill);
  return { working: Promise.race([once(child, 'message'), gone]), kill };
}
