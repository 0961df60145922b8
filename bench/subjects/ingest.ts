import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore } from '../../db/open.ts';
import { addMetric } from '../../src/actions/metric/index.ts';
import { createToken } from '../../src/actions/token/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { DAY, wall } from '../../src/clock.ts';
import { newId } from '../../src/ids.ts';
import { silentLog } from '../../src/log.ts';
import { createSlack } from '../../src/platforms/slack/index.ts';
import { answerParent } from '../child.ts';
import { SIGNING_SECRET } from '../names.ts';
import { foundCompany } from './company.ts';
import { type Subject, startSubject } from './coxswain.ts';

const METRICS = 100;
/** Far more than any benchmark sends. */
const RATE = 1_000_000_000;

const box: { subject?: Subject; raw?: Raw } = {};

const keyOf = (index: number): string => `number-${index}`;

/** The fields of a reading, as rows go into the table. */
type Row = readonly (string | number | null)[];

interface Raw {
  insert(rows: readonly Row[]): void;
  row(): Row;
}

/** The same table in another file: WAL, synchronous FULL, foreign keys, the same indexes, one prepared statement. */
async function openRaw({ org, folder }: Subject, source: string): Promise<Raw> {
  const file = join(folder, 'raw.db');
  await (await openStore(`file:${file}`, { wall, log: silentLog })).close();
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.exec(`attach '${source}' as source`);
  for (const table of ['orgs', 'people', 'seats', 'metrics'])
    db.exec(`insert into main.${table} select * from source.${table}`);
  db.exec('detach source');
  const insert = db.prepare(
    'insert into readings (org, id, metric, period, period_start, value, at, reporter, note, present, supersedes) values (?,?,?,?,?,?,?,?,?,?,?)',
  );
  const metrics = db.prepare('select id from metrics where key like ?').pluck().all('number-%') as string[];
  let made = 0;
  return {
    insert: db.transaction((rows: readonly Row[]) => {
      for (const row of rows) insert.run(...row);
    }),
    row() {
      const metric = metrics[made % METRICS]!;
      const period = `raw-${Math.floor(made / METRICS)}`;
      made += 1;
      return [
        org,
        newId(),
        metric,
        period,
        made * DAY,
        91.5,
        made,
        'token:bench',
        null,
        `${metric}:${period}`,
        null,
      ];
    },
  };
}

answerParent({
  /** A seat with a hundred daily numbers, and a token. Nothing that is due runs while it is measured. */
  async start({ standIn }: { standIn: number }) {
    const apiUrl = `http://127.0.0.1:${standIn}/api/`;
    const slack = { botToken: 'xoxb-bench', signingSecret: SIGNING_SECRET, apiUrl };
    const subject = await startSubject((deps) => createSlack(slack, deps), { apiRate: RATE, ticking: false });
    const { coxswain, org, tenant, port, folder } = subject;
    const { ana, act } = await foundCompany(coxswain, org, 'slack', tenant);
    for (let i = 0; i < METRICS; i += 1) {
      const what = { seat: 'claims', key: keyOf(i), category: 'quality', unit: '%', cadence: 'daily' };
      await act(ana, addMetric, { ...what, direction: 'higher', target: 90, tolerance: 5 });
    }
    await coxswain.engine.drain();
    box.subject = subject;
    box.raw = await openRaw(subject, join(folder, 'coxswain.db'));
    return port;
  },
  async token() {
    const { coxswain, org } = box.subject!;
    const [ana] = await coxswain.app.store.read.select().from(coxswain.app.store.read.t.people);
    const actor = { kind: 'person', person: ana!.id } as const;
    return (await perform({ ...coxswain.app, org, actor }, createToken, { name: 'bench' })).token;
  },
  /** Milliseconds of `transactions` of `rows` rows each, without anything around them. */
  raw({ transactions, rows }: { transactions: number; rows: number }) {
    const raw = box.raw!;
    const all = Array.from({ length: transactions }, () => Array.from({ length: rows }, () => raw.row()));
    const since = performance.now();
    for (const some of all) raw.insert(some);
    return performance.now() - since;
  },
  /** What the readings lead to, between two measurements. */
  async settle() {
    await box.subject!.coxswain.engine.drain();
  },
});
