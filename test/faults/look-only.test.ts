import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backup } from '../../src/cli/backup.ts';
import { keysRotate, keysStatus } from '../../src/cli/keys.ts';
import { restore } from '../../src/cli/restore.ts';
import { loadConfig } from '../../src/config.ts';
import { testApp } from '../support/app.ts';
import { ENGINES, testFolder } from '../support/databases.ts';

const base64 = (byte: number) => Buffer.alloc(32, byte).toString('base64');

/** A database with an organisation that the version before this one left, and how many migrations it has had. */
async function older(engine: (typeof ENGINES)[number]) {
  const app = await testApp(engine);
  const { database } = app;
  const table = engine === 'sqlite' ? '__drizzle_migrations' : 'drizzle.__drizzle_migrations';
  await database.sql(`DELETE FROM ${table} WHERE id = (SELECT max(id) FROM ${table})`);
  const config = loadConfig({
    DATABASE_URL: database.url,
    COXSWAIN_ENCRYPTION_KEY: base64(9),
    COXSWAIN_ENCRYPTION_KEYS_OLD: base64(7),
  });
  const migrations = async () => (await database.sql(`SELECT id FROM ${table}`)).length;
  return { app, config, migrations };
}

describe.each(ENGINES)('a database that has the schema of an older version, %s', (engine) => {
  test('is only looked at, and left as it is', async () => {
    const { config, migrations } = await older(engine);
    const before = await migrations();
    const silent = () => undefined;
    const copy = join(testFolder(), 'copy.ndjson.gz');
    await expect(keysStatus(config, silent)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('the schema of an older version'),
      hint: 'coxswain migrate',
    });
    await expect(keysRotate(config, silent)).rejects.toMatchObject({ hint: 'coxswain migrate' });
    await expect(backup(config, copy, silent)).rejects.toMatchObject({ hint: 'coxswain migrate' });
    expect(existsSync(copy)).toBe(false);
    expect(await migrations()).toBe(before);
  });

  test('is not migrated by a restore that is refused', async () => {
    const whole = await testApp(engine);
    const copy = join(testFolder(), 'copy.ndjson.gz');
    const key = { COXSWAIN_ENCRYPTION_KEY: base64(7) };
    await backup(loadConfig({ ...key, DATABASE_URL: whole.database.url }), copy, () => undefined);
    const { app, migrations } = await older(engine);
    const before = await migrations();
    const into = loadConfig({ ...key, DATABASE_URL: app.database.url });
    await expect(restore(into, { path: copy, replace: false }, () => undefined)).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await migrations()).toBe(before);
  });
});
