import { describe, expect, test } from 'vitest';
import { allOrgs, installationOf } from '../../db/orgs.ts';
import { peopleWithRole } from '../../db/people.ts';
import { HOUR, MINUTE } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { ENGINES } from '../support/databases.ts';
import { CLIENT, type OAuthCoxswain, ONE_GRID, type Page, startOAuth } from '../support/oauth-coxswain.ts';

const HALF_A_DAY = 43_200;

const codeOn = (page: Page): string | undefined => /admin claim ([A-Z0-9-]+)</.exec(page.text)?.[1];
const storeOf = (c: OAuthCoxswain) => c.copies[0]!.coxswain.app.store.read;
const installed = (c: OAuthCoxswain, tenant: string) => installationOf(storeOf(c), 'slack', tenant);

/** Types a line in #claims of a workspace, and returns what is answered. */
async function type(c: OAuthCoxswain, team: string, who: string, line: string): Promise<string> {
  const place = c.cloud.workspace(team).as(who).in('#claims');
  const seen = await place.slash(line);
  await c.settle();
  return seen.text;
}

const SEAT =
  'seat add claims "Claims triage" "Sorts incoming claims within one hour" stage=pilot accountable=@bo';

/** Installed by Ana, who becomes admin and names Bo for the seat `claims`. */
async function settled(c: OAuthCoxswain, team: string): Promise<Page> {
  const page = await c.browser().install(`team=${team}`);
  expect(await type(c, team, 'ana', `admin claim ${codeOn(page)}`)).toContain('admin');
  await c.cloud.workspace(team).inviteBot('#claims', 'ana');
  await type(c, team, 'ana', SEAT);
  await c.cloud.workspace(team).dm('bo').last().button('Accept').click();
  await c.settle();
  return page;
}

const direct = (c: OAuthCoxswain, team: string, who: string): string =>
  c.cloud
    .workspace(team)
    .dm(who)
    .messages()
    .map((m) => m.text)
    .join('\n');

describe.each(ENGINES)('Slack by OAuth, %s', (engine) => {
  test('two companies whose people and channels have the same ids do not mix', async () => {
    const c = await startOAuth(engine);
    expect(await type(c, 'T1ONE', 'ana', 'seats')).toContain('not connected');
    const one = await settled(c, 'T1ONE');
    expect(one.status).toBe(200);
    expect(one.text).toContain('Coxswain is installed in One Harbour');
    const two = await c.browser().install('team=T2TWO');
    expect(codeOn(two)).not.toBe(codeOn(one));
    expect((await allOrgs(storeOf(c))).map(({ name, zone }) => [name, zone])).toEqual([
      ['One Harbour', 'Europe/Berlin'],
      ['Two Harbour', 'Europe/Berlin'],
    ]);
    // Whoever runs this Coxswain is nobody's admin, whatever address they have there.
    expect(await type(c, 'T2TWO', 'ana', 'me')).not.toContain('not connected');
    const second = (await installed(c, 'T2TWO'))!.org;
    expect(await peopleWithRole(storeOf(c), second, 'admin')).toEqual([]);
    expect(await type(c, 'T2TWO', 'ana', `admin claim ${codeOn(one)}`)).toContain('not valid');
    expect(await type(c, 'T1ONE', 'bo', 'seat show claims')).toContain('Claims triage');
    expect(await type(c, 'T2TWO', 'bo', 'seat show claims')).toContain('No seat exists yet');

    await type(c, 'T1ONE', 'ana', 'issue new claims "Letters are off" severity=1');
    expect(direct(c, 'T1ONE', 'bo')).toContain('Letters are off');
    expect(direct(c, 'T2TWO', 'bo')).not.toContain('Letters are off');

    // Installing again keeps all of it, and makes nobody admin.
    const again = await c.browser().install('team=T1ONE');
    expect(again.text).toContain('Coxswain is installed in One Harbour again');
    expect(codeOn(again)).toBeUndefined();
    expect(await type(c, 'T1ONE', 'bo', 'seat show claims')).toContain('Claims triage');
    // As long as nobody is admin, a code that was lost is given anew, and the first one is void.
    const third = await c.browser().install('team=T2TWO');
    expect(codeOn(third)).not.toBe(codeOn(two));
    expect(await type(c, 'T2TWO', 'ana', `admin claim ${codeOn(two)}`)).toContain('not valid');
    expect(await allOrgs(storeOf(c))).toHaveLength(2);
  });

  test('an installation is finished in the browser where it began, within ten minutes, once', async () => {
    const c = await startOAuth(engine);
    const ana = c.browser();
    const page = await ana.begin();
    expect(page.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.text).toContain('users:read.email');
    const back = await ana.allow(page, 'team=T1ONE');

    const stolen = await c.browser().open(back);
    expect([stolen.status, stolen.text]).toEqual([400, expect.stringContaining('another browser')]);
    const altered = await ana.open(back.replace(/state=./, 'state=!'));
    expect([altered.status, altered.text]).toEqual([400, expect.stringContaining('another browser')]);
    const bare = await ana.open(back.replace(/[?&]state=[^&]+/, '?'));
    expect([bare.status, bare.text]).toEqual([400, expect.stringContaining('did not begin here')]);
    const denied = await ana.open(await ana.allow(await ana.begin(), 'deny=1'));
    expect(denied.text).toContain('was not installed');

    c.wall.pass(11 * MINUTE);
    const late = await ana.open(back);
    expect([late.status, late.text]).toEqual([400, expect.stringContaining('longer than ten minutes')]);
    expect(await allOrgs(storeOf(c))).toEqual([]);
    expect(c.cloud.exchanges).toEqual([]);

    const good = await ana.allow(await ana.begin(), 'team=T1ONE');
    expect((await ana.open(good)).status).toBe(200);
    const replayed = await ana.open(good);
    expect([replayed.status, replayed.text]).toEqual([400, expect.stringContaining('finished before')]);
    // A state that is right with a code that is not.
    const wrong = (await ana.allow(await ana.begin(), 'team=T1ONE')).replace(/code=[^&]+/, 'code=<b>made-up');
    const refused = await ana.open(wrong);
    expect([refused.status, refused.text]).toEqual([502, expect.stringContaining('invalid_code')]);
    expect(c.cloud.exchanges).toEqual(['ok', 'invalid_code']);
    expect(codeOn(replayed) ?? codeOn(refused)).toBeUndefined();
  });

  test('a Grid is one organisation with one installation', async () => {
    const c = await startOAuth(engine, { workspaces: ONE_GRID });
    const page = await c.browser().install('team=T1ONE&org=1');
    expect(page.text).toContain('Coxswain is installed in Grid Holding');
    await type(c, 'T1ONE', 'ana', `admin claim ${codeOn(page)}`);
    await c.cloud.workspace('T1ONE').inviteBot('#claims', 'ana');
    await type(c, 'T1ONE', 'ana', SEAT);
    const legal = c.cloud.workspace('T2TWO');
    const seen = await legal.as('bo').in('#legal').slash('seat show claims');
    expect(seen.text).toContain('Claims triage');
    const orgs = await allOrgs(storeOf(c));
    expect(orgs.map(({ name }) => name)).toEqual(['Grid Holding']);
    expect(await installed(c, 'E0GRID')).toMatchObject({ active: true, details: { whole: true } });
    expect(await installed(c, 'T1ONE')).toBeUndefined();
    const { people } = storeOf(c).t;
    expect((await storeOf(c).select().from(people)).map(({ name }) => name).toSorted()).toEqual([
      'Ana Flores',
      'Bo Lindqvist',
    ]);
    await legal.inviteBot('#legal', 'bo');
    const answer = await legal.as('bo').in('#legal').mention('seat show claims');
    await c.settle();
    expect(legal.calls('chat.postMessage').length + legal.calls('chat.postEphemeral').length).toBe(1);
    expect(answer.text).toContain('Claims triage');
    await legal.as('bo').in('#legal').slash('issue new claims "Letters are off" severity=1');
    await c.settle();
    expect(
      c.cloud
        .workspace('T1ONE')
        .channel('#claims')
        .messages()
        .map((m) => m.text)
        .join(),
    ).toContain('Letters are off');
    await c.cloud.uninstall('T2TWO');
    await c.settle();
    expect(await installed(c, 'E0GRID')).toMatchObject({ active: false, credentials: null });
  });

  test.each(['app_uninstalled', 'tokens_revoked', 'silently'] as const)(
    'removed (%s): tokens are erased, what waits is parked, and is sent when it is installed again',
    async (how) => {
      const c = await startOAuth(engine, { expiresIn: HALF_A_DAY });
      await settled(c, 'T1ONE');
      await c.cloud.uninstall('T1ONE', how);
      await c.settle();
      if (how !== 'silently') {
        expect(await installed(c, 'T1ONE')).toMatchObject({ active: false, credentials: null });
        expect(await type(c, 'T1ONE', 'ana', 'me')).toContain('not connected');
      } else await type(c, 'T1ONE', 'ana', 'issue new claims "Letters are off" severity=1');
      const gone = (await installed(c, 'T1ONE'))!;
      expect(gone).toMatchObject({ active: false, credentials: null, trouble: expect.any(String) });
      expect(direct(c, 'T1ONE', 'bo')).not.toContain('Letters are off');
      const calls = c.cloud.workspace('T1ONE').calls('chat.postMessage').length;
      c.wall.pass(HOUR);
      await c.settle();
      expect(c.cloud.workspace('T1ONE').calls('chat.postMessage')).toHaveLength(calls);

      const page = await c.browser().install('team=T1ONE');
      await c.settle();
      expect(page.text).toContain('as they were');
      expect(await installed(c, 'T1ONE')).toMatchObject({ active: true, trouble: null });
      if (how === 'silently') expect(direct(c, 'T1ONE', 'bo')).toContain('Letters are off');
      expect(direct(c, 'T1ONE', 'ana')).not.toContain('cannot post');

      // What Slack said before, once more: this token works.
      for (const request of c.cloud.workspace('T1ONE').sent.filter((r) => r.body.includes(how)))
        await c.cloud
          .workspace('T1ONE')
          .redeliver({ ...request, body: request.body.replace('"Ev', '"Again') });
      await c.settle();
      expect(await installed(c, 'T1ONE')).toMatchObject({ active: true });
    },
  );

  test('a refresh token that is spent without an answer: admins are told while they can be', async () => {
    const c = await startOAuth(engine, { expiresIn: HALF_A_DAY });
    await settled(c, 'T1ONE');
    // The exchange succeeds at Slack, and the answer is lost with it.
    c.wall.pass(11 * HOUR);
    c.cloud.faults.next('oauth.v2.access', 1, { kind: 'reset_after_accept' });
    await type(c, 'T1ONE', 'ana', 'issue new claims "Letters are off" severity=1');
    c.wall.pass(MINUTE);
    await type(c, 'T1ONE', 'ana', 'issue new claims "Letters are late" severity=1');
    expect(c.cloud.exchanges.slice(1, 3)).toEqual(['ok', 'invalid_refresh_token']);
    expect(direct(c, 'T1ONE', 'bo')).toContain('Letters are late');
    expect(direct(c, 'T1ONE', 'ana')).toContain('will soon be unable to post in One Harbour');
    expect(await installed(c, 'T1ONE')).toMatchObject({ active: true, trouble: expect.any(String) });
    expect(c.cloud.exchanges).toHaveLength(3);
    expect(await type(c, 'T1ONE', 'ana', 'doctor')).toContain('One Harbour is about to end');

    c.wall.pass(2 * HOUR);
    await type(c, 'T1ONE', 'ana', 'issue new claims "Letters are lost" severity=1');
    expect(await installed(c, 'T1ONE')).toMatchObject({ active: false, credentials: null });
    expect(direct(c, 'T1ONE', 'bo')).not.toContain('Letters are lost');
    await c.browser().install('team=T1ONE');
    await c.settle();
    expect(direct(c, 'T1ONE', 'bo')).toContain('Letters are lost');
  });

  test('at trace level the log holds no token, code, state or secret', async () => {
    const lines: string[] = [];
    const log = createLog('trace', { write: (line: string) => void lines.push(line) });
    const c = await startOAuth(engine, { log, expiresIn: HALF_A_DAY });
    const ana = c.browser();
    const back = await ana.allow(await ana.begin(), 'team=T1ONE');
    const page = await ana.open(back);
    const before = (await installed(c, 'T1ONE'))!;
    c.wall.pass(13 * HOUR);
    await type(c, 'T1ONE', 'ana', `admin claim ${codeOn(page)}`);
    await ana.open((await ana.allow(await ana.begin(), 'team=T1ONE')).replace(/code=[^&]+/, 'code=made-up'));
    await c.cloud.uninstall('T1ONE', 'silently');
    await c.settle();
    const all = lines.join('');
    expect(lines.length).toBeGreaterThan(2);
    const { searchParams: given } = new URL(back);
    const secrets = [
      CLIENT.clientSecret,
      given.get('code')!,
      given.get('state')!,
      codeOn(page)!,
      before.credentials!,
    ];
    for (const secret of secrets) expect(all.includes(secret)).toBe(false);
    expect(all).not.toMatch(/xox[a-z]|xoxe/);
  });
});

test('two copies that need the same token at once renew it once', async () => {
  const c = await startOAuth('postgres', { copies: 2, expiresIn: HALF_A_DAY });
  await settled(c, 'T1ONE');
  c.wall.pass(13 * HOUR);
  const gate = Promise.withResolvers<void>();
  c.cloud.faults.next('oauth.v2.access', 1, { kind: 'hold', until: gate.promise });
  const asked = c.copies.flatMap(({ coxswain }) => {
    const [slack] = coxswain.platforms();
    return [1, 2, 3].map(() => slack!.outbound.profile('T1ONE', 'U0BO'));
  });
  gate.resolve();
  const found = await Promise.all(asked);
  expect(found.map((profile) => profile?.name)).toEqual(Array(6).fill('Bo Lindqvist'));
  expect(c.cloud.exchanges).toEqual(['ok', 'ok']);
  expect(await installed(c, 'T1ONE')).toMatchObject({ tokenVersion: 2, renewingUntil: null });
});

test('a copy that dies while it renews holds up the others for seconds only', async () => {
  const c = await startOAuth('postgres', { copies: 2, expiresIn: HALF_A_DAY });
  await settled(c, 'T1ONE');
  c.wall.pass(13 * HOUR);
  const [dies, lives] = c.copies.map(({ coxswain }) => coxswain);
  const { installations } = dies!.deps;
  expect(await installations.claim((await installations.find('slack', 'T1ONE'))!)).toBe(true);
  const asked = lives!.platforms()[0]!.outbound.profile('T1ONE', 'U0BO');
  c.wall.pass(MINUTE);
  expect((await asked)?.name).toBe('Bo Lindqvist');
  expect(c.cloud.exchanges).toEqual(['ok', 'ok']);
});
