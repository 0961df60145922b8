import Database from 'better-sqlite3';
import { nextInstant } from '../../src/domain/calendar.ts';
import { lastPeriods } from '../../src/domain/period.ts';
import { newId } from '../../src/ids.ts';
import { ZONE } from './company.ts';

export const CHANNELS = 50;
const METRICS = 10;
const WEEKS = 13;
const RULE = { kind: 'weekly', day: 'mon', time: '09:00' } as const;

type Row = Readonly<Record<string, string | number | null>>;

/**
 * Seats with ten numbers of thirteen weeks that report in fifty channels, each with its digest, written straight into the
 * file: through the actions a million readings would take the whole day. Every tenth number is missing its last week,
 * every seventh is red.
 */
export function fillFleet(file: string, org: string, seats: number, now: number): void {
  const db = new Database(file);
  const insert = (table: string, row: Row) => {
    const names = Object.keys(row);
    db.prepare(`insert into ${table} (${names.join()}) values (${names.map((n) => `@${n}`).join()})`).run(
      row,
    );
  };
  const weeks = lastPeriods('weekly', WEEKS, now, ZONE);
  const people = Array.from({ length: 50 }, (_, i) => `person-${i}`);
  const reading = db.prepare(
    `insert into readings (org, id, metric, period, period_start, value, at, reporter, note, present, supersedes)
     values (?, ?, ?, ?, ?, ?, ?, ?, null, ?, null)`,
  );
  db.transaction(() => {
    for (const id of people) {
      const hours = JSON.stringify({
        zone: ZONE,
        start: '09:00',
        end: '17:00',
        days: ['mon', 'tue', 'wed', 'thu', 'fri'],
      });
      const flags = {
        role: 'member',
        active: 1,
        guest: 0,
        nudges: 1,
        primary_platform: 'slack',
        created_at: 0,
      };
      insert('people', { org, id, name: `Name of ${id}`, email: null, zone: ZONE, hours, ...flags });
    }
    for (let c = 0; c < CHANNELS; c += 1) {
      const place = { platform: 'slack', tenant: 'T', ref: `C${c}`, name: `channel-${c}`, kind: 'channel' };
      insert('channels', { org, id: `channel-${c}`, ...place, conversation: '{}', active: 1 });
      const next = nextInstant(RULE, ZONE, now - 1);
      insert('digests', {
        org,
        id: `digest-${c}`,
        channel: `channel-${c}`,
        rule: JSON.stringify(RULE),
        zone: ZONE,
        active: 1,
        next_at: next,
      });
    }
    for (let s = 0; s < seats; s += 1) {
      const seat = `seat-${s}`;
      insert('seats', {
        org,
        id: seat,
        key: seat,
        name: `Seat number ${s}`,
        holder: 'ai',
        accountability: 'Does its one job.',
        stage: 'pilot',
        level: 1,
        risk: 'medium',
        channel: `channel-${s % CHANNELS}`,
        halted: 0,
        issue_count: 0,
        priority_count: 0,
        created_at: 0,
      });
      for (let m = 0; m < METRICS; m += 1) addNumber(seat, s * METRICS + m, m);
    }
  })();
  db.exec('analyze');
  db.close();

  function addNumber(seat: string, index: number, m: number): void {
    const metric = newId();
    insert('metrics', {
      org,
      id: metric,
      seat,
      key: `number-${m}`,
      name: `Number ${m}`,
      category: 'quality',
      unit: '%',
      direction: 'higher',
      target: 90,
      tolerance: 5,
      cadence: 'weekly',
      owner: people[index % people.length]!,
      source: 'chat',
      sensitivity: 'standard',
      active: 1,
      due_period: weeks.at(-1)!.key,
      due_at: now + 7 * 86_400_000,
      created_at: 0,
    });
    for (const [w, week] of weeks.entries()) {
      if (w === WEEKS - 1 && index % 10 === 0) continue;
      const value = index % 7 === 0 ? 70 : 95;
      reading.run(
        org,
        newId(),
        metric,
        week.key,
        week.start,
        value,
        week.end,
        'person-0',
        `${metric}:${week.key}`,
      );
    }
  }
}

/** Milliseconds that better-sqlite3 alone takes to hand over the readings of all digests, channel by channel. */
export function rawReadMs(file: string, org: string, since: number): number {
  const db = new Database(file, { readonly: true });
  const read = db.prepare(
    `select r.metric, r.period_start, r.value, r.note from seats s
     join metrics m on m.org = s.org and m.seat = s.id
     join readings r on r.org = m.org and r.metric = m.id and r.period_start >= ? and r.present is not null
     where s.org = ? and s.channel = ? order by r.metric, r.period_start`,
  );
  const before = performance.now();
  for (let c = 0; c < CHANNELS; c += 1) read.all(since, org, `channel-${c}`);
  const took = performance.now() - before;
  db.close();
  return took;
}
