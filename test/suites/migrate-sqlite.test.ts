import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { SQLITE_MIGRATIONS, migrateSqlite } from '../../db/migrate.sqlite.ts';
import { addSeat } from '../../src/actions/seat/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { OPEN, fileOf, testFolder } from '../support/databases.ts';
import { CLAIMS, addAcceptance, addClaims } from '../support/ship.ts';

/** The real migrations and one more with these statements; some carry several, as drizzle-kit writes them. */
function migrationsAnd(...statements: readonly string[]): string {
  const folder = testFolder();
  cpSync(SQLITE_MIGRATIONS, folder, { recursive: true });
  const path = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(path, 'utf8')) as {
    entries: { idx: number; when: number; tag: string }[];
  };
  const last = journal.entries.at(-1)!;
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: 'next' });
  writeFileSync(path, JSON.stringify(journal));
  writeFileSync(join(folder, 'next.sql'), statements.join('\n--> statement-breakpoint\n'));
  return folder;
}

/** How drizzle-kit changes what SQLite cannot change in place: a new table, the rows, away with the old one. */
function rebuild(db: Database.Database, table: string, rows = `SELECT * FROM ${table}`): string[] {
  const { sql } = db.prepare('SELECT sql FROM sqlite_master WHERE name = ?').get(table) as { sql: string };
  return [
    'PRAGMA foreign_keys=OFF;',
    sql.replace(`\`${table}\``, `\`__new_${table}\``),
    `INSERT INTO __new_${table} ${rows};`,
    `DROP TABLE ${table};`,
    `ALTER TABLE __new_${table} RENAME TO ${table};`,
    'PRAGMA foreign_keys=ON;',
  ];
}

interface Scene {
  readonly app: TestApp;
  /** A connection as openStore makes it before it migrates. */
  readonly db: Database.Database;
}

/** A database in use: a seat with an owner, a number and a reading, and their audit entries. */
async function inUse(): Promise<Scene> {
  const app = await testApp('sqlite');
  await addClaims(app);
  await addAcceptance(app);
  await app.act('bo', logReadings, { readings: [{ seat: 'claims', metric: 'acceptance', value: 91 }] });
  const db = new Database(fileOf(app.database.url));
  db.pragma('foreign_keys = ON');
  onTestFinished(() => void db.close());
  return { app, db };
}

const TABLES = ['seats', 'owners', 'metrics', 'readings', 'audit_entries', 'audit_texts'];
const rowsOf = (db: Database.Database) => TABLES.map((table) => db.prepare(`SELECT * FROM ${table}`).all());

const triggersOf = (db: Database.Database) =>
  db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name").pluck().all();

const TRIGGERS = ['audit_entries_no_delete', 'audit_entries_no_update', 'scores_no_update'];

test('a migration that rebuilds a parent keeps its children, and foreign keys hold afterwards', async () => {
  const { app, db } = await inUse();
  const before = rowsOf(db);
  expect(before.every((rows) => rows.length > 0)).toBe(true);
  await migrateSqlite(db, OPEN, migrationsAnd(...rebuild(db, 'seats')));
  expect(rowsOf(db)).toEqual(before);
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(() => db.exec("DELETE FROM seats WHERE key = 'claims'")).toThrow('FOREIGN KEY');
  expect(() => db.exec("UPDATE owners SET seat = 'nowhere'")).toThrow('FOREIGN KEY');
  await app.act('bo', addSeat, { ...CLAIMS, key: 'later' });
});

test('a rebuilt audit log refuses changes again, and is still whole', async () => {
  const { app, db } = await inUse();
  expect(triggersOf(db)).toEqual(TRIGGERS);
  const before = rowsOf(db);
  await migrateSqlite(db, OPEN, migrationsAnd(...rebuild(db, 'audit_entries')));
  expect(rowsOf(db)).toEqual(before);
  expect(triggersOf(db)).toEqual(TRIGGERS);
  expect(() => db.exec("UPDATE audit_entries SET subject = 'x'")).toThrow('never changed or removed');
  expect(() => db.exec('DELETE FROM audit_entries')).toThrow('never changed or removed');
  expect(await verifyAudit(app.app.store, app.keys, app.org)).toMatchObject({ ok: true });
});

test('a migration that would leave children without their parent is undone whole', async () => {
  const { app, db } = await inUse();
  const before = rowsOf(db);
  const applied = () => db.prepare('SELECT count(*) FROM __drizzle_migrations').pluck().get();
  const appliedBefore = applied();
  const losing = rebuild(db, 'seats', "SELECT * FROM seats WHERE key <> 'claims'");
  const folder = migrationsAnd('CREATE TABLE lost (id text);', ...losing);
  await expect(migrateSqlite(db, OPEN, folder)).rejects.toThrow(/would leave \d+ rows without their parent/);
  expect(rowsOf(db)).toEqual(before);
  expect(db.prepare("SELECT name FROM sqlite_master WHERE name IN ('lost', '__new_seats')").all()).toEqual(
    [],
  );
  expect(applied()).toBe(appliedBefore);
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(db.inTransaction).toBe(false);
  expect(triggersOf(db)).toEqual(TRIGGERS);
  await app.act('bo', addSeat, { ...CLAIMS, key: 'later' });
});

test('a migration that fails half-way is undone whole and can be mended', async () => {
  const { db } = await inUse();
  const before = rowsOf(db);
  const failing = migrationsAnd('CREATE TABLE half (id text);', 'INSERT INTO nowhere VALUES (1);');
  await expect(migrateSqlite(db, OPEN, failing)).rejects.toThrow('nowhere');
  await migrateSqlite(db, OPEN, migrationsAnd('CREATE TABLE half (id text);'));
  expect(rowsOf(db)).toEqual(before);
  expect(db.prepare('SELECT * FROM half').all()).toEqual([]);
});

test('a migration is applied once', async () => {
  const { db } = await inUse();
  const folder = migrationsAnd('CREATE TABLE once (id text);', "INSERT INTO once VALUES ('a');");
  await migrateSqlite(db, OPEN, folder);
  await migrateSqlite(db, OPEN, folder);
  expect(db.prepare('SELECT * FROM once').all()).toEqual([{ id: 'a' }]);
});
