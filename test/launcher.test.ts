import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';

const run = promisify(execFile);
const bin = join(import.meta.dirname, '..', 'bin');

/** What the launcher says to a Node of this version; it is plain JavaScript, so it is asked in its own process. */
async function saysTo(version: string): Promise<string> {
  const script = `import { nodeComplaint } from ${JSON.stringify(join(bin, 'node-version.js'))};
    process.stdout.write(nodeComplaint(${JSON.stringify(version)}) ?? 'welcome');`;
  return (await run(process.execPath, ['--input-type=module', '-e', script])).stdout;
}

test('an old Node is told in a sentence what is needed and what to do', async () => {
  const words = await saysTo('20.20.2');
  expect(words).toContain('needs Node 24 or newer, and this is Node 20.20.2');
  expect(words).toContain('npm start');
  expect(words).toContain('https://nodejs.org');
});

test.each(['24.0.0', '26.1.0', '100.0.0'])('Node %s may come in', async (version) => {
  expect(await saysTo(version)).toBe('welcome');
});

test('the check before the tests passes on the Node that runs them', async () => {
  await expect(run(process.execPath, [join(bin, 'require-node.js')])).resolves.toMatchObject({ stderr: '' });
});

test('a signal to “npm start” stops Coxswain, not only npm', { timeout: 60_000 }, async () => {
  // A group of its own, so that nothing of it is left when this fails.
  const npm = spawn('npm', ['start', '--', '--empty'], {
    cwd: join(bin, '..'),
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  onTestFinished(() => {
    try {
      process.kill(-npm.pid!, 'SIGKILL');
    } catch {
      // All of it has ended.
    }
  });
  let said = '';
  npm.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const slow = { timeout: 40_000, interval: 100 };
  await vi.waitFor(() => expect(said).toContain('/sandbox'), slow);
  const [address = ''] = /http:\/\/[\d.:]+/.exec(said) ?? [];
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  npm.kill('SIGTERM');
  await vi.waitFor(() => expect(fetch(`${address}/healthz`)).rejects.toThrow('fetch failed'), slow);
});
