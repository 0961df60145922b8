import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '../support/databases.ts';
import { TEST_KEY } from '../support/coxswain.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const run = promisify(execFile);
const KEY = { COXSWAIN_ENCRYPTION_KEY: TEST_KEY };
/** Nothing listens on this port. */
const NOWHERE = '127.0.0.1:1';

interface Ended {
  readonly code: number;
  readonly said: string;
  readonly logged: string;
}

/** `coxswain …` in a process of its own; all of these end by themselves. */
async function coxswain(words: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const options = { env: { PATH: process.env['PATH'], ...env }, cwd: folder() };
  try {
    const { stdout, stderr } = await run(process.execPath, [CLI, ...words], options);
    return { code: 0, said: stderr, logged: stdout };
  } catch (error) {
    const { code, stderr, stdout } = error as { code: number; stderr: string; stdout: string };
    return { code, said: stderr, logged: stdout };
  }
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'coxswain-cli-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A Slack that knows these tokens and no other. */
async function slackThatKnows(...tokens: string[]): Promise<string> {
  const server: Server = createServer((req, res) => {
    const known = tokens.includes(req.headers.authorization?.replace('Bearer ', '') ?? '');
    const answer = known ? { ok: true, team_id: 'T1', user_id: 'U1' } : { ok: false, error: 'invalid_auth' };
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
}

const onSlack = (apiUrl: string) => ({
  ...KEY,
  DATABASE_URL: `file:${join(folder(), 'c.db')}`,
  PORT: '0',
  SLACK_BOT_TOKEN: 'xoxb-hunter2',
  SLACK_APP_TOKEN: 'xapp-hunter2',
  SLACK_API_URL: apiUrl,
});

test.each([
  [
    ['start', '--emtpy'],
    '“coxswain start” does not know “--emtpy”. Did you mean “--empty”?\nFor example: coxswain start --empty\n',
  ],
  [['strat'], 'There is no command “strat”. Did you mean “start”?\nFor example: coxswain start\n'],
  [
    ['audit', 'verfy'],
    '“coxswain audit” does not know “verfy”. Did you mean “verify”?\nFor example: coxswain audit verify\n',
  ],
  [['audit'], '“audit” needs a verb.\nFor example: coxswain audit verify\n'],
])('%j is answered with the nearest word', async (words, said) => {
  expect(await coxswain(words)).toEqual({ code: 1, said, logged: '' });
});

test('who reads only the beginning gets no stack trace, and the rest is done', async () => {
  const url = `file:${join(folder(), 'c.db')}`;
  const child = spawn(process.execPath, [CLI, 'migrate'], {
    env: { PATH: process.env['PATH'], DATABASE_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  expect({ code, said }).toEqual({ code: 0, said: '' });
  expect(await coxswain(['audit', 'verify'], { ...KEY, DATABASE_URL: url })).toMatchObject({
    said: 'There is no organisation in this database yet.\n',
  });
});

test('without its key the audit log is not called broken, and no key is made', async () => {
  const data = folder();
  const url = `file:${join(data, 'c.db')}`;
  expect(await coxswain(['migrate'], { DATABASE_URL: url })).toMatchObject({ code: 0 });
  const { code, said, logged } = await coxswain(['audit', 'verify'], { DATABASE_URL: url });
  expect({ code, logged }).toEqual({ code: 1, logged: '' });
  expect(said).toMatch(/^Set COXSWAIN_ENCRYPTION_KEY /);
  expect(existsSync(join(data, 'encryption.key'))).toBe(false);
});

test(
  'a database without an organisation, or without any table, is no success',
  { timeout: 60_000 },
  async () => {
    const said = 'There is no organisation in this database yet.\n';
    const url = `file:${join(folder(), 'c.db')}`;
    await coxswain(['migrate'], { DATABASE_URL: url });
    const bare = join(folder(), 'bare.db');
    writeFileSync(bare, '');
    for (const DATABASE_URL of [url, `file:${bare}`, (await testDatabase('postgres')).url]) {
      expect(await coxswain(['audit', 'verify'], { ...KEY, DATABASE_URL })).toEqual({
        code: 1,
        said,
        logged: '',
      });
    }
  },
);

test.each([['audit', 'verify'], ['doctor'], ['backup', 'b.db'], ['keys', 'status']])(
  '%s: a database file that is not there is named, and not made',
  async (...words) => {
    const data = join(folder(), 'data');
    const file = join(data, 'c.db');
    // In the wrong folder no .env is read either: not the missing key is told, but the folder.
    const { code, said } = await coxswain(words, { DATABASE_URL: `file:${file}` });
    expect({ code, said }).toEqual({
      code: 1,
      said: `There is no file ${file}, where DATABASE_URL says that the database is. Check the path, and the folder you are in.\n`,
    });
    expect(existsSync(data)).toBe(false);
  },
);

test.each([['audit', 'verify'], ['migrate'], ['start']])(
  '%s: a file that is no database',
  async (...words) => {
    const file = join(folder(), 'letter.db');
    writeFileSync(file, 'Dear colleagues, '.repeat(100));
    const env = { ...onSlack(`http://${NOWHERE}/`), DATABASE_URL: `file:${file}` };
    const said =
      'The file that DATABASE_URL names is not a SQLite database. Name another file, or a new one.\n';
    expect(await coxswain(words, env)).toEqual({ code: 1, said, logged: '' });
  },
);

test.each([['audit', 'verify'], ['migrate'], ['start']])(
  '%s: PostgreSQL does not answer',
  async (...words) => {
    const env = {
      ...onSlack(`http://${NOWHERE}/`),
      DATABASE_URL: `postgres://me:hunter2@${NOWHERE}/coxswain`,
    };
    const said =
      'The database server in DATABASE_URL does not answer. Check its host and port, and that PostgreSQL runs there.\n';
    expect(await coxswain(words, env)).toEqual({ code: 1, said, logged: '' });
  },
);

test('PostgreSQL has no such database', async () => {
  const url = new URL((await testDatabase('postgres')).url);
  url.pathname = '/nowhere';
  const { code, said } = await coxswain(['migrate'], { DATABASE_URL: url.href });
  expect({ code, said }).toEqual({
    code: 1,
    said: 'The database that DATABASE_URL names does not exist on that server. Create it, or name another one.\n',
  });
});

test('details come only when they are asked for, and without secrets', async () => {
  const env = { DATABASE_URL: `postgres://me:hunter2@${NOWHERE}/coxswain`, LOG_LEVEL: 'debug' };
  const { said, logged } = await coxswain(['migrate'], env);
  expect(said).not.toContain('    at ');
  expect(logged).toContain('ECONNREFUSED');
  expect(said + logged).not.toContain('hunter2');
});

test(
  'another key than the one of the database is told at the start, and seals nothing',
  { timeout: 60_000 },
  async () => {
    const env = onSlack(await slackThatKnows('xoxb-hunter2'));
    // Its app token is refused, by then the organisation is there.
    expect((await coxswain(['start'], env)).said).toContain('SLACK_APP_TOKEN');
    const other = { ...env, COXSWAIN_ENCRYPTION_KEY: Buffer.alloc(32, 8).toString('base64') };
    const { code, said } = await coxswain(['start'], other);
    expect({ code, said }).toEqual({
      code: 1,
      said: 'COXSWAIN_ENCRYPTION_KEY is not the key of this database: its audit log was sealed with another one. Put that one back; or, if you are changing it, put the one before into COXSWAIN_ENCRYPTION_KEYS_OLD.\n',
    });
    expect(await coxswain(['audit', 'verify'], env)).toMatchObject({ code: 0 });
    const changing = { ...other, COXSWAIN_ENCRYPTION_KEYS_OLD: env.COXSWAIN_ENCRYPTION_KEY };
    expect((await coxswain(['start'], changing)).said).toContain('SLACK_APP_TOKEN');
  },
);

test('Slack does not answer', async () => {
  const { code, said } = await coxswain(['start'], onSlack(`http://${NOWHERE}/api/`));
  expect({ code, said }).toEqual({
    code: 1,
    said: 'Slack does not answer. Check that a server listens at SLACK_API_URL.\n',
  });
});

test.each([
  ['SLACK_BOT_TOKEN', []],
  ['SLACK_APP_TOKEN', ['xoxb-hunter2']],
])('Slack refuses %s', async (variable, known) => {
  const { code, said, logged } = await coxswain(['start'], onSlack(await slackThatKnows(...known)));
  expect(code).toBe(1);
  expect(said).toMatch(new RegExp(`^Slack refuses ${variable} \\(invalid_auth\\)\\. Copy it again .*\\n$`));
  expect(said + logged).not.toContain('hunter2');
});
