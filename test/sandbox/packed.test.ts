import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** Serves both pages from the compiled code, in a process that knows nothing of the sources. */
const SERVE = `
import { createHttpServer } from './dist/src/http/server.js';
import { assetRoutes } from './dist/sandbox/assets.js';
import { createTeamsSandbox } from './dist/sandbox/teams/index.js';
const teams = createTeamsSandbox({ people: [], channels: [], baseUrl: () => '' });
const log = { error: (fields) => console.error(fields) };
const server = createHttpServer([...teams.routes, ...assetRoutes('token')], log);
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

let folder = '';
let origin = '';
let server: ChildProcess | undefined;

/** The package as npm would install it: compiled code, the files beside it, and nothing but its dependencies. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const dist = join(folder, 'dist');
  const { bin } = JSON.parse(readFileSync(join(root, 'node_modules/typescript/package.json'), 'utf8'));
  const tsc = join(root, 'node_modules/typescript', bin.tsc);
  // What is wrong with a type is another test's; here it matters which files come out.
  await run(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--noCheck', '--outDir', dist], {
    cwd: root,
  });
  await run(process.execPath, ['scripts/copy-assets.ts', dist], { cwd: root });
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(dependencies)) {
    const at = join(folder, 'node_modules', name);
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), at, 'dir');
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'serve.js'), SERVE);
  server = spawn(process.execPath, ['serve.js'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(server.stdout!, 'data')) as [Buffer];
  origin = `http://127.0.0.1:${port.toString().trim()}`;
}, 60_000);

afterAll(() => {
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** What a page, a script or a style sheet names as its parts. */
const LINKS = {
  html: /<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+)"/g,
  script: /(?:\bfrom|\bimport)\s*["']([^"']+)["']/g,
  style: /(?:@import\s+|url\()\s*["']?([^"')\s]+)/g,
} as const;

const kindOf = (type: string): keyof typeof LINKS | undefined =>
  /html/.test(type) ? 'html' : /javascript/.test(type) ? 'script' : /css/.test(type) ? 'style' : undefined;

/** Follows everything that a page needs: status by path. */
async function crawl(start: string): Promise<ReadonlyMap<string, number>> {
  const statuses = new Map<string, number>();
  let imports: Readonly<Record<string, string>> = {};
  const waiting = [new URL(start, origin).href];
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    const at = new URL(url).pathname;
    if (statuses.has(at)) continue;
    const answer = await fetch(url);
    statuses.set(at, answer.status);
    const kind = kindOf(answer.headers.get('content-type') ?? '');
    if (kind === undefined) continue;
    const text = await answer.text();
    const map = /<script type="importmap"[^>]*>([^<]*)</.exec(text)?.[1];
    if (map !== undefined) imports = (JSON.parse(map) as { imports: Record<string, string> }).imports;
    for (const [, name = ''] of text.matchAll(LINKS[kind])) {
      if (!name.startsWith('data:')) waiting.push(new URL(imports[name] ?? name, url).href);
    }
  }
  return statuses;
}

const missing = (parts: ReadonlyMap<string, number>) => [...parts].filter(([, status]) => status !== 200);

test('the packed Slack view has every part that it imports', async () => {
  const parts = await crawl('/sandbox');
  expect(missing(parts)).toEqual([]);
  expect([...parts.keys()]).toEqual(
    expect.arrayContaining([
      '/sandbox/page/main.ts',
      '/sandbox/page/shared/elements.ts',
      '/sandbox/page/shared/json.ts',
      '/sandbox/page/icon.svg',
      '/sandbox/lib/preact-hooks.js',
      '/sandbox/lib/htm-preact.js',
    ]),
  );
});

test('the packed Teams view has every part that it loads, with Microsoft’s renderer', async () => {
  const parts = await crawl('/sandbox/teams/');
  expect(missing(parts)).toEqual([]);
  expect([...parts.keys()]).toEqual(
    expect.arrayContaining(
      ['app.js', 'cards.js', 'style.css', 'adaptivecards.js', 'markdown-it.js'].map(
        (name) => `/sandbox/teams/${name}`,
      ),
    ),
  );
});
