import { installationsOn } from '../../db/orgs.ts';
import type { Config, SlackConfig, TeamsConfig } from '../config.ts';
import type { App } from '../context.ts';
import { type PlatformKind, platformName } from '../domain/person.ts';
import { silentLog } from '../log.ts';
import type { Installed } from '../platforms/platform.ts';
import type { Cloud } from '../platforms/teams/auth.ts';
import type { Vitals } from '../queries/doctor.ts';
import { createInstallations } from '../tenants/installations.ts';

type Ask = NonNullable<Vitals['examine']>;
type Why = NonNullable<Vitals['unasked']>;

/** How the platforms are asked beside the running process, with its credentials; and why one is not. */
export async function askPlatforms(
  { slack, teams }: Pick<Config, 'slack' | 'teams'>,
  app: App,
  cloud: Cloud = {},
): Promise<{ examine: Ask; unasked: Why }> {
  const asks: Partial<Record<PlatformKind, Ask | undefined>> = {
    ...(slack === undefined ? {} : { slack: await slackOf(slack, app) }),
    ...(teams === undefined ? {} : { teams: await teamsOf(teams, app, cloud) }),
  };
  const missing: Record<PlatformKind, string> = {
    slack: slack === undefined ? 'SLACK_BOT_TOKEN or SLACK_CLIENT_ID' : '',
    teams: teams === undefined ? 'MICROSOFT_APP_ID' : '',
  };
  return {
    examine: (platform, tenant, channels) => asks[platform]?.(platform, tenant, channels),
    unasked: (platform) =>
      missing[platform] === ''
        ? { says: 'not asked: only the running Coxswain renews its token.', do: 'Type “doctor” in the chat.' }
        : {
            says: `not asked: ${missing[platform]} is not set here.`,
            do: `Give this command the environment of the running Coxswain, or type “doctor” in ${platformName(platform)}.`,
          },
  };
}

/** With the tokens that the running process uses; one that it has yet to renew is not tried. */
async function slackOf(slack: SlackConfig, app: App): Promise<Ask> {
  const [{ createClient }, { examine }, { slackLogger }] = await Promise.all([
    import('../platforms/slack/client.ts'),
    import('../platforms/slack/examine.ts'),
    import('../platforms/slack/logger.ts'),
  ]);
  const installations = createInstallations(app, 'UTC');
  const tokens = new Map<string, string>();
  for (const { tenant } of await installationsOn(app.store.read, 'slack')) {
    const installed = await installations.find('slack', tenant);
    const expired = (installed?.expiresAt ?? Number.POSITIVE_INFINITY) <= app.wall.now();
    const token = installed === undefined ? slack.botToken?.() : expired ? undefined : tokenOf(installed);
    if (token !== undefined) tokens.set(tenant, token);
  }
  return (_platform, tenant, channels) => {
    const token = tokens.get(tenant);
    if (token === undefined) return undefined;
    return examine(createClient(token, slackLogger(silentLog), slack.apiUrl), channels);
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

async function teamsOf(teams: TeamsConfig, app: App, cloud: Cloud): Promise<Ask | undefined> {
  // Microsoft's library takes a second to load.
  if ((await installationsOn(app.store.read, 'teams')).every(({ active }) => !active)) return undefined;
  const [{ createAuth }, { createConnector }, { examine }] = await Promise.all([
    import('../platforms/teams/auth.ts'),
    import('../platforms/teams/connector.ts'),
    import('../platforms/teams/examine.ts'),
  ]);
  const { appId, appPassword, appType, tenantIds } = teams;
  const [tenantId] = tenantIds;
  const credentials = {
    appId,
    appType,
    ...(appPassword === undefined ? {} : { appPassword: appPassword() }),
    ...(tenantId === undefined ? {} : { tenantId }),
  };
  const { token } = createAuth(credentials, cloud);
  const connector = createConnector({ token, wall: app.wall });
  return (_platform, _tenant, channels) => examine(appId, token, connector.isIn, channels);
}
