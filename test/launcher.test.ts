import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

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
