import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GIVE_UP_MS = 30_000;
const BARE = `require('node:http').createServer((req, res) => res.end('{}')).listen(Number(process.env.PORT), '127.0.0.1')`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => void server.close(resolve));
  return port;
}

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.ok,
    () => false,
  );

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => void child.once('exit', resolve));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(force);
}

/** Milliseconds from the spawn of a process to its first answer. */
async function untilAnswer(args: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'coxswain-bench-'));
  const port = await freePort();
  // Nothing of whoever runs the benchmark: no credentials, so the sandbox; no database but this one.
  const env = {
    PATH: process.env['PATH'],
    PORT: String(port),
    DATABASE_URL: `file:${join(folder, 'x.db')}`,
    LOG_LEVEL: 'error',
  };
  const since = performance.now();
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    while (!(await answers(`http://127.0.0.1:${port}/healthz`))) {
      if (performance.now() - since > GIVE_UP_MS || child.exitCode !== null)
        throw new Error(`${args[0]} did not start`);
      await new Promise((resolve) => void setTimeout(resolve, 5));
    }
    return performance.now() - since;
  } finally {
    await stopped(child);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The whole of Coxswain in its sandbox, empty. */
export const startMs = (): Promise<number> => untilAnswer(['bin/coxswain.js', 'start', '--empty']);

/** A server of Node alone. */
export const startBareMs = (): Promise<number> => untilAnswer(['-e', BARE]);
