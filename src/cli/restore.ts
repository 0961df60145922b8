import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkSqliteFile, isSqliteInUse } from '../../db/integrity.ts';
import { hasOrgs } from '../../db/orgs.ts';
import type { Db, Store } from '../../db/store.ts';
import { type Print, databaseFile, needKeys, withStore } from './offline.ts';
import { isEmptyDatabase } from './faults.ts';
import { assertWhole, isPortable, verifySqlite } from './backup.ts';
import { readPortable } from './portable.ts';
import { wall } from '../clock.ts';
import type { Config } from '../config.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import type { Keys } from '../keys.ts';

export interface RestoreOptions {
  readonly path: string;
  /** Puts a database that is there already aside. */
  readonly replace: boolean;
}

/** `coxswain restore <file>`: checks the backup, builds the database beside its place, checks that, and moves it there. */
export async function restore(
  config: Config,
  { path, replace }: RestoreOptions,
  print: Print,
): Promise<void> {
  const keys = needKeys(config, 'coxswain restore coxswain.db');
  if (!existsSync(path)) throw notFound(`There is no file ${path}.`);
  const url = config.databaseUrl();
  const target = databaseFile(url);
  if (target !== undefined) return intoFile({ path, replace, target, keys }, print);
  if (!isPortable(path))
    throw invalid(
      'This is a copy of a SQLite file. PostgreSQL takes a portable backup, which ends in .ndjson.gz.',
      {
        hint: 'DATABASE_URL=file:… coxswain backup coxswain.ndjson.gz',
      },
    );
  return intoPostgres(url, path, keys, print);
}

interface IntoFile extends RestoreOptions {
  readonly target: string;
  readonly keys: Keys;
}

async function intoFile({ path, replace, target, keys }: IntoFile, print: Print): Promise<void> {
  await assertFree(target, replace);
  mkdirSync(dirname(target), { recursive: true });
  const made = `${target}.restoring-${process.pid}`;
  try {
    if (isPortable(path)) {
      await withStore(`file:${made}`, 'migrate', (store) => store.write((tx) => readPortable(tx, path)));
    } else {
      copyFileSync(path, made);
      chmodSync(made, 0o600);
      const { faults } = await checkSqliteFile(made);
      if (faults.length > 0)
        throw invalid(`This backup is damaged: ${faults.join('; ').slice(0, 300)}. Take another one.`);
      // An older version's backup gets this version's schema.
      await withStore(`file:${made}`, 'migrate', async () => undefined);
    }
    await verifySqlite(made, keys, print);
    await assertFree(target, replace);
    const aside = await putAside(target);
    await rename(made, target);
    print(`${target} is restored and verified.${aside === undefined ? '' : ` The one before is ${aside}.`}`);
  } finally {
    for (const more of ['', '-wal', '-shm', '-journal']) await rm(`${made}${more}`, { force: true });
  }
}

async function assertFree(target: string, replace: boolean): Promise<void> {
  if (!existsSync(target)) return;
  if (!replace)
    throw conflict(`${target} is there already. With --replace it is put aside, not deleted.`, {
      hint: 'coxswain restore coxswain.db --replace',
    });
  if (await isSqliteInUse(target))
    throw conflict(`${target} is in use: stop Coxswain, and whatever else has it open, first.`);
}

/** Nobody has it open, so there is no write-ahead log beside it that belongs to it. */
async function putAside(target: string): Promise<string | undefined> {
  if (!existsSync(target)) return undefined;
  const stamp = new Date(wall.now()).toISOString().replaceAll(/[:.]/g, '-');
  const aside = `${target}.before-${stamp}`;
  await rename(target, aside);
  for (const more of ['-wal', '-shm']) {
    if (existsSync(`${target}${more}`)) await rename(`${target}${more}`, `${aside}${more}`);
  }
  return aside;
}

async function intoPostgres(url: string, path: string, keys: Keys, print: Print): Promise<void> {
  // Looked at first: a database that is somebody's keeps its schema, too.
  await withStore(url, 'look', assertNobodys);
  await withStore(url, 'migrate', async (store) => {
    const rows = await store.write(async (tx) => {
      await assertNobodys({ read: tx });
      const count = await readPortable(tx, path);
      // Before the commit: what is not whole does not come to stay.
      await assertWhole({ read: tx }, keys, print);
      return count;
    });
    print(`${rows} rows are restored and verified.`);
  });
}

async function assertNobodys({ read }: Pick<Store, 'read'>): Promise<void> {
  if (await orgsThere(read))
    throw conflict(
      'There is an organisation in this database already, and it is left as it is. Make a new, empty database and name that one in DATABASE_URL.',
      { hint: 'DATABASE_URL=postgres://…/coxswain_restored coxswain restore coxswain.ndjson.gz' },
    );
}

async function orgsThere(db: Db): Promise<boolean> {
  try {
    return await hasOrgs(db);
  } catch (error) {
    if (isEmptyDatabase(error)) return false;
    throw error;
  }
}
