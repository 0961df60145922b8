import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { foundClaims } from '../stories/crew.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { newToken } from '../support/machine.ts';

const run = promisify(execFile);
const PAGE = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
const blocks = [...PAGE.matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block ?? '');

test('every command of docs/api.md works as printed', { timeout: 60_000 }, async () => {
  const c = await startCoxswain('sqlite');
  await foundClaims(c);
  const { token, id, secret } = await newToken(c, 'docs scope=readings,read,issues,alerts');
  const given: Record<string, string> = {
    COXSWAIN_URL: c.running.url,
    COXSWAIN_TOKEN: token,
    COXSWAIN_SIGNING_SECRET: secret,
    COXSWAIN_SENDER: id,
  };
  expect(blocks.length).toBeGreaterThan(8);
  const answers: string[] = [];
  for (const block of blocks) {
    // What stands there for the reader's own values is replaced; the rest runs as it is printed.
    const lines = block.replaceAll(
      /\b(COXSWAIN_\w+)=(?:cxs_your-token|your-\S+|https:\S+)/g,
      (_, name: string) => {
        if (given[name] === undefined) throw new Error(`the page uses ${name}, which the test does not know`);
        return `${name}=${given[name]}`;
      },
    );
    const env = { PATH: process.env['PATH'] ?? '', ...given };
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', lines], { env });
    if (stdout !== '') answers.push(stdout);
  }
  expect(answers).toHaveLength(blocks.length - 1);
  const shown = /```json\n(\{\n  "accepted"[^]*?)```/.exec(PAGE)?.[1] ?? '';
  expect(JSON.parse(answers[0]!)).toEqual(JSON.parse(shown));
  expect(answers.slice(-3).map((text) => JSON.parse(text).alerts[0].outcome)).toEqual([
    'opened',
    'opened',
    'settled',
  ]);
});
