import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eq } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seatKeys } from '../../db/seats.ts';
import { createOrg } from '../../src/actions/org/index.ts';
import { deriveKeys } from '../../src/keys.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';

/** Another one than that of the organisations that tests have. */
const KEY = Buffer.alloc(32, 9).toString('base64');
const COXSWAIN = fileURLToPath(new URL('../../bin/coxswain.js', import.meta.url));
const ROWS = 3000;
const BATCH = 500;

const MAP = 'source: hr\nid: No\nfields: { name: Name, accountability: What for }\n';
const CSV = [
  'No,Name,What for',
  ...Array.from({ length: ROWS }, (_, i) => `${'n'.repeat(80)}${i},Chat ${i},Talks`),
].join('\r\n');

describe.each(ENGINES)('coxswain import killed on its way, on %s', (engine) => {
  test(
    'goes on after the last batch: nothing is lost, nothing is there twice',
    { timeout: 120_000 },
    async () => {
      const app = await testApp(engine);
      const keys = deriveKeys(Buffer.from(KEY, 'base64'));
      const { id: org } = await createOrg({ ...app.app, keys }, { name: 'Yards', zone: 'Europe/Berlin' });
      const at = mkdtempSync(join(tmpdir(), 'coxswain-import-'));
      onTestFinished(() => rmSync(at, { recursive: true, force: true }));
      const [csv, map, pipe] = ['seats.csv', 'seats.yml', 'report'].map((name) => join(at, name)) as [
        string,
        string,
        string,
      ];
      writeFileSync(csv, CSV);
      writeFileSync(map, MAP);
      execFileSync('mkfifo', [pipe]);
      const env = { ...process.env, DATABASE_URL: app.database.url, COXSWAIN_ENCRYPTION_KEY: KEY };
      const start = (more: readonly string[] = []) =>
        spawn(process.execPath, [COXSWAIN, 'import', csv, '--map', map, '--org', 'Yards', ...more], {
          env,
          stdio: ['ignore', 'pipe', 'inherit'],
        });
      const toEnd = async () => {
        const child = start();
        let out = '';
        child.stdout.on('data', (piece: Buffer) => void (out += String(piece)));
        const [code] = await once(child, 'close');
        return { code, out };
      };

      // A pipe that nobody empties holds less than the report, so the import cannot end before it is killed.
      const killed = start(['--report', pipe]);
      onTestFinished(() => void killed.kill('SIGKILL'));
      const ended = once(killed, 'exit');
      const report = createReadStream(pipe, { highWaterMark: 1024 });
      let told = '';
      report.on('data', (piece) => {
        told += String(piece);
        if (!told.includes('create')) return;
        report.pause();
        killed.kill('SIGKILL');
      });
      expect(await ended).toEqual([null, 'SIGKILL']);
      report.destroy();
      const { imports } = app.app.store.read.t;
      const [begun] = await app.app.store.read.select().from(imports).where(eq(imports.org, org));
      const before = await seatKeys(app.app.store.read, org);
      expect(begun).toMatchObject({ state: 'running', position: before.length });
      expect(before.length % BATCH).toBe(0);
      expect(before.length).toBeGreaterThan(0);
      expect(before.length).toBeLessThan(ROWS);

      expect(await toEnd()).toMatchObject({
        code: 0,
        out: expect.stringContaining(
          '3,000 rows: 3,000 created, 0 changed, 0 unchanged, 0 left out, 0 with a fault.',
        ),
      });
      const after = await seatKeys(app.app.store.read, org);
      expect(after.toSorted()).toEqual(Array.from({ length: ROWS }, (_, i) => `chat-${i}`).toSorted());
      expect((await toEnd()).out).toContain('3,000 rows: 0 created, 0 changed, 3,000 unchanged');
      expect(await verifyAudit(app.app.store, keys, org)).toMatchObject({ ok: true });
    },
  );
});
