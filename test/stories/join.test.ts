import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { installationOf } from '../../db/orgs.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import {
  TENANT,
  channelConversation,
  createTeamsSandbox,
  personalConversation,
} from '../../sandbox/teams/index.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { silentLog } from '../../src/log.ts';
import { createTeams } from '../../src/platforms/teams/index.ts';
import { ensureOrg } from '../../src/tenants/home.ts';
import { ENGINES, type Engine } from '../support/databases.ts';
import { startOAuth } from '../support/oauth-coxswain.ts';

const zone = 'Europe/Berlin';
/** Ana and Bo have the addresses that they have on Slack; Cem is on Teams only. */
const PEOPLE = [
  { id: 'M0ANA', name: 'Ana Flores', email: 'ana@one.example', zone },
  { id: 'M0BO', name: 'Bo Lindqvist', email: 'bo@one.example', zone },
  { id: 'M0CEM', name: 'Cem Aydin', email: 'cem@one.example', zone },
];

/** A Teams tenant whose organisation is there first, and a Slack workspace that is installed beside it. */
async function start(engine: Engine) {
  const c = await startOAuth(engine);
  const { coxswain, url } = c.copies[0]!;
  const routes: ReturnType<typeof createTeamsSandbox>['routes'][number][] = [];
  const server = createHttpServer(routes, silentLog);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  const teams = createTeamsSandbox({
    people: PEOPLE,
    channels: [{ id: 'claims', name: 'claims-ai' }],
    baseUrl: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    botUrl: () => url,
  });
  routes.push(...teams.routes);
  const platform = createTeams(
    { sandbox: true, tenantId: TENANT, cloud: { serviceUrl: teams.serviceUrl() } },
    coxswain.deps,
  );
  coxswain.add(platform);
  const { org, adminCode } = await ensureOrg(coxswain.app, 'Harbour', zone);
  await coxswain.connect(org.id, platform);
  await teams.client.install();
  await c.settle();
  const { workspace } = teams.connector;
  const onTeams = async (who: string, line: string, where = personalConversation(who)): Promise<string> => {
    const before = workspace.messages(where).length;
    await teams.client.say(who, where, line);
    await c.settle();
    return JSON.stringify(workspace.messages(where).slice(before + 1)).replaceAll('\\', '');
  };
  const onSlack = async (who: string, line: string): Promise<string> => {
    const { text } = await c.cloud.workspace('T1ONE').as(who).in('#claims').slash(line);
    await c.settle();
    return text;
  };
  return { ...c, coxswain, org: org.id, adminCode: adminCode!, onTeams, onSlack };
}

const claims = channelConversation('claims');
const CODE = /[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/;

describe.each(ENGINES)('a Slack workspace joins the organisation of a Teams tenant, %s', (engine) => {
  test('with the code that an admin made in Teams; people of one address are one, and see what is there', async () => {
    const c = await start(engine);
    await c.onTeams('M0ANA', `admin claim ${c.adminCode}`);
    await c.onTeams('M0ANA', '@Coxswain seat add claims "Claims triage" "Sorts claims"', claims);
    await c.onTeams('M0BO', 'me');
    await c.onTeams('M0ANA', '@Coxswain seat own claims operations @Bo Lindqvist', claims);
    await c.onTeams('M0BO', 'seat accept');

    const page = await c.browser().install('team=T1ONE');
    const own = /admin claim ([A-Z0-9-]+)</.exec(page.text)?.[1];
    await c.onSlack('ana', `admin claim ${own}`);
    await c.onSlack('bo', 'me');
    expect(await c.onSlack('bo', 'seat list')).toContain('No seats yet');

    const code = CODE.exec(await c.onTeams('M0ANA', 'admin join'))?.[0];
    expect(await c.onSlack('bo', `admin join ${code}`)).toContain('You may not do this');
    expect(await c.onSlack('ana', `admin join ${code}X`)).toContain('not valid');
    const joined = await c.onSlack('ana', `admin join ${code}`);
    expect(joined).toContain('Harbour');
    expect(await c.onTeams('M0ANA', 'me')).not.toContain('not connected');

    const { read } = c.coxswain.app.store;
    expect(await installationOf(read, 'slack', 'T1ONE')).toMatchObject({ org: c.org });
    expect(await c.onSlack('bo', 'seat show claims')).toContain('Claims triage');
    // Bo is one person: what he may do on Teams he may do on Slack.
    expect(await c.onSlack('bo', 'me')).toContain('operations');
    expect(await c.onSlack('ana', 'admin list')).toMatch(/Ana Flores/);
    expect(await c.onSlack('ana', 'admin grant @bo reviewer')).toContain('Bo Lindqvist is a reviewer now');
    expect(await c.onTeams('M0BO', 'admin list')).toContain('Bo Lindqvist');
    expect(await c.onSlack('ana', `admin join ${code}`)).toContain('not valid');
    expect(await verifyAudit(c.coxswain.app.store, c.coxswain.app.keys, c.org)).toMatchObject({ ok: true });
  });
});
