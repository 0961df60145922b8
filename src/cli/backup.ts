import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSqliteFile } from '../../db/integrity.ts';
import { allOrgs } from '../../db/orgs.ts';
import { makePrivate } from '../../db/private-file.ts';
import type { Store } from '../../db/store.ts';
import { noteBackup } from '../actions/org/index.ts';
import { perform } from '../actions/perform.ts';
import { verifyAll } from './audit.ts';
import {
  type Print,
  databaseFile,
  needDatabase,
  needKeys,
  needSchema,
  withApp,
  withStore,
} from './offline.ts';
import { damaged, readPortable, writePortable } from './portable.ts';
import type { Config } from '../config.ts';
import { conflict, invalid } from '../errors.ts';
import type { Keys } from '../keys.ts';

/** A backup that both engines can read; any other name is a copy of the SQLite file. */
export const isPortable = (path: string): boolean => path.endsWith('.gz');

/** `coxswain backup <file>`: makes it while Coxswain runs, under another name until it has been verified. */
export async function backup(config: Config, path: string, print: Print): Promise<void> {
  const url = config.databaseUrl();
  needDatabase(url);
  const keys = needKeys(config, 'coxswain backup coxswain.db');
  if (existsSync(path)) throw conflict(`${path} is there already, and is left as it is. Name another file.`);
  if (databaseFile(url) === undefined && !isPortable(path))
    throw invalid('From PostgreSQL a portable backup is made: its name ends in .ndjson.gz.', {
      hint: 'coxswain backup coxswain.ndjson.gz',
    });
  const unfinished = `${path}.unfinished-${process.pid}`;
  const kind = isPortable(path) ? 'portable' : 'sqlite';
  try {
    await withStore(url, 'look', async (store) => {
      await needSchema(store);
      makePrivate(unfinished);
      if (kind === 'portable') await writePortable(store, unfinished);
      else await store.backup!(unfinished);
    });
    await verifyBackup(unfinished, kind, keys, print);
    await rename(unfinished, path);
  } finally {
    for (const more of ['', '-wal', '-shm']) await rm(`${unfinished}${more}`, { force: true });
  }
  const bytes = statSync(path).size;
  await note(config, keys, { bytes, kind });
  print(
    `${path}: ${bytes} bytes, verified. Keep COXSWAIN_ENCRYPTION_KEY elsewhere: without it this is of little use.`,
  );
}

/** Opens what was written as a restore would, and checks it; throws when anything is wrong. */
async function verifyBackup(
  path: string,
  kind: 'portable' | 'sqlite',
  keys: Keys,
  print: Print,
): Promise<void> {
  if (kind === 'sqlite') return verifySqlite(path, keys, print);
  // Read back into a database of its own: what was not read back may not be readable.
  const folder = await mkdtemp(join(tmpdir(), 'coxswain-backup-'));
  try {
    await withStore(
      `file:${join(folder, 'verify.db')}`,
      'migrate',
      async (store) => {
        await store.write((tx) => readPortable(tx, path));
        await assertWhole(store, keys, print);
      },
      { passing: true },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A SQLite file that nobody uses: is it whole, and its audit logs too? */
export async function verifySqlite(path: string, keys: Keys, print: Print): Promise<void> {
  const { faults } = await checkSqliteFile(path);
  if (faults.length > 0) throw damaged(`SQLite says: ${faults.join('; ').slice(0, 300)}`);
  await withStore(`file:${path}`, 'look', (store) => assertWhole(store, keys, print));
}

export async function assertWhole(store: Pick<Store, 'read'>, keys: Keys, print: Print): Promise<void> {
  const broken = await verifyAll(store, keys, [], print);
  if (broken > 0)
    throw invalid('An audit log in it is broken, or was sealed with another COXSWAIN_ENCRYPTION_KEY.', {
      hint: 'coxswain audit verify',
    });
}

/** Every organisation's log says that it was copied, and the doctor when. */
async function note(config: Config, keys: Keys, what: { bytes: number; kind: string }): Promise<void> {
  await withApp(config, keys, 'beside', async (app) => {
    for (const { id } of await allOrgs(app.store.read))
      await perform({ ...app, org: id, actor: { kind: 'schedule', job: 'backup' } }, noteBackup, what);
  });
}
