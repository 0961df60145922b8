import { describe, expect, test } from 'vitest';
import { claimRenewal, spendState } from '../../db/installations.ts';
import { waysTo } from '../../db/people.ts';
import { connectTenant, disconnectTenant, learnChannel } from '../../src/actions/org/index.ts';
import { ENGINES } from '../support/databases.ts';
import { testApp } from '../support/app.ts';

describe.each(ENGINES)('installations, %s', (engine) => {
  test('who is linked elsewhere is asked there while Coxswain is removed from their primary platform', async () => {
    const app = await testApp(engine);
    const { org, tenant, people } = app;
    const { store } = app.app;
    const slack = { platform: 'slack', tenant, name: 'Harbour' } as const;
    await app.act('coxswain', connectTenant, slack);
    await app.act('coxswain', connectTenant, { platform: 'teams', tenant: 'M365', name: 'Harbour' });
    const teams = {
      org,
      platform: 'teams',
      tenant: 'M365',
      ref: 'bo',
      person: people.bo,
      name: 'Bo',
    } as const;
    await store.write((tx) => tx.insert(tx.t.identities).values(teams));
    const reached = async () => (await waysTo(store.read, org, people.bo))[0]?.platform;
    expect(await reached()).toBe('slack');
    const gone = { platform: 'slack', tenant, why: 'it was uninstalled', until: null };
    expect(await app.act('coxswain', disconnectTenant, gone)).toEqual({ ended: true });
    expect(await reached()).toBe('teams');
    // Who has no other account stays where they were: what is sent to them waits.
    expect((await waysTo(store.read, org, people.cem))[0]?.platform).toBe('slack');
    expect(await app.act('coxswain', disconnectTenant, gone)).toEqual({ ended: false });
    await app.act('coxswain', connectTenant, slack);
    expect(await reached()).toBe('slack');
  });

  test('what waits for a tenant is sent when its token of the configuration works again', async () => {
    const app = await testApp(engine);
    const { org, tenant } = app;
    const { store } = app.app;
    const slack = { platform: 'slack', tenant, name: 'Harbour' } as const;
    await app.act('coxswain', connectTenant, slack);
    const channel = await app.channel('claims');
    const elsewhere = { platform: 'teams', tenant: 'M365', ref: 'x', name: 'x', kind: 'channel' } as const;
    const other = await app.act('coxswain', learnChannel, { ...elsewhere, conversation: {}, active: true });
    await app.act('coxswain', disconnectTenant, { ...slack, why: 'it was uninstalled', until: null });
    const message = (id: string, toId: string) => ({
      org,
      id,
      key: id,
      toKind: 'channel' as const,
      toId,
      view: 'issue',
      args: {},
      subject: id,
      wanted: 1,
      shown: 0,
      state: 'parked' as const,
      createdAt: app.clock.now(),
      notBefore: app.clock.now(),
      tries: 3,
      mayRepeat: false,
    });
    await store.write((tx) =>
      tx.insert(tx.t.messages).values([message('here', channel), message('there', other.channel)]),
    );
    await app.act('coxswain', connectTenant, slack);
    const { messages } = store.read.t;
    const states = (await store.read.select().from(messages)).filter(({ id }) => id.endsWith('here'));
    expect(Object.fromEntries(states.map(({ id, state }) => [id, state]))).toEqual({
      here: 'live',
      there: 'parked',
    });
  });

  test('of twenty that ask for the task of renewing, or spend one state, one gets it', async () => {
    const app = await testApp(engine);
    const { org, tenant } = app;
    const { store } = app.app;
    await app.act('coxswain', connectTenant, { platform: 'slack', tenant, name: 'Harbour' });
    const of = { platform: 'slack', tenant, version: 0 } as const;
    const many = <T>(ask: () => Promise<T>) => Promise.all(Array.from({ length: 20 }, ask));
    const claims = await many(() => store.write((tx) => claimRenewal(tx, org, of, 1000, 500)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await store.write((tx) => claimRenewal(tx, org, of, 1499, 500))).toBe(false);
    expect(await store.write((tx) => claimRenewal(tx, org, of, 1501, 500))).toBe(true);
    expect(await store.write((tx) => claimRenewal(tx, org, { ...of, version: 1 }, 9999, 500))).toBe(false);
    const spent = await many(() => store.write((tx) => spendState(tx, 'state', 2000, 1000)));
    expect(spent.filter(Boolean)).toHaveLength(1);
    // When it has ended its signature is refused, so nobody needs to remember it any more.
    await store.write((tx) => spendState(tx, 'another', 5000, 3000));
    expect(await store.read.select().from(store.read.t.installStates)).toEqual([
      { hash: 'another', expiresAt: 5000 },
    ]);
  });
});
