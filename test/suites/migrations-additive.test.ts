import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const MIGRATIONS = join(import.meta.dirname, '../../db/migrations');

/**
 * Copies of the version before go on while the next version has migrated already. They know no new column, and insert
 * without it; what they read and write must still be there.
 */
const BREAKING: readonly [RegExp, string][] = [
  [/\bDROP\s+(?:TABLE|COLUMN)\b/i, 'takes away what the version before reads'],
  [/\bRENAME\b/i, 'renames what the version before reads'],
  [/\bSET\s+NOT\s+NULL\b/i, 'refuses rows that the version before writes'],
  [
    /\bADD\s+(?:COLUMN\s+)?\S+\s+(?![^;]*\bDEFAULT\b)[^;]*\bNOT\s+NULL\b/i,
    'a column that the version before does not fill needs a default',
  ],
  [/\bSET\s+DATA\s+TYPE\b/i, 'changes the type under prepared statements'],
  [/__new_/, 'rebuilds the table: see CONTRIBUTING.md'],
];

const faultsOf = (sql: string): string[] =>
  sql
    .split(/;|--> statement-breakpoint/)
    .flatMap((statement) =>
      BREAKING.filter(([form]) => form.test(statement)).map(([, why]) => `${why}: ${statement.trim()}`),
    );

/** The first migrations are older than the promise. */
const PROMISED_FROM = 8;

describe.each(['sqlite', 'pg'])('%s', (engine) => {
  const files = globSync(`${engine}/*.sql`, { cwd: MIGRATIONS }).filter(
    (path) => Number(basename(path).slice(0, 4)) >= PROMISED_FROM,
  );

  test('there are migrations to look at', () => expect(files.length).toBeGreaterThan(0));

  test.each(files)('%s leaves the version before able to work', (path) => {
    expect(faultsOf(readFileSync(join(MIGRATIONS, path), 'utf8'))).toEqual([]);
  });
});

test.each([
  'ALTER TABLE "seats" DROP COLUMN "name";',
  'DROP TABLE seats;',
  'ALTER TABLE "seats" RENAME COLUMN "a" TO "b";',
  'ALTER TABLE "seats" ALTER COLUMN "a" SET NOT NULL;',
  'ALTER TABLE `seats` ADD `a` text NOT NULL;',
  'ALTER TABLE "seats" ALTER COLUMN "a" SET DATA TYPE text;',
])('%s would be found', (sql) => {
  expect(faultsOf(sql)).toHaveLength(1);
});

test.each([
  'ALTER TABLE "seats" ADD COLUMN "a" text DEFAULT \'\' NOT NULL;',
  'ALTER TABLE `seats` ADD `a` text;',
])('%s is fine', (sql) => {
  expect(faultsOf(sql)).toEqual([]);
});
