import { join } from 'node:path';
import Database from 'better-sqlite3';
import { inArray } from 'drizzle-orm';
import type { Db } from '../../db/store.ts';
import { escalateJob } from '../../jobs/escalate.ts';
import { DAY, HOUR } from '../../src/clock.ts';
import { defaultPolicy } from '../../src/domain/escalation.ts';
import { OFFICE_HOURS } from '../../src/domain/working-time.ts';
import { answerParent } from '../child.ts';
import { ZONE } from './company.ts';
import { type Founded, foundOrg, passingFolder } from './found.ts';

/** Monday, 10:00 in Berlin. */
const NOW = Date.UTC(2026, 10, 16, 9, 0);
const PEOPLE = 200;
/** As many rows as the engine looks up at once. */
const BATCH = 200;

interface Size {
  readonly seats: number;
  readonly open: number;
  readonly due: number;
}

interface World extends Founded {
  /** Escalation ids that are due in every run. */
  readonly due: readonly string[];
}

const folder = passingFolder();
const worlds = new Map<string, Promise<World>>();

const id = (kind: string, n: number): string => `${kind}-${String(n).padStart(7, '0')}`;
const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

async function inChunks<T>(rows: readonly T[], insert: (some: T[]) => PromiseLike<unknown>): Promise<void> {
  for (let i = 0; i < rows.length; i += 500) await insert(rows.slice(i, i + 500));
}

/** Seats with three owners each, and open issues of severity 2 whose chains have run their first step or wait for it. */
async function fill(tx: Db, org: string, { seats, open, due }: Size): Promise<void> {
  const { t } = tx;
  const people = many(PEOPLE, (n) => ({
    org,
    id: id('person', n),
    name: `Person ${n}`,
    zone: ZONE,
    hours: { ...OFFICE_HOURS, zone: ZONE },
    role: 'member' as const,
    active: true,
    guest: false,
    primaryPlatform: 'slack' as const,
    createdAt: NOW,
  }));
  await inChunks(people, (some) => tx.insert(t.people).values(some));
  const rows = many(seats, (n) => ({
    org,
    id: id('seat', n),
    key: `seat-${n}`,
    name: `Seat ${n}`,
    holder: 'ai' as const,
    accountability: 'Sorts claims',
    stage: 'pilot' as const,
    level: 1,
    risk: 'medium' as const,
    halted: false,
    issueCount: 0,
    createdAt: NOW,
  }));
  await inChunks(rows, (some) => tx.insert(t.seats).values(some));
  const owners = many(seats * 3, (n) => {
    const [seat, role] = [
      id('seat', Math.floor(n / 3)),
      (['accountable', 'platform', 'operations'] as const)[n % 3]!,
    ];
    const person = id('person', (n * 7) % PEOPLE);
    return {
      org,
      id: id('owner', n),
      seat,
      role,
      person,
      namedAt: NOW,
      acceptedAt: NOW,
      present: `${seat}:${role}`,
    };
  });
  await inChunks(owners, (some) => tx.insert(t.owners).values(some));
  const issues = many(open, (n) => ({
    org,
    id: id('issue', n),
    ref: `SEAT-${n}`,
    seat: id('seat', n % seats),
    kind: 'incident' as const,
    severity: 2 as const,
    title: 'Answers cite a repealed rule',
    state: 'open' as const,
    openedAt: NOW,
  }));
  await inChunks(issues, (some) => tx.insert(t.issues).values(some));
  const escalations = many(open, (n) => ({
    org,
    id: id('escalation', n),
    issue: id('issue', n),
    policy: defaultPolicy(2)!,
    step: n < due ? 0 : 1,
    repeats: 0,
    state: 'running' as const,
    startedAt: NOW,
    nextAt: n < due ? NOW : NOW + HOUR + (n % 1000) * HOUR,
  }));
  await inChunks(escalations, (some) => tx.insert(t.escalations).values(some));
}

async function found(size: Size): Promise<World> {
  const file = join(folder, `${size.seats}-${size.open}-${size.due}.db`);
  const founded = await foundOrg(file, NOW);
  await founded.app.store.write((tx) => fill(tx, founded.org, size));
  return { ...founded, due: many(size.due, (n) => id('escalation', n)) };
}

function worldOf(size: Size): Promise<World> {
  const key = JSON.stringify(size);
  const known = worlds.get(key) ?? found(size);
  worlds.set(key, known);
  return known;
}

/** As if none of them had taken their step. */
async function reset({ app, due }: World): Promise<void> {
  await app.store.write(async (tx) => {
    const { messages, pings, escalations, results } = tx.t;
    await tx.delete(messages).returning({ id: messages.id });
    await tx.delete(pings).returning({ id: pings.id });
    await tx.delete(results).returning({ key: results.key });
    for (let i = 0; i < due.length; i += 1000) {
      await tx
        .update(escalations)
        .set({ step: 0, repeats: 0, nextAt: NOW, state: 'running', endedAt: null })
        .where(inArray(escalations.id, due.slice(i, i + 1000)))
        .returning({ id: escalations.id });
    }
  });
}

/** Milliseconds until nothing is due any more, as the engine does it: found, stepped, committed, wanted. */
async function tick(size: Size): Promise<{ ms: number; raw: number }> {
  const world = await worldOf(size);
  const { app } = world;
  await reset(world);
  const before = performance.now();
  for (;;) {
    const due = await escalateJob.due(app.store.read, NOW, BATCH);
    if (due.length === 0) break;
    for (const one of due) await escalateJob.run(app, one);
  }
  const ms = performance.now() - before;
  const asked = await app.store.read.select().from(app.store.read.t.pings);
  if (asked.length < size.due) throw new Error(`only ${asked.length} of ${size.due} were asked`);
  return { ms, raw: rawMs(world, size.due) };
}

/** The same rows by better-sqlite3 alone: one transaction, synchronous FULL, undone afterwards. */
function rawMs({ file, org }: World, due: number): number {
  const db = new Database(file);
  db.pragma('synchronous = FULL');
  const found = db.prepare('select id from escalations where state = ? and next_at <= ? limit ?');
  const move = db.prepare('update escalations set step = step + 1, next_at = ? where org = ? and id = ?');
  const asked = db.prepare(
    "insert into pings (org, id, escalation, issue, step, at, not_before, target, person, outcome, round) select org, 'raw-' || id, id, issue, 0, ?, ?, 'accountable', null, 'pinged', 1 from escalations where org = ? and id = ?",
  );
  const before = performance.now();
  db.transaction(() => {
    found.all('running', NOW, due);
    for (let n = 0; n < due; n += 1) {
      move.run(NOW + DAY, org, id('escalation', n));
      asked.run(NOW, NOW, org, id('escalation', n));
    }
  })();
  const ms = performance.now() - before;
  db.exec("delete from pings where id like 'raw-%'");
  db.close();
  return ms;
}

answerParent({ start: () => 0, tick: (size: Size) => tick(size) });
