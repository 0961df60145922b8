import { describe, expect, onTestFinished, test } from 'vitest';
import { connectTenant, learnChannel } from '../../src/actions/org/index.ts';
import { setGovernanceChannel } from '../../src/actions/org/index.ts';
import { askPlatforms } from '../../src/cli/doctor-platforms.ts';
import { examine } from '../../src/queries/doctor.ts';
import { testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { withTeams } from '../teams/harness.ts';
import { channelConversation } from '../../sandbox/teams/index.ts';

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001';
const TEAMS = {
  appId: 'app-1',
  appPassword: () => 'hidden',
  tenantIds: [TENANT],
  appType: 'SingleTenant',
} as const;

describe.each(ENGINES)('the doctor of the command line asks the platforms, %s', (engine) => {
  test('Teams for its token and the channels in use; of a platform without credentials it says so', async () => {
    const h = await withTeams();
    onTestFinished(() => h[Symbol.asyncDispose]());
    const app = await testApp(engine);
    await app.act('coxswain', connectTenant, { platform: 'teams', tenant: TENANT, name: 'Harbour' });
    await app.act('coxswain', connectTenant, { platform: 'slack', tenant: app.tenant, name: 'Quay' });
    const place = {
      platform: 'teams',
      tenant: TENANT,
      kind: 'channel',
      name: 'claims',
      active: true,
    } as const;
    const conversation = { serviceUrl: h.sandbox.serviceUrl() };
    const { channel } = await app.act('coxswain', learnChannel, {
      ...place,
      ref: channelConversation('claims'),
      conversation,
    });
    await app.act('ana', setGovernanceChannel, { channel });

    const checks = async (token: () => Promise<string>, teams: typeof TEAMS | undefined = TEAMS) => {
      const asked = await askPlatforms({ slack: undefined, teams }, app.app, { token });
      const vitals = {
        platforms: [],
        publicUrl: undefined,
        lastTick: undefined,
        longestSilence: 0,
        ...asked,
      };
      const all = await examine(app.app, app.org, vitals);
      return (name: string) => all.find((one) => one.name === name);
    };
    const well = await checks(() => Promise.resolve('token'));
    expect(well('teams token')).toMatchObject({ state: 'ok', says: 'Harbour: valid, as app app-1' });
    expect(well('channels')).toMatchObject({ says: '1 in use, and Coxswain is in it' });
    expect(well('slack token')).toMatchObject({
      state: 'warning',
      says: 'Quay: not asked: SLACK_BOT_TOKEN or SLACK_CLIENT_ID is not set here.',
    });
    const refused = await checks(() => Promise.reject(new Error('AADSTS7000215')));
    expect(refused('teams token')).toMatchObject({
      state: 'fault',
      says: expect.stringContaining('Harbour: Microsoft gives no token for the app'),
    });
    expect(refused('channels')).toMatchObject({
      says: '1 in use; no platform was asked whether Coxswain is in it',
    });
    const without = await askPlatforms({ slack: undefined, teams: undefined }, app.app);
    expect(without.examine('teams', TENANT, [])).toBeUndefined();
    expect(without.unasked('teams', TENANT)?.says).toContain('MICROSOFT_APP_ID is not set here');
  });
});
