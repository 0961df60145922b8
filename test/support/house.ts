import { posix } from 'node:path';
import type { Import, Source } from './source.ts';

/** One part of the house, the longest path that fits first; it may always import itself and LEAVES. */
interface Part {
  readonly at: string;
  readonly may: readonly string[];
  /** Only with `import type`. */
  readonly mayTypes?: readonly string[];
}

/** Small files that everything stands on. */
const LEAVES = ['src/errors.ts', 'src/clock.ts', 'src/telemetry/telemetry.ts'];
const SHARED = [
  'src/context.ts',
  'src/holidays.ts',
  'src/ids.ts',
  'src/text.ts',
  'src/keys.ts',
  'src/signing.ts',
  'src/log.ts',
];
const SAYING = ['src/cards/', 'src/actions/', 'src/queries/', 'src/domain/', 'src/ui/', ...SHARED];
const PORT = 'src/platforms/platform.ts';

/** Who may import whom. CONTRIBUTING.md draws the same picture. */
const PARTS: readonly Part[] = [
  { at: 'src/domain/', may: [] },
  { at: 'src/grammar/', may: ['src/domain/'] },
  { at: 'src/rubrics/', may: ['src/domain/', 'db/'] },
  { at: 'src/imports/', may: ['src/domain/', 'src/ids.ts'] },
  { at: 'src/ui/', may: ['src/domain/'] },
  { at: 'src/charts/', may: ['src/ui/', 'src/domain/', 'src/text.ts'] },
  {
    at: 'db/',
    may: ['src/domain/', 'src/ids.ts', 'src/text.ts'],
    mayTypes: ['src/ui/', 'src/keys.ts', 'src/log.ts', PORT],
  },
  { at: 'src/queries/', may: ['src/domain/', 'src/rubrics/', 'db/', ...SHARED], mayTypes: ['src/ui/'] },
  {
    at: 'src/actions/',
    may: ['src/domain/', 'src/rubrics/', 'src/imports/', 'src/grammar/', 'db/', ...SHARED],
    mayTypes: ['src/ui/'],
  },
  {
    at: 'src/cards/',
    may: ['src/ui/', 'src/domain/', 'src/charts/', 'src/text.ts'],
    mayTypes: ['src/queries/'],
  },
  {
    at: 'src/messages/',
    may: ['src/cards/', 'src/queries/', 'src/domain/', 'src/ui/', 'db/', ...SHARED, PORT],
  },
  {
    at: 'commands/',
    may: [...SAYING, 'src/grammar/', 'src/rubrics/', 'src/imports/'],
    mayTypes: ['db/', PORT],
  },
  { at: 'jobs/', may: [...SAYING, 'src/messages/', 'db/'], mayTypes: [PORT] },
  { at: PORT, may: ['src/ui/', 'src/domain/'], mayTypes: ['src/http/', 'src/log.ts'] },
  {
    at: 'src/platforms/',
    may: ['src/ui/', 'src/http/', 'src/log.ts', 'src/text.ts', PORT],
  },
  {
    at: 'src/api/',
    may: ['src/actions/', 'src/queries/', 'src/domain/', 'src/http/', 'db/', ...SHARED],
    mayTypes: ['src/ui/'],
  },
  {
    at: 'src/mcp/',
    may: ['src/api/', 'src/domain/', 'src/http/', ...SHARED],
    mayTypes: ['src/ui/', 'db/'],
  },
  { at: 'src/telemetry/', may: ['src/log.ts'] },
  { at: 'src/http/', may: ['src/keys.ts', 'src/log.ts'], mayTypes: ['src/ui/'] },
  {
    at: 'src/views/',
    may: [
      'src/rubrics/',
      'src/messages/',
      'src/cards/',
      'src/queries/',
      'src/charts/',
      'src/domain/',
      'src/ui/',
      'db/',
      ...SHARED,
    ],
  },
  {
    at: 'src/inbound/',
    may: [
      'commands/',
      'src/cards/',
      'src/actions/',
      'src/grammar/',
      'src/domain/',
      'src/ui/',
      'db/',
      ...SHARED,
    ],
    mayTypes: ['src/queries/', PORT],
  },
  {
    at: 'src/tenants/',
    may: ['src/actions/', 'src/domain/', 'src/http/', 'db/', PORT, ...SHARED],
    mayTypes: ['src/ui/'],
  },
  { at: 'src/index.ts', may: ['src/domain/'] },
  { at: 'src/holidays.ts', may: ['src/domain/'] },
  { at: 'src/context.ts', may: [], mayTypes: ['db/', 'src/domain/', 'src/keys.ts', 'src/log.ts'] },
  { at: 'src/config.ts', may: ['src/settings.ts', 'src/variables.ts'] },
  { at: 'src/settings.ts', may: ['src/variables.ts', 'src/http/loopback.ts'] },
  { at: 'src/variables.ts', may: ['src/domain/', 'src/http/loopback.ts'] },
];

/** These put everything together, or stand outside of the house. */
const EVERYTHING =
  /^(?:src\/(?:(?:main|cli|coxswain)\.ts|cli\/)|(?:bin|test|bench|sandbox|scripts|teams|docs)\/|[^/]+$)/;

export interface Violation {
  readonly path: string;
  /** What is wrong and how to mend it. */
  readonly mend: string;
}

const partOf = (path: string): Part | undefined =>
  PARTS.filter((part) => path.startsWith(part.at)).toSorted((a, b) => b.at.length - a.at.length)[0];

const within = (path: string, places: readonly string[]): boolean =>
  places.some((place) => path.startsWith(place));

/** The path in the repository that a relative import means; undefined for a package. */
const targetOf = (path: string, { from }: Import): string | undefined =>
  from.startsWith('.') ? posix.join(posix.dirname(path), from) : undefined;

/** Every import that goes against PARTS. */
function againstDirection(source: Source): Violation[] {
  const { path } = source;
  if (EVERYTHING.test(path)) return [];
  const part = partOf(path);
  if (part === undefined && path.split('/').length > 2) {
    return [
      {
        path,
        mend: 'stands in a folder without a line in PARTS of test/support/house.ts: add what it may import',
      },
    ];
  }
  const may = part === undefined ? SHARED : [part.at, ...part.may];
  const types = part?.mayTypes ?? [];
  return source.imports.flatMap((one) => {
    const target = targetOf(path, one);
    if (target === undefined || within(target, [...LEAVES, ...may])) return [];
    if (within(target, types)) {
      return one.typeOnly
        ? []
        : [{ path, mend: `imports ${target}, of which it may know only types: write "import type"` }];
    }
    const allowed = [...LEAVES, ...may, ...types.map((type) => `${type} (types)`)].join(', ');
    return [{ path, mend: `imports ${target}; it may import ${allowed}. Pass data in, or move the code up` }];
  });
}

/** Packages that only one place may know, and what everybody else uses instead. */
const KEPT = [
  { package: /^@slack\//, at: ['src/platforms/slack/'], instead: 'Card, Form and src/platforms/platform.ts' },
  {
    package: /^(?:botbuilder|botframework-)/,
    at: ['src/platforms/teams/'],
    instead: 'Card, Form and src/platforms/platform.ts',
  },
  {
    package: /^(?:better-sqlite3|pg|drizzle-orm\/(?:better-sqlite3|node-postgres)(?:\/.*)?)$/,
    at: ['db/'],
    instead: 'Store and the query functions of db/',
  },
  {
    package: /^@modelcontextprotocol\//,
    at: ['src/mcp/'],
    instead: 'the operations of src/api/endpoints',
  },
  {
    package: /^@opentelemetry\//,
    at: ['src/telemetry/'],
    instead: 'the measure of src/telemetry/telemetry.ts',
  },
  { package: /^pg-boss$/, at: ['db/', 'jobs/'], instead: 'the jobs of jobs/index.ts' },
] as const;

function againstKept(source: Source): Violation[] {
  const { path } = source;
  if (/^(?:test|bench|sandbox)\//.test(path)) return [];
  return source.imports.flatMap(({ from }) =>
    KEPT.filter((kept) => kept.package.test(from) && !within(path, kept.at)).map((kept) => ({
      path,
      mend: `imports ${from}, which stays in ${kept.at.join(' and ')}: use ${kept.instead}`,
    })),
  );
}

const adapterOf = (path: string) => /^src\/platforms\/(\w+)\//.exec(path)?.[1];

/** Adapters know nothing of each other, and a subject of actions is entered by its index.ts. */
function againstSurfaces(source: Source): Violation[] {
  const { path } = source;
  const own = adapterOf(path);
  const subject = /^src\/actions\/\w+\//.exec(path)?.[0];
  return source.imports.flatMap((one) => {
    const target = targetOf(path, one) ?? '';
    const other = adapterOf(target);
    if (own !== undefined && other !== undefined && other !== own) {
      return [
        {
          path,
          mend: `imports the other adapter (${target}): what both need belongs to src/platforms/platform.ts`,
        },
      ];
    }
    const inside = /^(src\/actions\/\w+\/)(?!index\.ts$)/.exec(target)?.[1];
    const outsider = !path.startsWith('src/actions/') && !path.startsWith('test/');
    if (inside !== undefined && outsider && inside !== subject) {
      return [{ path, mend: `imports ${target}: export it from ${inside}index.ts and import that` }];
    }
    return [];
  });
}

/** Words of the code that only some files may use. */
const WORDS = [
  {
    word: /\bprocess\s*\.\s*env\b|\bprocess\s*\[|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/,
    at: /^(?:src\/config\.ts|src\/main\.ts|bin\/|test\/|bench\/|docs\/|scripts\/|teams\/package\.ts|vitest\.config\.ts|db\/drizzle\..*)/,
    mend: 'reads process.env: add the variable to src/variables.ts and take it from Config',
  },
  {
    word: /\bDate\s*\.\s*now\b|\bnew\s+Date\s*(?:\(\s*\)|(?!\s*\())|\bperformance\s*\.\s*now\b|(?<!new\s+|\.)\bDate\s*\(|\bTemporal\s*\.\s*Now\b/,
    at: /^(?:src\/clock\.ts|bench\/|test\/|sandbox\/page\/|docs\/)/,
    mend: 'reads the time: take it from a Clock (business time) or a Wall (transport time), see src/clock.ts',
  },
  {
    word: /\bconsole\s*\./,
    at: /^(?:bin\/|src\/cli\.ts|bench\/|test\/|sandbox\/page\/|scripts\/|teams\/|docs\/)/,
    mend: 'writes to the console: log through Log, or return a sentence to the one who asked',
  },
] as const;

function againstWords(source: Source): Violation[] {
  const { path, code } = source;
  return WORDS.filter(({ word, at }) => word.test(code) && !at.test(path)).map(({ mend }) => ({
    path,
    mend,
  }));
}

const MOST_LINES = 400;

/** A file is one idea; a file of a subject of actions is at most one action, and its index.ts only a list. */
function againstSize(source: Source): Violation[] {
  const { path, code, lines } = source;
  const found: Violation[] = [];
  if (lines > MOST_LINES) {
    found.push({ path, mend: `has ${lines} lines, ${MOST_LINES} is the ceiling: two ideas, two files` });
  }
  if (!/^src\/actions\/\w+\//.test(path)) return found;
  const actions = code.match(/\bdefineAction\s*(?:<[^>]*>)?\s*\(/g)?.length ?? 0;
  if (path.endsWith('/index.ts')) {
    const rest = code.replaceAll(/\bexport\s+(?:type\s+)?(?:\{[^}]*\}|\*)\s*from\s*''\s*;/g, '').trim();
    if (rest !== '')
      found.push({ path, mend: 'holds more than "export { … } from": it is the surface of its subject' });
  } else if (actions > 1) {
    found.push({ path, mend: `defines ${actions} actions: one verb, one file` });
  }
  return found;
}

/** Every rule; each answers with what goes against it in one file. */
export const RULES = [againstDirection, againstKept, againstSurfaces, againstWords, againstSize] as const;
