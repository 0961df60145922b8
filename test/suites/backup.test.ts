import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../db/open.ts';
import { rowsOf, tableNames } from '../../db/portable.ts';
import type { Store } from '../../db/store.ts';
import { newIssue } from '../../src/actions/issue/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { backup } from '../../src/cli/backup.ts';
import { restore } from '../../src/cli/restore.ts';
import { loadConfig } from '../../src/config.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import type { TestApp } from '../support/app.ts';
import { TEST_KEY } from '../support/coxswain.ts';
import { ENGINES, OPEN, fileOf, freshUrl, testFolder } from '../support/databases.ts';
import { busyOrg } from '../support/two-orgs.ts';

const configOf = (url: string, key = TEST_KEY) =>
  loadConfig({ DATABASE_URL: url, COXSWAIN_ENCRYPTION_KEY: key });

/** Runs one of the commands; what it said, line by line. */
async function back(url: string, path: string): Promise<string[]> {
  const said: string[] = [];
  await backup(configOf(url), path, (line) => said.push(line));
  return said;
}
const putBack = (url: string, path: string, { replace = false, key = TEST_KEY } = {}) =>
  restore(configOf(url, key), { path, replace }, () => undefined);

async function opened(url: string): Promise<Store> {
  const store = await openStore(url, OPEN);
  onTestFinished(() => store.close());
  return store;
}

/** Every row of every table. */
const everything = (store: Store) =>
  store.snapshot(async (db) => {
    const all: Record<string, unknown[]> = {};
    for (const name of tableNames(db)) {
      const rows: unknown[] = (all[name] = []);
      for await (const row of rowsOf(db, name)) rows.push(row);
    }
    return all;
  });

/** Writes without a pause until it is told to stop; how many changes that were. */
function underLoad(app: TestApp): () => Promise<number> {
  const state = { going: true };
  let changes = 0;
  const write = async () => {
    while (state.going) {
      await app.act('eli', newIssue, { seat: 'claims', title: `Issue ${changes}`, severity: 4 });
      const reading = { seat: 'claims', metric: 'acceptance', value: changes % 100, correct: true };
      await app.act('bo', logReadings, { readings: [reading] }).catch(() => undefined);
      changes += 1;
    }
  };
  const running = Promise.all([write(), write()]);
  return async () => {
    state.going = false;
    await running;
    return changes;
  };
}

const portable = () => join(testFolder(), 'coxswain.ndjson.gz');

describe.each(ENGINES)('a backup of %s', (engine) => {
  test('made under load is one moment, and is restored on both engines', { timeout: 120_000 }, async () => {
    const { app } = await busyOrg(engine);
    const before = await verifyAudit(app.app.store, app.keys, app.org);
    const stop = underLoad(app);
    const path = portable();
    const said = await back(app.database.url, path);
    expect(await stop()).toBeGreaterThan(0);
    expect(said[0]).toMatch(/^Harbour: whole, \d+ entries, head [0-9a-f]{64}/);
    const entries = Number(/(\d+) entries/.exec(said[0]!)?.[1]);
    const least = before.ok ? before.entries : 0;
    expect(entries).toBeGreaterThanOrEqual(least);
    for (const into of ENGINES) {
      const url = await freshUrl(into);
      await putBack(url, path);
      expect(await verifyAudit(await opened(url), app.keys, app.org)).toMatchObject({ ok: true, entries });
    }
  });

  test('at rest is the same rows on both engines, whatever they hold', { timeout: 120_000 }, async () => {
    const { app } = await busyOrg(engine);
    const title = 'Zurück „ab“ \u{1F6F6} \t"quoted", \\ and null';
    await app.act('eli', newIssue, { seat: 'claims', title, severity: 4 });
    const path = portable();
    const rows = await everything(app.app.store);
    await back(app.database.url, path);
    expect(JSON.stringify(rows['issues'])).toContain(JSON.stringify(title).slice(1, -1));
    for (const into of ENGINES) {
      const url = await freshUrl(into);
      await putBack(url, path);
      const restored = await everything(await opened(url));
      for (const [name, own] of Object.entries(rows)) {
        const sorted = (some: unknown[]) => some.map((row) => JSON.stringify(row, sortKeys)).toSorted();
        expect([name, sorted(restored[name] ?? [])]).toEqual([name, sorted(own)]);
      }
    }
    // The doctor and the log know of it.
    const org = await app.app.store.read.select().from(app.app.store.read.t.orgs);
    expect(org[0]?.backedUpAt).toBeGreaterThan(0);
    expect(await verifyAudit(app.app.store, app.keys, app.org)).toMatchObject({ ok: true });
  });

  test('that was cut off, altered or sealed with another key is refused, and nothing is left of it', async () => {
    const { app } = await busyOrg(engine);
    const path = portable();
    await back(app.database.url, path);
    const url = `file:${join(testFolder(), 'restored', 'coxswain.db')}`;
    const whole = readFileSync(path);
    const lines = gunzipSync(whole).toString().trim().split('\n');
    const bad = (name: string, content: Buffer) => {
      const file = `${path}.${name}.gz`;
      writeFileSync(file, content);
      return file;
    };
    const zipped = (some: readonly string[]) => gzipSync(`${some.join('\n')}\n`);
    const at = lines.findIndex((line) => line.startsWith('{"table":"auditEntries"'));
    const forged = lines.with(at + 1, lines[at + 1]!.replace('org.create', 'org.forged'));
    const newer = lines.with(1, lines[1]!.replace('"zone"', '"hue"'));
    await expect(putBack(url, bad('cut', whole.subarray(0, -200)))).rejects.toThrow('no whole backup');
    await expect(putBack(url, bad('short', zipped(lines.slice(0, -1))))).rejects.toThrow('cut off');
    await expect(putBack(url, bad('less', zipped(lines.toSpliced(at + 1, 1))))).rejects.toThrow(
      'rows are missing',
    );
    await expect(putBack(url, bad('forged', zipped(forged)))).rejects.toThrow('audit log in it is broken');
    await expect(putBack(url, bad('newer', zipped(newer)))).rejects.toThrow(
      'hue, which this version does not know',
    );
    for (const [name, line, why] of [
      ['null', 'null', `line ${at + 2} is neither a row nor the beginning of a table`],
      ['number', '7', `line ${at + 2} is neither a row nor the beginning of a table`],
      ['table', '{"table":7}', `line ${at + 2} is neither a row nor the beginning of a table`],
      ['narrow', '["Harbour"]', `line ${at + 2} has 1 values for`],
      ['text', 'hello', `line ${at + 2} is not JSON`],
    ] as const)
      await expect(putBack(url, bad(name, zipped(lines.with(at + 1, line))))).rejects.toThrow(
        `This is no whole backup of Coxswain: ${why}`,
      );
    await expect(putBack(url, bad('other', gzipSync('hello')))).rejects.toThrow('line 1 is not JSON');
    await expect(putBack(url, bad('none', Buffer.from('hello')))).rejects.toThrow('no whole backup');
    const key = Buffer.alloc(32, 9).toString('base64');
    await expect(putBack(url, path, { key })).rejects.toThrow('another COXSWAIN_ENCRYPTION_KEY');
    expect(readdirSync(dirname(fileOf(url)))).toEqual([]);
  });

  test('can be read by nobody else, and neither can what is restored from it', async () => {
    const { app } = await busyOrg(engine);
    const files = [portable(), ...(engine === 'sqlite' ? [join(testFolder(), 'copy.db')] : [])];
    for (const path of files) {
      await back(app.database.url, path);
      const url = `file:${join(testFolder(), 'restored.db')}`;
      await putBack(url, path);
      for (const file of [path, fileOf(url)]) expect(statSync(file).mode & 0o077, file).toBe(0);
    }
  });

  test('is not written over a file that is there', async () => {
    const { app } = await busyOrg(engine);
    const path = portable();
    writeFileSync(path, 'mine');
    await expect(back(app.database.url, path)).rejects.toThrow('is there already');
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(readdirSync(dirname(path))).toHaveLength(1);
  });
});

const sortKeys = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

describe('a copy of SQLite', () => {
  const copy = () => join(testFolder(), 'copy.db');

  test(
    'under load is one file, whole, and is restored with the old one put aside',
    { timeout: 60_000 },
    async () => {
      const { app } = await busyOrg('sqlite');
      const path = copy();
      const stop = underLoad(app);
      const [said] = await back(app.database.url, path);
      await stop();
      expect(readdirSync(dirname(path))).toEqual(['copy.db']);
      const entries = Number(/(\d+) entries/.exec(said!)?.[1]);

      // Its own place is taken, and in use.
      await expect(putBack(app.database.url, path)).rejects.toThrow('--replace');
      await expect(putBack(app.database.url, path, { replace: true })).rejects.toThrow('is in use');
      const url = `file:${join(testFolder(), 'coxswain.db')}`;
      await putBack(url, path);
      await putBack(url, path, { replace: true });
      expect(readdirSync(dirname(fileOf(url))).filter((name) => name.includes('before-'))).toHaveLength(1);
      const store = await opened(url);
      expect(await verifyAudit(store, app.keys, app.org)).toMatchObject({ ok: true, entries });
      expect(await store.inspect(true)).toMatchObject({ faults: [], checked: true });
    },
  );

  test('that is damaged is refused, and is not for PostgreSQL', async () => {
    const { app } = await busyOrg('sqlite');
    const path = copy();
    await back(app.database.url, path);
    const bytes = readFileSync(path);
    bytes.fill(0xff, 8192, bytes.length - 4096);
    const damaged = `${path}.damaged.db`;
    writeFileSync(damaged, bytes);
    const url = `file:${join(testFolder(), 'coxswain.db')}`;
    await expect(putBack(url, damaged)).rejects.toThrow('damaged');
    expect(existsSync(fileOf(url))).toBe(false);
    await expect(putBack(await freshUrl('postgres'), path)).rejects.toThrow('portable backup');
    await expect(back(await freshUrl('postgres'), copy())).rejects.toThrow('.ndjson.gz');
  });
});

test('PostgreSQL is restored only where nothing is', { timeout: 60_000 }, async () => {
  const { app } = await busyOrg('postgres');
  const path = portable();
  await back(app.database.url, path);
  await expect(putBack(app.database.url, path)).rejects.toThrow('an organisation in this database already');
});
