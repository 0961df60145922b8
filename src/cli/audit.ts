import { existsSync, readFileSync } from 'node:fs';
import { type Org, allOrgs } from '../../db/orgs.ts';
import type { Store } from '../../db/store.ts';
import { isEmptyDatabase } from './faults.ts';
import { type Print, needDatabase, needKeys, withStore } from './offline.ts';
import type { Config } from '../config.ts';
import { type ExportedHead, findHeads } from '../domain/audit-head.ts';
import { invalid, notFound } from '../errors.ts';
import type { Keys } from '../keys.ts';
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

/** Checks the audit log of every organisation in a store, says one line about each; how many are broken. */
export async function verifyAll(
  store: Pick<Store, 'read'>,
  keys: Keys,
  heads: readonly ExportedHead[],
  print: Print,
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
export async function auditVerify(config: Config, named: string | undefined, print: Print): Promise<number> {
  needDatabase(config.databaseUrl());
  const keys = needKeys(config, 'coxswain audit verify');
  const heads = headsOf(config, named);
  return withStore(config.databaseUrl(), 'look', async (store) =>
    (await verifyAll(store, keys, heads, print)) === 0 ? 0 : 1,
  );
}
