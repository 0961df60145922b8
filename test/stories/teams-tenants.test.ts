import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { moveClock } from '../../jobs/engine.ts';
import { allOrgs } from '../../db/orgs.ts';
import { CHANNELS, PEOPLE, ZONE } from '../../sandbox/company.ts';
import { type TeamsSandbox, createTeamsSandbox } from '../../sandbox/teams/index.ts';
import { frozenClock } from '../../src/clock.ts';
import { assemble } from '../../src/coxswain.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { silentLog } from '../../src/log.ts';
import { listen } from '../../src/main.ts';
import { createTeams } from '../../src/platforms/teams/index.ts';
import { connectTenants, isConnected } from '../../src/tenants/connect.ts';
import { ensureOrg } from '../../src/tenants/home.ts';
import { TEST_KEY, berlin } from '../support/coxswain.ts';
import { ENGINES, type Engine, freshUrl } from '../support/databases.ts';
import { channel, chat } from '../support/teams-coxswain.ts';
import { startKeyServer } from '../teams/keys.ts';

const APP = '11111111-2222-3333-4444-555555555555';
const HOME = 'aaaaaaaa-0000-4000-8000-000000000001';
const SUBSIDIARY = 'bbbbbbbb-0000-4000-8000-000000000002';
const STRANGER = 'cccccccc-0000-4000-8000-000000000003';
const claims = channel('claims-ai');
const ana = 'U0ANA';

let keys: Awaited<ReturnType<typeof startKeyServer>>;
beforeAll(async () => {
  keys = await startKeyServer(APP);
});
afterAll(() => keys.close());

/** A tenant of its own, with the same people, channels and ids as every other one here. */
async function tenantOf(tenant: string, botUrl: () => string): Promise<TeamsSandbox> {
  const routes: TeamsSandbox['routes'][number][] = [];
  const server = createHttpServer(routes, silentLog);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((closed) => server.close(() => closed()));
  });
  const sandbox = createTeamsSandbox({
    people: PEOPLE,
    channels: CHANNELS,
    tenant,
    botUrl,
    baseUrl: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorization: (serviceUrl) => keys.token(serviceUrl),
  });
  routes.push(...sandbox.routes);
  return sandbox;
}

async function start(engine: Engine) {
  const box = { url: '' };
  const clock = frozenClock(berlin('11-09 10:00'));
  const coxswain = await assemble({
    databaseUrl: await freshUrl(engine, { migrated: true }),
    masterKey: Buffer.from(TEST_KEY, 'base64'),
    log: silentLog,
    clock,
    publicUrl: () => box.url,
    admins: [],
    spacingMs: 0,
  });
  onTestFinished(() => coxswain.stop());
  box.url = `http://127.0.0.1:${await listen(coxswain, { host: '127.0.0.1', port: 0, portMayMove: false })}`;
  const [home, subsidiary, stranger] = await Promise.all(
    [HOME, SUBSIDIARY, STRANGER].map((id) => tenantOf(id, () => box.url)),
  );
  const platform = createTeams(
    {
      appId: APP,
      appPassword: 'not used',
      appType: 'SingleTenant',
      tenantId: HOME,
      tenants: [SUBSIDIARY],
      serves: (tenant) => isConnected(coxswain.app, 'teams', tenant),
      cloud: { openIdMetadataUrl: keys.metadataUrl, token: () => Promise.resolve('bot-token') },
    },
    coxswain.deps,
  );
  coxswain.add(platform);
  const { org, adminCode } = await ensureOrg(coxswain.app, 'Harbour Insurance', ZONE);
  const connected = await coxswain.connect(org.id, platform);
  for (const one of [home, subsidiary]) await one!.client.install();
  await coxswain.settle();
  return {
    coxswain,
    platform,
    clock,
    org: org.id,
    connected,
    codes: [adminCode, connected[1]?.adminCode],
    home: home!,
    subsidiary: subsidiary!,
    stranger: stranger!,
    async say(there: TeamsSandbox, where: string, text: string): Promise<string> {
      const { workspace } = there.connector;
      const before = workspace.messages(where).length;
      await there.client.say(ana, where, text);
      await coxswain.settle();
      return JSON.stringify(workspace.messages(where).slice(before + 1));
    },
  };
}

/** How much is stored about people and places, whoever's it is. */
async function stored({ coxswain }: Awaited<ReturnType<typeof start>>): Promise<readonly number[]> {
  const { read } = coxswain.app.store;
  const { people, channels, identities, installations, auditEntries } = read.t;
  const rows = await Promise.all(
    [people, channels, identities, installations, auditEntries].map((table) => read.select().from(table)),
  );
  return [(await allOrgs(read)).length, ...rows.map((found) => found.length)];
}

describe.each(ENGINES)('two tenants of two organisations, %s', (engine) => {
  test('with the same people, channels and keys do not mix', async () => {
    const c = await start(engine);
    expect(new Set(c.connected.map((one) => one.org)).size).toBe(2);
    expect(c.connected.map((one) => one.id)).toEqual([HOME, SUBSIDIARY]);

    // Each has a code of its own, which makes nobody admin of the other.
    expect(await c.say(c.subsidiary, chat('ana'), `admin claim ${c.codes[0]}`)).toContain('not valid');
    expect(await c.say(c.home, chat('ana'), `admin claim ${c.codes[1]}`)).toContain('not valid');
    expect(await c.say(c.subsidiary, chat('ana'), `admin claim ${c.codes[1]}`)).not.toContain('not valid');
    expect(await c.say(c.home, chat('ana'), `admin claim ${c.codes[0]}`)).not.toContain('not valid');

    await c.say(c.home, claims, '@Coxswain seat add claims "Claims of the mother" "Sorts within one hour"');
    expect(await c.say(c.subsidiary, claims, '@Coxswain seat list')).toContain('No seats yet');
    await c.say(c.subsidiary, claims, '@Coxswain seat add claims "Claims of the daughter" "Sorts in two"');
    expect(await c.say(c.subsidiary, claims, '@Coxswain seat show claims')).toContain('daughter');
    expect(await c.say(c.home, claims, '@Coxswain seat show claims')).toContain('mother');

    // What Coxswain says by itself goes to the service of each tenant.
    for (const there of [c.home, c.subsidiary])
      await c.say(there, claims, '@Coxswain digest here mon 11:00 Europe/Berlin');
    await moveClock(c.coxswain.app, c.coxswain.engine, c.clock, berlin('11-09 11:01'));
    await c.coxswain.settle();
    for (const there of [c.home, c.subsidiary]) {
      const said = there.connector.workspace.messages(claims).map((m) => JSON.stringify(m.card ?? ''));
      expect(said.filter((text) => text.includes('Weekly scorecard'))).toHaveLength(1);
      expect(there.connector.calls.every((call) => call.authorization === 'Bearer bot-token')).toBe(true);
    }
  }, 60_000);

  test('a tenant that is not connected is told so, and nothing about it is kept', async () => {
    const c = await start(engine);
    const before = await stored(c);
    await c.stranger.client.install();
    const answer = await c.say(c.stranger, chat('ana'), `admin claim ${c.codes[0]}`);
    expect(answer).toContain('not connected to Coxswain');
    expect(answer).toContain(STRANGER);
    expect(await c.say(c.stranger, claims, '@Coxswain help')).toContain('not connected');
    const invoked = await c.stranger.client.invoke(ana, claims, undefined, 'composeExtension/fetchTask', {
      commandId: 'add_seat',
    });
    expect(JSON.stringify(invoked.body)).toContain('not connected');
    await c.coxswain.settle();
    expect(await stored(c)).toEqual(before);
  });

  test('a tenant that is not listed any more is served no more, and goes on once it is listed again', async () => {
    const c = await start(engine);
    await c.say(c.subsidiary, chat('ana'), `admin claim ${c.codes[1]}`);
    await c.say(c.subsidiary, claims, '@Coxswain seat add claims "Claims of the daughter" "Sorts in two"');
    const listing = (ids: readonly string[]) =>
      connectTenants(
        c.coxswain.app,
        c.org,
        'teams',
        ids.map((id) => ({ id, name: id })),
      );
    await listing([HOME]);
    expect(await isConnected(c.coxswain.app, 'teams', SUBSIDIARY)).toBe(false);
    expect(await c.say(c.subsidiary, claims, '@Coxswain seat list')).toContain('not connected');
    expect(await c.say(c.home, claims, '@Coxswain seat list')).toContain('No seats yet');
    const again = await listing([HOME, SUBSIDIARY]);
    expect(again.map((one) => one.org)).toEqual(c.connected.map((one) => one.org));
    expect(await c.say(c.subsidiary, claims, '@Coxswain seat list')).toContain('daughter');
  });

  test('two copies that start at once make one organisation for a new tenant', async () => {
    const c = await start(engine);
    const listed = [HOME, SUBSIDIARY, STRANGER].map((id) => ({ id, name: id }));
    const both = await Promise.all([0, 1].map(() => connectTenants(c.coxswain.app, c.org, 'teams', listed)));
    const orgs = both.map((connected) => connected.map((one) => one.org));
    expect(orgs[0]).toEqual(orgs[1]);
    expect(await allOrgs(c.coxswain.app.store.read)).toHaveLength(3);
  });

  test('the next start finds both as they were, with a new code where nobody is admin yet', async () => {
    const c = await start(engine);
    await c.say(c.home, chat('ana'), `admin claim ${c.codes[0]}`);
    const again = await c.coxswain.connect(c.org, c.platform);
    expect(again.map((one) => one.org)).toEqual(c.connected.map((one) => one.org));
    expect(again[0]!.adminCode).toBeUndefined();
    expect(again[1]!.adminCode).not.toBe(c.codes[1]);
    expect(await c.say(c.subsidiary, chat('ana'), `admin claim ${c.codes[1]}`)).toContain('not valid');
    await c.say(c.subsidiary, chat('ana'), `admin claim ${again[1]!.adminCode}`);
    expect((await c.coxswain.connect(c.org, c.platform)).map((one) => one.adminCode)).toEqual([
      undefined,
      undefined,
    ]);
  });
});
