import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DAY, frozenClock } from '../../src/clock.ts';
import { type Coxswain, assemble } from '../../src/coxswain.ts';
import { ensureOrg } from '../../src/tenants/home.ts';
import { encodeMarks, pathsOf } from '../../src/domain/rubric/marks.ts';
import { createLog } from '../../src/log.ts';
import { loadReadiness } from '../../src/queries/readiness.ts';
import { SEAT_RUBRIC, builtinRubric } from '../../src/rubrics/builtin.ts';
import { answerParent } from '../child.ts';
import { ZONE } from './company.ts';

/** Monday, 09:00 in Berlin. */
const NOW = Date.UTC(2026, 10, 16, 8, 0);
const SEATS = 10_000;
const SCORES = 10;
const REVIEWERS = 5;
const MARKS = ['green', 'yellow', 'red', 'green', 'none'] as const;
const COLOURS = { data: 'red', governance: 'red', integration: 'red', change: 'red' };

const folder = mkdtempSync(join(tmpdir(), 'coxswain-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('SIGTERM', () => process.exit(0));
const file = join(folder, 'coxswain.db');

const box: { coxswain?: Coxswain; org?: string } = {};
const idOf = (index: number): string => `seat-${index}`;
const seats = Array.from({ length: SEATS }, (_, index) => ({ id: idOf(index) }));

/** Ten thousand seats, each scored in full by five reviewers, twice; straight into the tables. */
function fill(org: string): void {
  const db = new Database(file);
  const columns = (table: string, row: Record<string, unknown>) =>
    db.prepare(
      `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row)
        .map(() => '?')
        .join(', ')})`,
    );
  const put = (table: string, row: Record<string, unknown>) => columns(table, row).run(Object.values(row));
  const paths = pathsOf(builtinRubric(SEAT_RUBRIC)!, 'full');
  const hours = JSON.stringify({ zone: ZONE, start: '09:00', end: '17:00', days: ['mon'] });
  db.transaction(() => {
    for (let i = 0; i < REVIEWERS; i += 1) {
      const flags = { role: 'reviewer', active: 1, guest: 0, nudges: 1, primary_platform: 'slack' };
      put('people', {
        org,
        id: `person-${i}`,
        name: `Reviewer ${i}`,
        zone: ZONE,
        hours,
        ...flags,
        created_at: 0,
      });
    }
    for (const [at, { id }] of seats.entries()) {
      const about = { holder: 'ai', accountability: 'Its one job.', stage: 'pilot', level: 1, risk: 'high' };
      const counts = { halted: 0, issue_count: 0, priority_count: 0, created_at: 0 };
      put('seats', { org, id, key: id, name: `Seat ${at}`, ...about, ...counts });
    }
    const row = {
      org,
      id: '',
      seat: '',
      reviewer: '',
      at: 0,
      rubric: `${SEAT_RUBRIC}@1`,
      kind: 'full',
      marks: JSON.stringify(COLOURS),
      colours: '',
      percent: 50,
      answers: JSON.stringify(
        Object.fromEntries(paths.map((path) => [path, { mark: 'yellow', note: 'Seen.' }])),
      ),
      risk: 'high',
    };
    const insert = columns('scores', row);
    for (const [at, { id }] of seats.entries()) {
      for (let nth = 0; nth < SCORES; nth += 1) {
        const colours = encodeMarks(paths.map((_, i) => MARKS[(at + i * (nth + 3)) % MARKS.length]!));
        const score = {
          ...row,
          id: `${id}-${nth}`,
          seat: id,
          reviewer: `person-${nth % REVIEWERS}`,
          at: NOW - nth * DAY,
          colours,
        };
        insert.run(Object.values(score));
      }
    }
  })();
  db.exec('analyze');
  db.close();
}

/** Seconds that better-sqlite3 alone takes to hand over the letters of all scores. */
function raw(): number {
  const db = new Database(file, { readonly: true });
  const read = db.prepare(
    'select seat, reviewer, at, rubric, kind, colours from scores where org = ? order by seat, at desc',
  );
  const begun = performance.now();
  read.all(box.org);
  const seconds = (performance.now() - begun) / 1000;
  db.close();
  return seconds;
}

answerParent({
  async start() {
    const coxswain = await assemble({
      databaseUrl: `file:${file}`,
      masterKey: new Uint8Array(32).fill(7),
      log: createLog('error'),
      publicUrl: () => undefined,
      admins: [],
      clock: frozenClock(NOW),
    });
    const { org } = await ensureOrg(coxswain.app, 'Bench', ZONE);
    fill(org.id);
    Object.assign(box, { coxswain, org: org.id });
    return 0;
  },
  /** Seconds for the readiness of all seats as the executive digest shows it. */
  async readiness() {
    const begun = performance.now();
    const { scored } = await loadReadiness(box.coxswain!.app.store.read, box.org!, seats);
    const seconds = (performance.now() - begun) / 1000;
    if (scored !== SEATS) throw new Error(`${scored} of ${SEATS} seats were found scored`);
    return seconds;
  },
  raw,
});
