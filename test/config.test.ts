import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { sandboxKey } from '../src/data-key.ts';
import { CoxswainError } from '../src/errors.ts';
import { VARIABLES, VARIABLE_NAMES } from '../src/variables.ts';

type Env = Record<string, string>;

const KEY = Buffer.alloc(32, 7).toString('base64');
const TENANT = '11111111-2222-4333-8444-555555555555';
const slack: Env = {
  SLACK_BOT_TOKEN: 'xoxb-1-token',
  SLACK_SIGNING_SECRET: '0123456789abcdef0123',
  COXSWAIN_ENCRYPTION_KEY: KEY,
};
const teams: Env = {
  MICROSOFT_APP_ID: TENANT,
  MICROSOFT_APP_PASSWORD: 'pass~word',
  MICROSOFT_APP_TENANT_ID: TENANT,
  COXSWAIN_ENCRYPTION_KEY: KEY,
};
const without = (env: Env, name: string): Env =>
  Object.fromEntries(Object.entries(env).filter(([key]) => key !== name));

function refusal(env: Env): CoxswainError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof CoxswainError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

/** `NAME=value` and `#NAME=value` lines of .env.example; every other line is prose. */
const examples: [string, string][] = [
  ...readFileSync(new URL('../.env.example', import.meta.url), 'utf8').matchAll(
    /^#?([A-Z][A-Z0-9_]*)=(.*)$/gm,
  ),
].map((match) => [match[1] ?? '', match[2] ?? '']);

test('an empty environment starts the sandbox on this machine', () => {
  const config = loadConfig({});
  expect(config).toMatchObject({
    mode: 'sandbox',
    slack: undefined,
    teams: undefined,
    encryptionKey: undefined,
    dataFolder: 'data',
    timeZone: 'UTC',
    admins: [],
    host: '127.0.0.1',
    port: 3000,
    portMayMove: true,
    publicUrl: undefined,
    logLevel: 'warn',
  });
  expect(config.databaseUrl()).toBe('file:data/coxswain.db');
});

test('a variable that is set to nothing counts as not set', () => {
  expect(loadConfig({ SLACK_BOT_TOKEN: '', PORT: '  ', DATABASE_URL: '' }).mode).toBe('sandbox');
});

test('Slack credentials connect to Slack, and the server listens for other machines', () => {
  const config = loadConfig(slack);
  expect(config).toMatchObject({ mode: 'connected', host: '0.0.0.0', portMayMove: false, teams: undefined });
  expect(config.slack?.botToken?.()).toBe('xoxb-1-token');
  expect(config.slack?.signingSecret?.()).toBe('0123456789abcdef0123');
  expect(config.encryptionKey?.()).toEqual(Buffer.alloc(32, 7));
});

test('Socket Mode needs no signing secret', () => {
  const config = loadConfig({ ...without(slack, 'SLACK_SIGNING_SECRET'), SLACK_APP_TOKEN: 'xapp-1' });
  expect(config.slack?.appToken?.()).toBe('xapp-1');
  expect(config.slack?.signingSecret).toBeUndefined();
});

test('Teams credentials connect to Teams; the app is a single-tenant one unless told otherwise', () => {
  expect(loadConfig(teams).teams).toMatchObject({ appType: 'SingleTenant', tenantIds: [TENANT] });
  expect(loadConfig({ ...teams, MICROSOFT_APP_TYPE: 'MultiTenant' }).teams?.appType).toBe('MultiTenant');
});

test('several tenants stand with commas between them, the home of the app first', () => {
  const other = '22222222-3333-4444-5555-66666666ABCD';
  const list = ` ${TENANT.toUpperCase()}, ${other},${other.toLowerCase()} `;
  expect(loadConfig({ ...teams, MICROSOFT_APP_TENANT_ID: list }).teams?.tenantIds).toEqual([
    TENANT.toLowerCase(),
    other.toLowerCase(),
  ]);
  for (const wrong of [`${TENANT},`, `${TENANT} ${other}`, `${TENANT},contoso.example`, ','])
    expect(refusal({ ...teams, MICROSOFT_APP_TENANT_ID: wrong }).message).toContain('or several with commas');
});

test('a managed identity has no password', () => {
  const env = {
    ...without(teams, 'MICROSOFT_APP_PASSWORD'),
    MICROSOFT_APP_TYPE: 'UserAssignedMSI',
  };
  expect(loadConfig(env).teams?.appPassword).toBeUndefined();
});

test('a chosen port is kept, even in the sandbox', () => {
  expect(loadConfig({ PORT: '8080' })).toMatchObject({ port: 8080, portMayMove: false });
});

test('addresses, emails and files are brought into one form', () => {
  const config = loadConfig({
    PUBLIC_URL: 'https://coxswain.example.com/',
    COXSWAIN_ADMINS: ' Ada@Example.com, grace@example.com,',
    DATABASE_URL: 'file:/var/lib/coxswain/main.db',
  });
  expect(config.publicUrl).toBe('https://coxswain.example.com');
  expect(config.admins).toEqual(['ada@example.com', 'grace@example.com']);
  expect(config.dataFolder).toBe('/var/lib/coxswain');
});

test('every problem is told in one message, with the variable, the fault and an example', () => {
  const error = refusal({
    SLACK_BOT_TOKEN: 'xoxp-a-user-token',
    MICROSOFT_APP_ID: 'claims-bot',
    DATABASE_URL: 'mysql://db',
    COXSWAIN_TIME_ZONE: 'Mars/Olympus',
    PORT: '70000',
  });
  expect(error.code).toBe('invalid');
  expect(error.message).toBe(
    [
      '9 settings have to be mended before Coxswain can start:',
      '  SLACK_BOT_TOKEN is not a bot token: those begin with xoxb-. Example: SLACK_BOT_TOKEN=xoxb-your-bot-token',
      '  SLACK_SIGNING_SECRET is missing beside SLACK_BOT_TOKEN: set it to take requests over HTTP, or ' +
        'SLACK_APP_TOKEN to use Socket Mode. Example: SLACK_SIGNING_SECRET=your-signing-secret',
      '  MICROSOFT_APP_ID is not an application id: those are 32 hexadecimal digits in five groups. ' +
        'Example: MICROSOFT_APP_ID=00000000-0000-4000-8000-000000000001',
      '  MICROSOFT_APP_PASSWORD is missing beside MICROSOFT_APP_ID. ' +
        'Example: MICROSOFT_APP_PASSWORD=your-client-secret',
      '  MICROSOFT_APP_TENANT_ID is missing beside MICROSOFT_APP_ID: only tenants that stand there are served, ' +
        'so set the id of yours. Example: MICROSOFT_APP_TENANT_ID=00000000-0000-4000-8000-000000000002',
      '  DATABASE_URL is neither file:<path> nor postgres://user:password@host:port/database. ' +
        'Example: DATABASE_URL=file:data/coxswain.db',
      '  COXSWAIN_ENCRYPTION_KEY is missing beside SLACK_BOT_TOKEN; `openssl rand -base64 32` makes one. ' +
        'Example: COXSWAIN_ENCRYPTION_KEY=ZXhhbXBsZS1rZXktbWFrZS15b3VyLW93bi1wbGVhc2U=',
      '  COXSWAIN_TIME_ZONE is not a time zone of the IANA list. Example: COXSWAIN_TIME_ZONE=Europe/Berlin',
      '  PORT is not a port: a whole number from 0 to 65535. Example: PORT=3000',
    ].join('\n'),
  );
});

const refused: [string, Env, string][] = [
  ['a signing secret without a bot token', { SLACK_SIGNING_SECRET: '0123456789abcdef' }, 'SLACK_BOT_TOKEN'],
  ['an app token without a bot token', { SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
  ['an app id without a password', without(teams, 'MICROSOFT_APP_PASSWORD'), 'MICROSOFT_APP_PASSWORD'],
  ['a password without an app id', { MICROSOFT_APP_PASSWORD: 'secret' }, 'MICROSOFT_APP_ID'],
  ['Teams without a tenant', without(teams, 'MICROSOFT_APP_TENANT_ID'), 'MICROSOFT_APP_TENANT_ID'],
  [
    'an app of many tenants without the one it serves',
    { ...without(teams, 'MICROSOFT_APP_TENANT_ID'), MICROSOFT_APP_TYPE: 'MultiTenant' },
    'MICROSOFT_APP_TENANT_ID',
  ],
  ['an unknown app type', { ...teams, MICROSOFT_APP_TYPE: 'multi' }, 'MICROSOFT_APP_TYPE'],
  ['credentials without a key', without(slack, 'COXSWAIN_ENCRYPTION_KEY'), 'COXSWAIN_ENCRYPTION_KEY'],
  ['a key of 16 bytes', { COXSWAIN_ENCRYPTION_KEY: 'AAAAAAAAAAAAAAAAAAAAAA==' }, 'COXSWAIN_ENCRYPTION_KEY'],
  [
    'the published example key',
    { ...slack, COXSWAIN_ENCRYPTION_KEY: VARIABLES.COXSWAIN_ENCRYPTION_KEY.example },
    'COXSWAIN_ENCRYPTION_KEY',
  ],
  [
    'a Slack API on another machine',
    { ...slack, SLACK_API_URL: 'https://slack.example.com/' },
    'SLACK_API_URL',
  ],
  [
    'a name that only looks local',
    { ...slack, SLACK_API_URL: 'http://127.0.0.1.example.com/' },
    'SLACK_API_URL',
  ],
  ['a sandbox for other machines', { HOST: '0.0.0.0' }, 'HOST'],
  ['a public address in the clear', { PUBLIC_URL: 'http://coxswain.example.com' }, 'PUBLIC_URL'],
  ['an unknown log level', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  ['an admin without an address', { COXSWAIN_ADMINS: 'ada' }, 'COXSWAIN_ADMINS'],
];

test.each(refused)('%s is refused', (_, env, variable) => {
  expect(Object.keys(refusal(env).fields)).toEqual([variable]);
});

test('no message, dump or JSON shows a secret', () => {
  const secrets: Env = {
    SLACK_BOT_TOKEN: 'wrong-hunter2',
    SLACK_SIGNING_SECRET: 'hunter2',
    SLACK_APP_TOKEN: 'wrong-hunter2',
    MICROSOFT_APP_PASSWORD: 'hunter2 with a space',
    COXSWAIN_ENCRYPTION_KEY: 'hunter2',
    DATABASE_URL: 'mysql://coxswain:hunter2@db/coxswain',
  };
  const error = refusal(secrets);
  expect(Object.keys(error.fields).toSorted()).toEqual(
    [...Object.keys(secrets), 'MICROSOFT_APP_ID'].toSorted(),
  );
  expect(inspect(error, { depth: 9 })).not.toContain('hunter2');

  const config = loadConfig({ ...slack, ...teams, DATABASE_URL: 'postgres://me:hunter2@db/coxswain' });
  const shown = inspect(config, { depth: 9 }) + JSON.stringify(config);
  for (const value of ['hunter2', ...Object.values(slack), 'pass~word']) expect(shown).not.toContain(value);
});

test('.env.example names every variable once, with the example of its schema, and no other', () => {
  expect(examples.map(([name]) => name).toSorted()).toEqual([...VARIABLE_NAMES].toSorted());
  for (const [name, value] of examples) expect({ [name]: value }).toEqual({ [name]: exampleOf(name) });
});

test.each(examples)('the example of %s fits its schema', (name, value) => {
  expect(VARIABLE_NAMES.filter((known) => known === name)).toHaveLength(1);
  for (const known of VARIABLE_NAMES) {
    if (known === name) expect(VARIABLES[known].schema.safeParse(value).success).toBe(true);
  }
});

test('.env.example with a key of one’s own configures both platforms', () => {
  const config = loadConfig({ ...Object.fromEntries(examples), COXSWAIN_ENCRYPTION_KEY: KEY });
  expect(config.mode).toBe('connected');
  expect(config.slack).toBeDefined();
  expect(config.teams).toBeDefined();
});

test('the sandbox makes its key once, for its owner only', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coxswain-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const data = join(folder, 'data');
  const key = sandboxKey(data);
  expect(key).toHaveLength(32);
  expect(sandboxKey(data)).toEqual(key);
  const file = join(data, 'encryption.key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, 'short');
  expect(() => sandboxKey(data)).toThrow(/encryption\.key does not hold a key of 32 bytes/);
});

function exampleOf(name: string): string | undefined {
  return Object.entries(VARIABLES).find(([known]) => known === name)?.[1].example;
}
