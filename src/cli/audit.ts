import { existsSync, readFileSync } from 'node:fs';
import { type Org, allOrgs } from '../../db/orgs.ts';
import { openStore } from '../../db/open.ts';
import type { Store } from '../../db/store.ts';
import { isEmptyDatabase } from './faults.ts';
import { wall } from '../clock.ts';
import type { Config } from '../config.ts';
import { type ExportedHead, findHeads } from '../domain/audit-head.ts';
import { invalid, notFound } from '../errors.ts';
import { type Keys, deriveKeys } from '../keys.ts';
import { createLog } from '../log.ts';
import { verifyAudit } from '../queries/audit.ts';

/** An empty database has no organisations, and no tables either. */
async function orgsOf(store: Pick<Store, 'read'>): Promise<readonly Org[]> {
  try {
    return await allOrgs(store.read);
  } catch (error) {
    if (isEmptyDatabase(error)) return [];
    throw error;
  }
}

/** With any other key than the one it was sealed with, a log that is whole would look broken. */
export function needKeys({ encryptionKey, oldKeys }: Config, example: string): Keys {
  if (encryptionKey !== undefined) return deriveKeys(encryptionKey(), oldKeys());
  throw invalid(
    'Set COXSWAIN_ENCRYPTION_KEY to the key with which this log was sealed: without it nothing can be verified.',
    { hint: `COXSWAIN_ENCRYPTION_KEY=… ${example}` },
  );
}

/** The path behind `file:…`; undefined for PostgreSQL. */
export const databaseFile = (url: string): string | undefined =>
  url.startsWith('file:') ? url.slice('file:'.length) : undefined;

/** Told before a missing key: in the wrong folder there is no `.env` either. */
export function needDatabase(url: string): void {
  const file = databaseFile(url);
  if (file !== undefined && !existsSync(file))
    throw notFound(
      `There is no file ${file}, where DATABASE_URL says that the database is. Check the path, and the folder you are in.`,
    );
}

/** Checks the audit log of every organisation in a store, says one line about each; how many are broken. */
export async function verifyAll(
  store: Pick<Store, 'read'>,
  keys: Keys,
  heads: readonly ExportedHead[],
  print: (line: string) => void,
): Promise<number> {
  const orgs = await orgsOf(store);
  if (orgs.length === 0) throw notFound('There is no organisation in this database yet.');
  let broken = 0;
  for (const org of orgs) {
    const verdict = await verifyAudit(store, keys, org.id, heads);
    if (!verdict.ok) broken += 1;
    print(
      verdict.ok
        ? `${org.name}: whole, ${verdict.entries} entries, head ${verdict.head}${also(verdict)}`
        : `${org.name}: BROKEN at entry ${verdict.fault.seq}: ${verdict.fault.what}`,
    );
  }
  return broken;
}

const also = ({ erased, heads }: { erased: number; heads: number }): string =>
  [
    heads === 0 ? '' : `, as in ${heads} exported ${heads === 1 ? 'head' : 'heads'}`,
    erased === 0 ? '' : `, ${erased} ${erased === 1 ? 'text' : 'texts'} erased`,
  ].join('');

/** The heads of a file that was named, or of the configured one where it is there. */
export function headsOf(config: Config, named: string | undefined): ExportedHead[] {
  const path = named ?? config.headsFile;
  if (path === undefined || (named === undefined && !existsSync(path))) return [];
  if (!existsSync(path)) throw notFound(`There is no file ${path}.`);
  const heads = findHeads(readFileSync(path, 'utf8'));
  if (heads.length === 0)
    throw invalid(`There is no exported head in ${path}. Heads begin with cxh1.`, {
      hint: 'coxswain audit verify --heads audit-heads.ndjson',
    });
  return heads;
}

/** `coxswain audit verify`: 0 when all is whole. */
export async function auditVerify(
  config: Config,
  named: string | undefined,
  print: (line: string) => void,
): Promise<number> {
  needDatabase(config.databaseUrl());
  const keys = needKeys(config, 'coxswain audit verify');
  const heads = headsOf(config, named);
  const store = await openStore(config.databaseUrl(), { wall, log: createLog('warn'), readOnly: true });
  try {
    return (await verifyAll(store, keys, heads, print)) === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}
