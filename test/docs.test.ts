import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../commands/index.ts';
import { formatDuration } from '../src/domain/duration.ts';
import { defaultPolicy } from '../src/domain/escalation.ts';
import { SEVERITY_WORDS } from '../src/domain/issue.ts';
import { SERVICE_LEVELS, promisedText } from '../src/domain/service-level.ts';
import { KEPT, TERMS } from '../src/domain/retention.ts';
import { parseLine } from '../src/grammar/route.ts';
import { silentLog } from '../src/log.ts';
import { HOUR, wall } from '../src/clock.ts';
import type { AdapterDeps, Capabilities } from '../src/platforms/platform.ts';
import { capabilities as slack } from '../src/platforms/slack/index.ts';
import { createTeams } from '../src/platforms/teams/index.ts';
import { VARIABLE_NAMES } from '../src/variables.ts';
import { NO_INSTALLATIONS } from './support/no-installations.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const PAGES = [...globSync('*.md', { cwd: ROOT }), ...globSync('docs/*.md', { cwd: ROOT })].toSorted();

/** The rows of the table between two marks, as cells without the padding that the formatter adds. */
function rowsBetween(path: string, mark: string): string[][] {
  const [, part] = new RegExp(`<!-- ${mark}[^>]*-->([^]*?)<!-- /${mark} -->`).exec(read(path)) ?? [];
  const lines = (part ?? '').split('\n').filter((line) => line.startsWith('|'));
  // A cell may hold an escaped bar.
  const cells = lines.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return cells.slice(2);
}

const escaped = (text: string) => text.replaceAll('|', '\\|');

test('the README lists every command as the code has it', () => {
  const verbs = COMMANDS.flatMap((command) => command.verbs);
  const rows = verbs.map(({ usage, summary }) => [`\`${escaped(usage)}\``, escaped(summary)]);
  expect(rowsBetween('README.md', 'commands')).toEqual(rows);
});

test('the promises of docs/issues.md are those of the code', () => {
  const rows = ([1, 2, 3, 4] as const).map((severity) => {
    const { acknowledge, solve } = SERVICE_LEVELS[severity];
    return [`${severity} ${SEVERITY_WORDS[severity]}`, promisedText(acknowledge), promisedText(solve)];
  });
  expect(rowsBetween('docs/issues.md', 'service levels')).toEqual(rows);
});

test('docs/security.md says for how long what is kept', () => {
  const rows = KEPT.map((kept) => {
    const { what, days, least, because } = TERMS[kept];
    return [`\`${kept}\``, what, String(days), String(least), because];
  });
  expect(rowsBetween('docs/security.md', 'kept')).toEqual(rows);
});

test('every command in the pages is one that Coxswain understands', () => {
  const typed = PAGES.flatMap((page) =>
    [...read(page).matchAll(/(?:\/pilot|@Coxswain) ([a-z][^`\n]*)/g)].map(([, line]) => line ?? ''),
  ).filter((line) => !/^(?:and|is|in|or)\b/.test(line));
  expect(typed.length).toBeGreaterThan(10);
  for (const line of typed) expect(() => parseLine(COMMANDS, line), line).not.toThrow();
});

test('the pages name only settings that exist, and between them every setting', () => {
  const named = new Set(
    PAGES.flatMap((page) =>
      [...read(page).matchAll(/`([A-Z]{2,}(?:_[A-Z]+)*)(?:=[^`]*)?`/g)].map(([, name]) => name ?? ''),
    ),
  );
  const known: readonly string[] = VARIABLE_NAMES;
  const unknown = [...named].filter((name) => name.includes('_') && !known.includes(name));
  expect(unknown).toEqual([]);
  expect(known.filter((name) => !named.has(name))).toEqual([]);
});

/** Headings as the addresses that GitHub makes of them. */
const anchors = (page: string) =>
  new Set(
    [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    ),
  );

describe.each(PAGES)('%s', (page) => {
  const text = read(page);

  test('leads only to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(([, a, b]) => a ?? b ?? '');
    const own = links.filter((link) => !/^https?:/.test(link));
    const broken = own.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, file))) return true;
      return anchor !== undefined && !anchors(read(file)).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('names only npm scripts and files that exist', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const run = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? '');
    expect(run.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
    const paths = [
      ...text.matchAll(/`((?:src|db|commands|jobs|test|teams|sandbox|docs|bin)\/[\w./-]*)`/g),
    ].map(([, p]) => p ?? '');
    const made = new Set(['teams/coxswain.zip']);
    expect(paths.filter((path) => !made.has(path) && !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

const yes = (can: boolean): string => (can ? 'yes' : 'no');

/** One line of docs/platforms.md for each capability of the adapters. */
const CAPABILITIES: Readonly<
  Record<Exclude<keyof Capabilities, 'kind'>, [string, (c: Capabilities) => string]>
> = {
  formFromCommand: [
    'A form after a typed command',
    (c) => (c.formFromCommand === 'modal' ? 'a modal' : 'a card in the conversation'),
  ],
  onlyForMe: ['An answer that only who asked sees', (c) => yes(c.onlyForMe)],
  buttonsPerRow: ['Buttons side by side', (c) => String(c.buttonsPerRow)],
  pictureFromUpload: [
    'Pictures without `PUBLIC_URL`',
    (c) => (c.pictureFromUpload ? 'uploaded' : 'no: the table stands alone'),
  ],
  lookUpUnknownDelivery: [
    'A delivery of unknown outcome can be looked up',
    (c) => yes(c.lookUpUnknownDelivery),
  ],
  threads: ['Answers in a thread', (c) => yes(c.threads)],
  home: ['A Home tab', (c) => yes(c.home)],
  files: ['A file in a form', (c) => (c.files ? 'chosen' : 'its content is pasted')],
  fileFromUpload: [
    'A file in answer',
    (c) => (c.fileFromUpload ? 'uploaded' : 'a link, which needs `PUBLIC_URL`; else its text'),
  ],
  keepsWhileTyping: [
    'A draft of a long form is kept',
    (c) => (c.keepsWhileTyping ? 'with every choice' : 'with every page that is sent'),
  ],
};

test('docs/platforms.md says what the adapters say of themselves', () => {
  const never = (): never => {
    throw new Error('nothing is sent to find out what can be sent');
  };
  const inbound = {
    command: never,
    press: never,
    open: never,
    submit: never,
    keep: never,
    suggest: never,
    home: never,
    learn: never,
  };
  const deps: AdapterDeps = {
    inbound,
    names: never,
    installations: NO_INSTALLATIONS,
    addresses: never,
    drawPicture: never,
    log: silentLog,
    wall,
  };
  const teams = createTeams({ sandbox: true }, deps).outbound.capabilities;
  const rows = Object.values(CAPABILITIES).map(([words, say]) => [words, say(slack), say(teams)]);
  expect(rowsBetween('docs/platforms.md', 'capabilities')).toEqual(rows);
  expect(Object.keys(slack).toSorted()).toEqual([...Object.keys(CAPABILITIES), 'kind'].toSorted());
});

test('docs/escalation.md tells the default escalation as it runs', () => {
  const rows = ([1, 2, 3, 4] as const).map((severity) => {
    const title = `${severity} ${SEVERITY_WORDS[severity]}`;
    const policy = defaultPolicy(severity);
    if (policy === undefined) return [title, 'nobody', '–', '–'];
    const { steps, repeat, workingHours } = policy;
    const long = (ms: number) => (workingHours ? `${ms / HOUR} working hours` : formatDuration(ms));
    const later =
      repeat === undefined || repeat.slowEvery === repeat.every
        ? ''
        : `; after ${long(repeat.slowAfter)} every ${long(repeat.slowEvery)}`;
    return [
      title,
      steps.map(({ roles }) => roles.join(' and ')).join(', then '),
      [...new Set(steps.map(({ wait }) => long(wait)))].join(', '),
      repeat === undefined ? 'once' : `every ${long(repeat.every)}${later}`,
    ];
  });
  expect(rowsBetween('docs/escalation.md', 'escalation')).toEqual(rows);
});

describe('the examples of docs/time.md', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'coxswain-docs-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const code = [...read('docs/time.md').matchAll(/```ts\n([^]*?)```/g)]
    .map(([, block]) => block ?? '')
    .join('\n');
  const imports = [...code.matchAll(/^import .+$/gm)].map(([line]) => line.replace(/'\.\.\//, `'${ROOT}/`));
  const rest = code.replaceAll(/^import .+$/gm, '');
  const examples = [...rest.matchAll(/^(?!\/\/)(\S[^]*?)\n\/\/ (.+)$/gm)].map(
    ([, call = '', gives = '']) => ({
      call: call.trim().replace(/;$/, ''),
      gives,
    }),
  );
  const file = join(folder, 'examples.ts');
  writeFileSync(
    file,
    `${imports.join('\n')}\nexport const results = [\n${examples.map(({ call }) => `() => ${call},`).join('\n')}\n];\n`,
  );
  const { results } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
    results: (() => unknown)[];
  };

  test('there are some, and each has a result', () => {
    expect(examples.length).toBeGreaterThan(7);
    expect(results).toHaveLength(examples.length);
  });

  test.each(examples.map(({ call, gives }, i) => [call, gives, i] as const))(
    '%s gives %s',
    (_call, gives, i) => {
      const result = results[i]!();
      expect(typeof result === 'string' ? result : JSON.stringify(result)).toBe(gives);
    },
  );
});
