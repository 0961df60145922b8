import { type Org, allOrgs } from '../../db/orgs.ts';
import { headsOf, verifyAll } from './audit.ts';
import { type Print, needDatabase, needKeys, offline, withStore } from './offline.ts';
import type { Config } from '../config.ts';
import type { App } from '../context.ts';
import { headsFile } from '../heads-file.ts';
import { type Check, type Vitals, examine } from '../queries/doctor.ts';
import { databaseCheck } from '../queries/doctor-checks.ts';
import { askPlatforms } from './doctor-platforms.ts';

/** Only the running process knows these. */
const OF_THE_PROCESS = new Set(['scheduler', 'duties', 'platforms', 'pictures']);

/** `coxswain doctor`: everything that can be told beside the running process; 1 when something is broken. */
export async function doctor(config: Config, print: Print): Promise<number> {
  needDatabase(config.databaseUrl());
  const keys = needKeys(config, 'coxswain doctor');
  return withStore(config.databaseUrl(), 'look', async (store) => {
    const database = databaseCheck(await store.inspect(true));
    show(database, print);
    if (database.state === 'fault') return 1;
    const heads = config.headsFile === undefined ? {} : { heads: headsFile(config.headsFile) };
    const app = { ...offline(store, keys), ...heads };
    const vitals: Vitals = {
      platforms: [],
      publicUrl: config.publicUrl,
      lastTick: undefined,
      longestSilence: 0,
      ...(await askPlatforms(config, app)),
    };
    let broken = 0;
    for (const org of await allOrgs(store.read)) broken += await checkOrg(app, org, vitals, print);
    broken += await verifyAll(store, keys, headsOf(config, undefined), print);
    return broken === 0 ? 0 : 1;
  });
}

async function checkOrg(app: App, org: Org, vitals: Vitals, print: Print): Promise<number> {
  print(`${org.name}:`);
  const { unasked: _, ...silent } = vitals;
  // The sandbox's platforms are in the process that runs it.
  const checks = (await examine(app, org.id, org.sandbox ? silent : vitals)).filter(
    (check) => check.name !== 'database' && !OF_THE_PROCESS.has(check.name),
  );
  for (const check of checks) show(check, print);
  return checks.filter((check) => check.state === 'fault').length;
}

const MARK: Record<Check['state'], string> = { ok: 'ok     ', warning: 'WARNING', fault: 'FAULT  ' };

const show = ({ name, state, says, do: todo }: Check, print: Print): void =>
  print(`${MARK[state]} ${name}: ${says}${todo === undefined ? '' : ` ${todo}`}`);
