import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RULES, type Violation } from './support/house.ts';
import { readSource } from './support/source.ts';

const ROOT = join(import.meta.dirname, '..');
const FOLDERS = '{src,commands,jobs,db,bin,bench,sandbox,test,scripts,teams,docs}';
const paths = globSync([`${FOLDERS}/**/*.ts`, '*.ts'], {
  cwd: ROOT,
  exclude: ['**/node_modules/**'],
}).toSorted();

const judge = (path: string, text: string): Violation[] => {
  const source = readSource(path, text);
  return RULES.flatMap((rule) => rule(source));
};

test('the house stands as CONTRIBUTING.md draws it', () => {
  expect(paths.length).toBeGreaterThan(20);
  const found = paths.flatMap((path) => judge(path, readFileSync(join(ROOT, path), 'utf8')));
  expect(found.map(({ path, mend }) => `${path} ${mend}.`)).toEqual([]);
});

const BAD: [string, string, string, string][] = [
  [
    'a rule that reads the database',
    'src/domain/seat.ts',
    `import { seats } from '../../db/seats.ts';`,
    'db/seats.ts',
  ],
  [
    'a card that runs a query',
    'src/cards/seat.ts',
    `import { seat } from '../queries/seat.ts';`,
    'import type',
  ],
  ['a card that acts', 'src/cards/seat.ts', `import { add } from '../actions/seat/index.ts';`, 'actions'],
  ['a query that acts', 'src/queries/seat.ts', `export { add } from '../actions/seat/index.ts';`, 'actions'],
  ['an action that shows', 'src/actions/seat/add.ts', `import '../../cards/seat.ts';`, 'cards'],
  ['a command that knows Slack', 'commands/seat.ts', `const s = await import('@slack/bolt');`, '@slack/bolt'],
  ['a job that knows Teams', 'jobs/digest.ts', `import { CloudAdapter } from 'botbuilder';`, 'botbuilder'],
  ['an action with a driver', 'src/actions/seat/add.ts', `import pg from 'pg';`, 'stays in db/'],
  [
    'an adapter beside an adapter',
    'src/platforms/slack/a.ts',
    `import { a } from '../teams/a.ts';`,
    'other adapter',
  ],
  [
    'an action by the back door',
    'commands/seat.ts',
    `import { a } from '../src/actions/seat/add.ts';`,
    'index.ts',
  ],
  [
    'a second reader of the environment',
    'src/http/api.ts',
    'const { PORT } = process.env;',
    'src/variables.ts',
  ],
  [
    'a reader of the environment in disguise',
    'src/http/api.ts',
    'const { env } = process;',
    'src/variables.ts',
  ],
  ['a clock of one’s own', 'src/domain/drift.ts', 'const at = Date.now();', 'src/clock.ts'],
  ['a new date', 'jobs/digest.ts', 'const at = `${new Date().getTime()} ms`;', 'src/clock.ts'],
  ['a stopwatch', 'src/http/api.ts', 'const at = performance.now();', 'src/clock.ts'],
  ['a voice of one’s own', 'src/queries/seat.ts', `console.log('here');`, 'console'],
  ['a long file', 'src/domain/seat.ts', 'const a = 1;\n'.repeat(401), '401 lines'],
  ['two verbs in one file', 'src/actions/seat/add.ts', 'defineAction({}); defineAction({});', 'one verb'],
  ['a surface that does something', 'src/actions/seat/index.ts', 'export const a = 1;', 'surface'],
  ['a folder nobody has drawn', 'src/attic/box.ts', 'export const a = 1;', 'PARTS'],
];

test.each(BAD)('%s is found', (_, path, text, words) => {
  const found = judge(path, text);
  expect(found).toHaveLength(1);
  expect(found[0]?.mend).toContain(words);
});

const GOOD: [string, string, string][] = [
  [
    'a rule that knows the time of others',
    'src/domain/seat.ts',
    `import type { Instant } from '../clock.ts';`,
  ],
  [
    'a card that knows the type of a query',
    'src/cards/seat.ts',
    `import type { Seat } from '../queries/seat.ts';`,
  ],
  ['types among braces', 'src/cards/seat.ts', `import { type Seat, type Owner } from '../queries/seat.ts';`],
  ['Slack in its adapter', 'src/platforms/slack/a.ts', `import { App } from '@slack/bolt';`],
  ['Slack in a test', 'test/slack/a.test.ts', `import { WebClient } from '@slack/web-api';`],
  ['a date of a given instant', 'src/ui/text.ts', 'const d = new Date(at);'],
  ['a type of date', 'src/ui/text.ts', 'const isDate = (d: unknown) => d instanceof Date;'],
  [
    'code in a comment',
    'src/domain/seat.ts',
    `// import { a } from '../cards/a.ts'; Date.now()\n/* console.log */`,
  ],
  [
    'code in a string',
    'src/domain/seat.ts',
    `const s = "Date.now() and console.log and import('../cards/a.ts')";`,
  ],
  ['quotes in a regular expression', 'src/grammar/quotes.ts', `const q = /["'\`]/; const s = 'Date.now()';`],
  [
    'a list of verbs',
    'src/actions/seat/index.ts',
    `export { addSeat } from './add.ts';\nexport type { A } from './a.ts';`,
  ],
];

test.each(GOOD)('%s is fine', (_, path, text) => {
  expect(judge(path, text)).toEqual([]);
});

describe('reading a file', () => {
  test('finds imports in every form, in their order', () => {
    const text = [
      `import a, { b } from './a.ts';`,
      `import type {\n  C,\n  D,\n} from './c.ts';`,
      `import './side.ts';`,
      `export * from "./all.ts";`,
      `const late = () => import('./late.ts');`,
      `const old = require('./old.cjs');`,
      `import e, { type F } from './e.ts';`,
    ].join('\n');
    expect(readSource('x.ts', text).imports.map(({ from, typeOnly }) => [from, typeOnly])).toEqual([
      ['./a.ts', false],
      ['./c.ts', true],
      ['./side.ts', false],
      ['./all.ts', false],
      ['./late.ts', false],
      ['./old.cjs', false],
      ['./e.ts', false],
    ]);
  });

  test('keeps what runs inside a template, and drops its words', () => {
    expect(readSource('x.ts', 'const s = `it is ${Date.now()} now`;').code).toBe('const s = (Date.now());');
  });
});
