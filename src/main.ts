import type { AddressInfo } from 'node:net';
import { readHead } from '../db/audit.ts';
import { allOrgs } from '../db/orgs.ts';
import { type Coxswain, type Options, assemble } from './coxswain.ts';
import type { Config } from './config.ts';
import type { App } from './context.ts';
import { appointAdmins } from './actions/org/index.ts';
import { perform } from './actions/perform.ts';
import { invalid } from './errors.ts';
import type { Log } from './log.ts';
import { INSTALL_PATH } from './platforms/slack/install-pages.ts';
import { isConnected } from './tenants/connect.ts';
import { ensureOrg } from './tenants/home.ts';

/** A process that runs. */
export interface Running {
  readonly url: string;
  /** What to tell whoever started it, line by line. */
  readonly greeting: readonly string[];
  stop(): Promise<void>;
}

/** Listens on the configured port, or on the next free one where that is allowed. Returns the port. */
export async function listen(
  coxswain: Coxswain,
  { host, port, portMayMove }: Pick<Config, 'host' | 'port' | 'portMayMove'>,
): Promise<number> {
  for (let next = port; ; next++) {
    const taken = await new Promise<boolean>((resolve, reject) => {
      const refuse = (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? resolve(true) : reject(error);
      coxswain.server.once('error', refuse);
      coxswain.server.listen(next, host, () => {
        coxswain.server.off('error', refuse);
        resolve(false);
      });
    });
    if (!taken) return (coxswain.server.address() as AddressInfo).port;
    if (!portMayMove || next > port + 50) {
      throw invalid(`Port ${next} is in use by another program.`, { hint: 'PORT=3001' });
    }
  }
}

/**
 * With the wrong key nothing could be changed, and no stored token opens. Where it is right for some organisation, the audit
 * log of another one is what is wrong: the others go on, and the doctor says so.
 */
async function checkKey({ store, keys, log }: App): Promise<void> {
  const unsealed: string[] = [];
  const orgs = await allOrgs(store.read);
  for (const { id } of orgs) {
    if ((await readHead(store.read, keys, id))?.sealed === false) unsealed.push(id);
  }
  if (unsealed.length > 0 && unsealed.length === orgs.length)
    throw invalid(
      'COXSWAIN_ENCRYPTION_KEY is not the key of this database: its audit log was sealed with another one. Put that one back; or, if you are changing it, put the one before into COXSWAIN_ENCRYPTION_KEYS_OLD.',
    );
  for (const org of unsealed) log.error({ org }, 'the audit log of an organisation does not carry our seal');
}

/** Starts Coxswain with the platforms whose credentials are configured. */
export async function startConnected(
  config: Config,
  log: Log,
  say: (line: string) => void,
): Promise<Running> {
  const options: Options = {
    databaseUrl: config.databaseUrl(),
    masterKey: config.encryptionKey!(),
    oldKeys: config.oldKeys(),
    log,
    timeZone: config.timeZone,
    publicUrl: () => config.publicUrl,
    admins: config.admins,
    ...(config.headsFile === undefined ? {} : { headsFile: config.headsFile }),
    ...(config.apiRate === undefined ? {} : { apiRate: config.apiRate }),
    ...(config.heartbeatUrl === undefined ? {} : { heartbeatUrl: config.heartbeatUrl }),
    ...(config.metricsToken === undefined ? {} : { metricsToken: config.metricsToken }),
    ...(config.collectorUrl === undefined ? {} : { collectorUrl: config.collectorUrl }),
  };
  const coxswain = await assemble(options);
  await checkKey(coxswain.app);
  // Where workspaces only come by OAuth, each has an organisation of its own, and nobody owns this configuration.
  const owned = config.slack?.botToken !== undefined || config.teams !== undefined;
  const { org, adminCode } = owned
    ? await ensureOrg(coxswain.app, 'My organisation', config.timeZone)
    : { org: undefined, adminCode: undefined };
  if (config.admins.length > 0 && org !== undefined) {
    const ctx = { ...coxswain.app, org: org.id, actor: { kind: 'schedule', job: 'start' } } as const;
    await perform(ctx, appointAdmins, { emails: config.admins });
  }
  if (adminCode !== undefined) {
    const line = config.slack === undefined ? 'admin claim' : '/pilot admin claim';
    say(`Nobody is admin yet. Become admin by typing in the chat:  ${line} ${adminCode}`);
  }
  if (config.slack !== undefined) {
    const { createSlack } = await import('./platforms/slack/index.ts');
    const { botToken, oauth, signingSecret, appToken, apiUrl } = config.slack;
    coxswain.add(
      createSlack(
        {
          ...(botToken === undefined ? {} : { botToken: botToken() }),
          ...(oauth === undefined
            ? {}
            : {
                oauth: {
                  clientId: oauth.clientId,
                  clientSecret: oauth.clientSecret(),
                  publicUrl: () => config.publicUrl!,
                },
              }),
          ...(signingSecret === undefined ? {} : { signingSecret: signingSecret() }),
          ...(appToken === undefined ? {} : { appToken: appToken() }),
          ...(apiUrl === undefined ? {} : { apiUrl }),
        },
        coxswain.deps,
      ),
    );
  }
  if (config.teams !== undefined) {
    const { createTeams } = await import('./platforms/teams/index.ts');
    const { appId, appPassword, tenantIds, appType } = config.teams;
    const [tenantId, ...tenants] = tenantIds;
    coxswain.add(
      createTeams(
        {
          appId,
          appType,
          ...(appPassword === undefined ? {} : { appPassword: appPassword() }),
          ...(tenantId === undefined ? {} : { tenantId }),
          tenants,
          serves: (tenant) => isConnected(coxswain.app, 'teams', tenant),
        },
        coxswain.deps,
      ),
    );
  }
  const port = await listen(coxswain, config);
  say(`Coxswain listens on ${config.publicUrl ?? `http://${config.host}:${port}`}`);
  for (const platform of coxswain.platforms()) {
    const tenants = await coxswain.connect(org?.id, platform);
    for (const { name, adminCode: code } of tenants) {
      say(`${platform.kind}: connected to ${name}`);
      if (code !== undefined)
        say(`Nobody is admin of ${name} yet. Become admin by typing in its chat:  admin claim ${code}`);
    }
    if (platform.kind === 'slack' && config.slack?.oauth !== undefined)
      say(`slack: workspaces install it at ${config.publicUrl}${INSTALL_PATH}`);
    if (platform.kind === 'teams' && tenants.length === 0)
      say('teams: no tenant is bound. Set MICROSOFT_APP_TENANT_ID.');
  }
  await coxswain.engine.start();
  return { url: `http://${config.host}:${port}`, greeting: [], stop: coxswain.stop };
}
