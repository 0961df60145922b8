import { allOrgs } from '../../db/orgs.ts';
import { rotateKeys } from '../actions/keys/index.ts';
import { perform } from '../actions/perform.ts';
import type { Config } from '../config.ts';
import type { App } from '../context.ts';
import { CoxswainError, invalid } from '../errors.ts';
import { type Keys, deriveKeys } from '../keys.ts';
import { type SealedBy, sealedBy } from '../queries/keys.ts';
import { type Print, needDatabase, withApp } from './offline.ts';

function keysOf({ databaseUrl, encryptionKey, oldKeys }: Config): Keys {
  needDatabase(databaseUrl());
  if (encryptionKey !== undefined) return deriveKeys(encryptionKey(), oldKeys());
  throw invalid(
    'Set COXSWAIN_ENCRYPTION_KEY to the key under which everything shall be sealed from now on.',
    { hint: 'COXSWAIN_ENCRYPTION_KEY=… COXSWAIN_ENCRYPTION_KEYS_OLD=… coxswain keys rotate' },
  );
}

const counted = ({ present, old, unknown }: SealedBy): string =>
  `${present} under the present key, ${old} under an old one, ${unknown} under none that is given`;

/** How much is sealed with which key. 1 when something cannot be opened. */
export function keysStatus(config: Config, print: Print): Promise<number> {
  return withApp(config, keysOf(config), 'look', async ({ store, keys }) => {
    let unknown = 0;
    for (const { id, name } of await allOrgs(store.read)) {
      const found = await sealedBy(store.read, keys, id);
      unknown += found.unknown;
      print(`${name}: ${counted(found)}`);
    }
    return unknown === 0 ? 0 : 1;
  });
}

/** Seals everything with the present key, while Coxswain runs. Stopped half-way, it goes on where it was. 1 when something is left. */
export function keysRotate(config: Config, print: Print): Promise<number> {
  return withApp(config, keysOf(config), 'beside', async (app) => {
    if (config.oldKeys().length === 0) {
      throw invalid(
        'Set COXSWAIN_ENCRYPTION_KEYS_OLD to the key that is replaced: without it nothing can be opened.',
        {
          hint: 'COXSWAIN_ENCRYPTION_KEYS_OLD=… coxswain keys rotate',
        },
      );
    }
    let left = 0;
    for (const { id, name } of await allOrgs(app.store.read)) left += await rotateOrg(app, id, name, print);
    print(left === 0 ? 'Nothing is left under an old key.' : `${left} values could not be sealed anew.`);
    return left === 0 ? 0 : 1;
  });
}

async function rotateOrg(app: App, org: string, name: string, print: Print): Promise<number> {
  const ctx = { ...app, org, actor: { kind: 'schedule', job: 'keys rotate' } } as const;
  const look = () => sealedBy(app.store.read, app.keys, org);
  let resealed = 0;
  try {
    for (let now = await look(); now.old > 0 || now.unrecorded > 0; now = await look())
      resealed += (await perform(ctx, rotateKeys, {})).resealed;
  } catch (error) {
    // The other organisations do not wait for this one.
    if (!(error instanceof CoxswainError)) throw error;
    print(`${name}: ${error.message}`);
  }
  const after = await look();
  print(`${name}: ${resealed} sealed anew; ${counted(after)}`);
  return after.old + after.unknown;
}
