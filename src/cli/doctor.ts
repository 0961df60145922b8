import { openStore } from '../../db/open.ts';
import { type Org, allOrgs, installationsOf } from '../../db/orgs.ts';
import { headsOf, needDatabase, needKeys, verifyAll } from './audit.ts';
import { systemClock, wall } from '../clock.ts';
import type { Config } from '../config.ts';
import type { App } from '../context.ts';
import { headsFile } from '../heads-file.ts';
import { createLog } from '../log.ts';
import { type Check, type Vitals, examine } from '../queries/doctor.ts';
import { databaseCheck } from '../queries/doctor-checks.ts';
import type { Installed } from '../platforms/platform.ts';
import { noTelemetry } from '../telemetry/telemetry.ts';
import { createInstallations } from '../tenants/installations.ts';

/** Only the running process knows these. */
const OF_THE_PROCESS = new Set(['scheduler', 'duties', 'platforms', 'pictures']);

/** `coxswain doctor`: everything that can be told beside the running process; 1 when something is broken. */
export async function doctor(config: Config, print: (line: string) => void): Promise<number> {
  needDatabase(config.databaseUrl());
  const keys = needKeys(config, 'coxswain doctor');
  const log = createLog('warn');
  const store = await openStore(config.databaseUrl(), { wall, log, readOnly: true });
  try {
    const database = databaseCheck(await store.inspect(true));
    show(database, print);
    if (database.state === 'fault') return 1;
    const heads = config.headsFile === undefined ? {} : { heads: headsFile(config.headsFile) };
    const app = {
      store,
      clock: systemClock,
      wall,
      keys,
      log,
      telemetry: noTelemetry,
      kick: () => undefined,
      ...heads,
    };
    const vitals = await vitalsOf(config, app);
    let broken = 0;
    for (const org of await allOrgs(store.read)) broken += await checkOrg(app, org, vitals, print);
    broken += await verifyAll(store, keys, headsOf(config, undefined), print);
    return broken === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

async function checkOrg(app: App, org: Org, vitals: Vitals, print: (line: string) => void): Promise<number> {
  print(`${org.name}:`);
  const checks = (await examine(app, org.id, vitals)).filter(
    (check) => check.name !== 'database' && !OF_THE_PROCESS.has(check.name),
  );
  for (const check of checks) show(check, print);
  return checks.filter((check) => check.state === 'fault').length;
}

const MARK: Record<Check['state'], string> = { ok: 'ok     ', warning: 'WARNING', fault: 'FAULT  ' };

const show = ({ name, state, says, do: todo }: Check, print: (line: string) => void): void =>
  print(`${MARK[state]} ${name}: ${says}${todo === undefined ? '' : ` ${todo}`}`);

/** With the tokens that the running process uses; one that it has yet to renew is not tried. */
async function vitalsOf({ slack, publicUrl }: Config, app: App): Promise<Vitals> {
  const vitals: Vitals = { platforms: [], publicUrl, lastTick: undefined, longestSilence: 0 };
  if (slack === undefined) return vitals;
  const [{ createClient }, { examine: examineSlack }, { slackLogger }, { silentLog }] = await Promise.all([
    import('../platforms/slack/client.ts'),
    import('../platforms/slack/examine.ts'),
    import('../platforms/slack/logger.ts'),
    import('../log.ts'),
  ]);
  const installations = createInstallations(app, 'UTC');
  const tokens = new Map<string, string>();
  for (const { id } of await allOrgs(app.store.read)) {
    for (const { tenant } of (await installationsOf(app.store.read, id)).filter(
      (i) => i.platform === 'slack',
    )) {
      const installed = await installations.find('slack', tenant);
      const expired = (installed?.expiresAt ?? Number.POSITIVE_INFINITY) <= app.wall.now();
      const token = installed === undefined ? slack.botToken?.() : expired ? undefined : tokenOf(installed);
      if (token !== undefined) tokens.set(tenant, token);
    }
  }
  return {
    ...vitals,
    examine: (platform, tenant, channels) => {
      const token = platform === 'slack' ? tokens.get(tenant) : undefined;
      if (token === undefined) return undefined;
      return examineSlack(createClient(token, slackLogger(silentLog), slack.apiUrl), channels);
    },
  };
}

/** Undefined when it was sealed with a key that is not given: another check tells that. */
function tokenOf(installed: Installed): string | undefined {
  try {
    return installed.tokens().access;
  } catch {
    return undefined;
  }
}
