import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ENGINES, freshUrl, testFolder } from '../support/databases.ts';
import { TEST_KEY, startCoxswain } from '../support/coxswain.ts';
import { foundClaims } from '../stories/crew.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const run = promisify(execFile);

/** `coxswain …` in a process of its own. */
async function coxswain(databaseUrl: string, words: readonly string[], key = TEST_KEY) {
  const env = { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, COXSWAIN_ENCRYPTION_KEY: key };
  try {
    const { stdout, stderr } = await run(process.execPath, [CLI, ...words], { env, cwd: testFolder() });
    return { code: 0, says: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, says: stdout + stderr };
  }
}

const STACK = /\bat .*\.ts:\d+/;

describe.each(ENGINES)('backup, restore and the doctor on the command line, %s', (engine) => {
  test('beside a running Coxswain, and back into a new database', { timeout: 120_000 }, async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const file = join(testFolder(), 'copy.ndjson.gz');
    const made = await coxswain(c.databaseUrl, ['backup', file]);
    expect(made).toMatchObject({ code: 0, says: expect.stringContaining('verified.') });
    const again = await coxswain(c.databaseUrl, ['backup', file]);
    expect(again).toMatchObject({ code: 1, says: expect.stringContaining('is there already') });

    const target = await freshUrl(engine);
    const restored = await coxswain(target, ['restore', file]);
    expect(restored).toMatchObject({ code: 0, says: expect.stringContaining('restored and verified') });
    const well = await coxswain(target, ['doctor']);
    expect(well.says).toMatch(/ok {5} database: .*\n/);
    expect(well.says).toContain('Harbour Insurance: whole');
    expect(well.says).not.toContain('FAULT');
    expect(well.code).toBe(0);

    const foreign = await coxswain(target, ['doctor'], Buffer.alloc(32, 9).toString('base64'));
    expect(foreign.code).toBe(1);
    expect(foreign.says).toContain('Harbour Insurance: BROKEN');
  });

  test('wrongly: each is told what to type instead', { timeout: 120_000 }, async () => {
    const target = await freshUrl(engine);
    const damaged = join(testFolder(), 'damaged.ndjson.gz');
    writeFileSync(damaged, 'not a backup');
    const wrong = [
      [['restore', damaged], 'cut off or altered'],
      [['restore', join(testFolder(), 'gone.db')], 'There is no file'],
      [['backup'], 'coxswain backup'],
      [['doctor', 'now'], '“now”'],
    ] as const;
    for (const [words, says] of wrong) {
      const answer = await coxswain(target, words);
      expect(answer).toMatchObject({ code: 1, says: expect.stringContaining(says) });
      expect(answer.says).not.toMatch(STACK);
    }
  });
});
