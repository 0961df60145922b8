import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore } from '../../db/open.ts';
import { importFile } from '../../src/actions/inventory/index.ts';
import { createOrg } from '../../src/actions/org/index.ts';
import { systemClock, wall } from '../../src/clock.ts';
import type { Ctx } from '../../src/context.ts';
import { openInventory } from '../../src/imports/file.ts';
import { deriveKeys } from '../../src/keys.ts';
import { silentLog } from '../../src/log.ts';
import { noTelemetry } from '../../src/telemetry/telemetry.ts';
import { answerParent } from '../child.ts';

/** Rows of one transaction, on both sides. */
const BATCH = 500;
const TABLES = ['seats', 'inventory'] as const;
const COLUMNS = 24;

const box: { ctx?: Ctx; raw?: Database.Database; file?: string; run: number } = { run: 0 };

const mapping = (run: number) => `
source: bench-${run}
id: No
fields:
  key: Name
  name: Name
  accountability: What for
  use_case: Use
  stage: { column: Stage, values: { In use: production, Trial: pilot }, else: proposed }
  risk: { column: Impact, values: { Severe: high, None: low }, default: medium }
  systems: { column: Systems, split: ';' }
  users: Users
`;

/** An inventory as companies keep them: a dozen questions with short answers, two with long ones. */
function csvOf(run: number, rows: number): Buffer {
  const more = Array.from({ length: COLUMNS - 8 }, (_, i) => `Question ${i + 1}`);
  const lines = [`No,Name,What for,Use,Stage,Impact,Systems,Users,${more.join(',')}`];
  for (let i = 0; i < rows; i += 1) {
    const answers = more.map((_, c) => (c % 3 === 0 ? '' : c % 3 === 1 ? 'Yes' : `Answer ${c} of ${i}`));
    lines.push(
      `${i},Assistant ${run}-${i},Sorts what comes in for team ${i % 40},"Reads every letter, says what it is about, and hands it to the team that knows; a person looks at what it is not sure of.",${i % 2 ? 'In use' : 'Trial'},${i % 3 ? 'None' : 'Severe'},SAP; Archive ${i % 9},Clerks,${answers.join(',')}`,
    );
  }
  return Buffer.from(lines.join('\r\n'));
}

answerParent({
  async start() {
    const folder = mkdtempSync(join(tmpdir(), 'coxswain-bench-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'coxswain.db');
    const store = await openStore(`file:${file}`, { wall, log: silentLog });
    const keys = deriveKeys(new Uint8Array(32).fill(1));
    const app = {
      store,
      keys,
      wall,
      clock: systemClock,
      log: silentLog,
      telemetry: noTelemetry,
      kick: () => undefined,
    };
    const { id: org } = await createOrg(app, { name: 'Harbour', zone: 'Europe/Berlin' });
    box.ctx = { ...app, org, actor: { kind: 'schedule', job: 'import' } };
    const raw = join(folder, 'raw.db');
    await (await openStore(`file:${raw}`, { wall, log: silentLog })).close();
    box.raw = new Database(raw);
    box.raw.pragma('synchronous = FULL');
    box.raw.pragma('foreign_keys = ON');
    box.raw.exec(
      `attach '${file}' as source; insert into main.orgs select * from source.orgs; detach source`,
    );
    box.file = file;
    return 0;
  },
  /** Milliseconds of one import. */
  async import({ rows }: { rows: number }) {
    box.run += 1;
    const bytes = csvOf(box.run, rows);
    const source = {
      name: 'bench.csv',
      async *bytes() {
        yield bytes;
      },
    };
    const since = performance.now();
    const opened = await openInventory(source, mapping(box.run));
    let created = 0;
    for await (const { counts } of importFile(box.ctx!, opened, false)) created = counts.create;
    const ms = performance.now() - since;
    if (created !== rows) throw new Error(`${created} of ${rows} rows were imported`);
    return ms;
  },
  /** Milliseconds of the same rows, as they are stored now. */
  raw() {
    const source = new Database(box.file, { readonly: true });
    const seats = source
      .prepare('select seat from inventory where org = ? and imported_from = ?')
      .pluck()
      .all(box.ctx!.org, `bench-${box.run}`) as string[];
    const work = TABLES.map((table) => {
      const key = table === 'seats' ? 'id' : 'seat';
      const one = source.prepare(`select * from ${table} where org = ? and ${key} = ?`).raw();
      const rows = seats.map((seat) => one.get(box.ctx!.org, seat) as unknown[]);
      const places = rows[0]!.map(() => '?').join(', ');
      return { rows, insert: box.raw!.prepare(`insert into ${table} values (${places})`) };
    });
    source.close();
    const batch = box.raw!.transaction((from: number) => {
      for (const { rows, insert } of work)
        for (const row of rows.slice(from, from + BATCH)) insert.run(...row);
    });
    const since = performance.now();
    for (let from = 0; from < seats.length; from += BATCH) batch(from);
    return performance.now() - since;
  },
});
