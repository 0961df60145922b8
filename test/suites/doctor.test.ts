import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { noteBackup } from '../../src/actions/org/index.ts';
import { dropMessage, sendAgain } from '../../src/actions/message/index.ts';
import { DAY, MINUTE } from '../../src/clock.ts';
import type { PlatformReport } from '../../src/domain/platform-report.ts';
import { clockCheck } from '../../src/queries/doctor-checks.ts';
import { type Vitals, examine } from '../../src/queries/doctor.ts';
import { loadTroubled } from '../../src/queries/messages.ts';
import { ENGINES } from '../support/databases.ts';
import { type Busy, busyOrg } from '../support/two-orgs.ts';

const WELL: PlatformReport = { account: '@coxswain', missing: [], absent: [], present: ['claims'] };

const vitals = (more: Partial<Vitals> = {}): Vitals => ({
  platforms: ['slack'],
  publicUrl: 'https://coxswain.example.com',
  lastTick: Date.now(),
  longestSilence: 0,
  examine: () => Promise.resolve(WELL),
  ...more,
});

async function check({ app, org }: Busy, name: string, more: Partial<Vitals> = {}) {
  const found = (await examine(app.app, org, vitals(more))).find((one) => one.name === name);
  if (found === undefined) throw new Error(`nothing is called ${name}`);
  return found;
}

describe.each(ENGINES)('the doctor on %s', (engine) => {
  test(
    'says of each thing how it stands, and of what is not well what to do',
    { timeout: 60_000 },
    async () => {
      const b = await busyOrg(engine);
      const all = await examine(b.app.app, b.org, vitals());
      expect(all.filter((one) => one.state !== 'ok' && one.do === undefined)).toEqual([]);
      expect(all.find((one) => one.name === 'database')).toMatchObject({
        state: 'ok',
        says: expect.stringMatching(new RegExp(`^${engine}, migrated, [\\d.]+ [MG]B`)),
      });
      expect(await check(b, 'slack token')).toMatchObject({
        state: 'ok',
        says: 'Harbour: valid, as @coxswain',
      });
      const lacking = { examine: () => Promise.resolve({ ...WELL, missing: ['groups:read'] }) };
      expect(await check(b, 'slack token', lacking)).toMatchObject({
        state: 'fault',
        says: 'Harbour: the scopes groups:read are missing.',
      });
      const refused = { examine: () => Promise.reject(new Error('Slack refuses the token (token_revoked)')) };
      expect(await check(b, 'slack token', refused)).toMatchObject({
        state: 'fault',
        says: 'Harbour: Slack refuses the token (token_revoked).',
      });
      const away = { examine: () => Promise.resolve({ ...WELL, absent: ['claims'] }) };
      expect(await check(b, 'channels', away)).toMatchObject({
        state: 'fault',
        says: expect.stringContaining('not in #claims'),
      });
      const asked: string[][] = [];
      await check(b, 'channels', {
        examine: (_, __, some) => (asked.push(some.map(({ ref }) => ref)), Promise.resolve(WELL)),
      });
      expect(asked).toEqual([['claims']]);
      expect(await check(b, 'channels')).toMatchObject({ says: '1 in use, and Coxswain is in it' });
      const silent = { examine: () => Promise.resolve({ ...WELL, present: [] }) };
      expect(await check(b, 'channels', silent)).toMatchObject({
        state: 'ok',
        says: '1 in use; no platform was asked whether Coxswain is in it',
      });
    },
  );

  test('tells how old the last backup is, which duties failed, and what waits', async () => {
    const b = await busyOrg(engine);
    b.app.advance(3 * DAY);
    const none = engine === 'sqlite' ? 'warning' : 'ok';
    expect(await check(b, 'backup')).toMatchObject({ state: none });
    await b.app.act('coxswain', noteBackup, { bytes: 1, kind: 'portable' });
    expect(await check(b, 'backup')).toMatchObject({ state: 'ok' });
    b.app.advance(9 * DAY);
    expect(await check(b, 'backup')).toMatchObject({
      state: 'warning',
      says: expect.stringContaining('9 days'),
    });
    const jobs = (more: object) => ({ jobs: () => Promise.resolve([{ name: 'digest', due: 0, ...more }]) });
    expect(await check(b, 'duties', jobs({}))).toMatchObject({ state: 'ok', says: 'digest: last –, next –' });
    expect(await check(b, 'duties', jobs({ due: 3 }))).toMatchObject({ state: 'warning' });
    expect(await check(b, 'duties', jobs({ lastRun: 1, failed: true }))).toMatchObject({ state: 'fault' });
    expect(await check(b, 'queue')).toMatchObject({
      state: 'warning',
      says: expect.stringMatching(/\d+ messages, the oldest/),
    });
  });

  test('names owners who cannot be asked, and seats without their four', async () => {
    const b = await busyOrg(engine);
    expect(await check(b, 'owners')).toMatchObject({
      state: 'warning',
      says: expect.stringContaining('claims'),
    });
    const { store } = b.app.app;
    await store.write((tx) =>
      tx.update(tx.t.people).set({ active: false }).where(eq(tx.t.people.id, b.app.people.bo)).returning(),
    );
    expect(await check(b, 'owners')).toMatchObject({
      state: 'fault',
      says: expect.stringContaining('(Bo Lindqvist, not active)'),
    });
  });

  test('names whom direct messages reach elsewhere than on their primary platform', async () => {
    const b = await busyOrg(engine);
    const { store } = b.app.app;
    const well = { state: 'ok', says: 'reach everybody who can be reached on their primary platform' };
    expect(await check(b, 'direct messages')).toMatchObject(well);
    const { bo, cem } = b.app.people;
    await store.write(async (tx) => {
      const { people, identities } = tx.t;
      for (const id of [bo, cem])
        await tx.update(people).set({ primaryPlatform: 'teams' }).where(eq(people.id, id)).returning();
      const onTeams = {
        org: b.org,
        platform: 'teams',
        tenant: 'm',
        ref: 'cem',
        person: cem,
        name: 'Cem',
      } as const;
      await tx.insert(identities).values(onTeams);
    });
    const says = 'do not reach on their primary platform: Bo Lindqvist (by Slack instead of Teams).';
    const both = { platforms: ['slack', 'teams'] };
    expect(await check(b, 'direct messages', both)).toMatchObject({ state: 'warning', says });
    // On the command line it is not known what is connected.
    expect(await check(b, 'direct messages', { platforms: [] })).toMatchObject({ says });
    expect(await check(b, 'direct messages')).toMatchObject({
      says: expect.stringContaining('Cem Yıldız (by'),
    });
  });

  test('lists messages with a way on: again, or given up, once', async () => {
    const b = await busyOrg(engine);
    const { app, org } = b;
    const troubled = async () =>
      (await loadTroubled(app.app.store.read, org)).filter((one) => one.message.id !== b.message);
    const [parked] = await troubled();
    expect(parked).toMatchObject({ where: 'Bo Lindqvist', message: { state: 'parked' } });
    const { id } = parked!.message;
    await expect(app.act('eli', sendAgain, { message: id })).rejects.toThrow('A governor');
    await app.act('ana', sendAgain, { message: id });
    expect(await troubled()).toEqual([]);
    await expect(app.act('ana', sendAgain, { message: id })).rejects.toThrow('not set aside any more');
    const { store } = app.app;
    const put = (change: object) =>
      store.write((tx) => tx.update(tx.t.messages).set(change).where(eq(tx.t.messages.id, id)).returning());
    // Nobody knows whether it arrived: a person decides, and it is marked.
    await put({ state: 'held', reason: 'unknown' });
    expect(await app.act('ana', sendAgain, { message: id })).toMatchObject({ mayRepeat: true });
    expect((await troubled()).map((one) => one.message.mayRepeat)).toEqual([true]);
    await app.act('ana', dropMessage, { message: id });
    expect(await troubled()).toEqual([]);
    await put({ state: 'parked', reason: 'gone' });
    await app.act('ana', dropMessage, { message: id });
    await expect(app.act('ana', dropMessage, { message: id })).rejects.toThrow('somebody was faster');
  });
});

test('a clock that is off is seen by the clocks of others', () => {
  const others = (...at: number[]) => at.map((one) => ({ whose: 'slack', at: one }));
  expect(clockCheck(0, [])).toMatchObject({ state: 'ok' });
  expect(clockCheck(1000, others(0, 20_000))).toMatchObject({ state: 'ok' });
  expect(clockCheck(0, others(0, MINUTE))).toMatchObject({
    state: 'warning',
    says: expect.stringContaining('behind'),
  });
  expect(clockCheck(6 * MINUTE, others(0))).toMatchObject({
    state: 'fault',
    says: expect.stringContaining('ahead of'),
  });
});
