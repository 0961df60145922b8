import { describe, expect, test } from 'vitest';
import type { TestCoxswain } from '../support/coxswain.ts';
import { berlin, startCoxswain } from '../support/coxswain.ts';
import { eq } from 'drizzle-orm';
import { accountsOf, personByIdentity } from '../../db/people.ts';
import { issueByRef } from '../../db/issues.ts';
import { ENGINES } from '../support/databases.ts';
import { foundClaims, pinged, posts, press, titles, type } from './crew.ts';

const teamOf = (c: TestCoxswain) => c.slack.state.setup.team.id;
const idOf = (c: TestCoxswain, handle: string): string =>
  [...c.slack.state.people.values()].find((p) => p.handle === handle)!.id;

/** Slack tells that somebody's account is now like this. */
const changed = (c: TestCoxswain, who: string, guest: boolean, active: boolean): Promise<void> =>
  c.running.coxswain.deps.inbound.learn('slack', teamOf(c), {
    kind: 'person_changed',
    user: { ref: idOf(c, who) },
    guest,
    active,
  });

/** Every platform on which they are tells the same. */
async function changedEverywhere(c: TestCoxswain, who: string, guest: boolean, active: boolean) {
  const { read } = c.app.store;
  const on = await personByIdentity(read, 'slack', teamOf(c), idOf(c, who));
  for (const { platform, tenant, ref } of await accountsOf(read, c.org, [on!.person]))
    await c.running.coxswain.deps.inbound.learn(platform, tenant, {
      kind: 'person_changed',
      user: { ref },
      guest,
      active,
    });
}

/** Bo's line as the adapter hands it on, mentions and all. */
const handedOn = (c: TestCoxswain, requestKey: string, line: string) =>
  c.running.coxswain.deps.inbound.command(
    {
      platform: 'slack',
      tenant: teamOf(c),
      user: { ref: idOf(c, 'bo') },
      place: { kind: 'direct', ref: 'D1' },
      requestKey,
    },
    line,
  );

describe.each(ENGINES)('people come, change and go, %s', (engine) => {
  test('a guest is refused, and is let in again as a member; so is who was deactivated', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const says = async () => (await type(c, 'dana', 'me')).text;
    await changedEverywhere(c, 'dana', true, true);
    expect(await says()).toContain('Guests and people from other organisations see and decide nothing here.');
    await changedEverywhere(c, 'dana', false, false);
    expect(await says()).toContain('Your account is not active in this organisation.');
    await changed(c, 'dana', false, true);
    expect(await says()).toContain('Nothing waits for you');
    expect((await type(c, 'bo', 'seat history claims')).text).toMatch(/operations.*until/);
  });

  test('of two accounts one is deactivated: it is refused, and its person keeps their seat by the other', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await changed(c, 'bo', false, false);
    expect((await type(c, 'bo', 'me')).text).toContain('Your account is not active');
    await type(c, 'ana', 'issue new claims "Answers cite a repealed rule" severity=2');
    await c.settle();
    expect(pinged(c, 'CLAIMS-1')).toEqual([]);
    const { messages } = c.app.store.read.t;
    const asked = await c.app.store.read.select().from(messages).where(eq(messages.view, 'pings'));
    expect(asked).toMatchObject([{ platform: 'teams', state: 'live', shown: 1 }]);
    await changed(c, 'bo', false, true);
    expect((await type(c, 'bo', 'me')).text).toContain('CLAIMS-1');
  });

  test('what Slack told while Coxswain was down is found out at night, and asked of nobody else', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await c.settle();
    c.slack.state.gone.add(idOf(c, 'bo'));
    const asked = c.slack.calls('users.info').length;
    await c.until(berlin('11-10 04:00'));
    // Ana is admin, Bo, Cem and Dana own, Eli is a reviewer; nobody is asked about twice.
    expect(c.slack.calls('users.info').slice(asked)).toHaveLength(5);
    const on = await personByIdentity(c.app.store.read, 'slack', teamOf(c), idOf(c, 'bo'));
    expect(on).toMatchObject({ gone: 'deactivated' });
    await c.until(berlin('11-11 04:00'));
    expect(c.slack.calls('users.info').slice(asked)).toHaveLength(9);
  });

  test('an account that is gone is let in when it speaks and Slack says that it works; what was taken is told', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await changedEverywhere(c, 'bo', false, false);
    await c.settle();
    expect((await type(c, 'bo', 'me')).text).toContain('Your account is not active');
    // The event that it works again was lost. Slack is asked once an hour at most.
    await c.until(c.clock.now() + 61 * 60_000);
    expect((await type(c, 'bo', 'me')).text).not.toContain('not active');
    await c.settle();
    const told = posts(c, 'bo').filter((m) => m.text.includes('without your roles'));
    expect(told).toHaveLength(1);
    expect(told[0]!.text).toMatch(/claims.*accountable owner/);
  });

  test('a text with hundreds of mentions names ten who are known, and asks Slack about nobody', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const cem = `<@${idOf(c, 'cem')}>`;
    const crowd = (n: number) => Array.from({ length: n }, (_, i) => `<@U0CROWD${i}>`).join(' ');
    const asked = c.slack.calls('users.info').length;
    await handedOn(c, '1', `issue new claims Down severity=4 detail="${cem} knows, and ${crowd(150)}"`);
    await handedOn(c, '2', `issue new claims Down severity=4 detail="${crowd(10)} know, and ${cem}"`);
    expect(c.slack.calls('users.info')).toHaveLength(asked);
    const [first, second] = await Promise.all(
      ['CLAIMS-1', 'CLAIMS-2'].map((ref) => issueByRef(c.app.store.read, c.org, ref)),
    );
    expect(first?.detail).toMatch(/^@Cem .* knows, and <@U0CROWD0> /);
    expect(second?.detail).toMatch(/ know, and <@U[A-Z0-9]+>$/);
  });
});

describe.each(ENGINES)('who is away, %s', (engine) => {
  test('Bo is asked, goes away, and Eli is asked at once; Eli is told, and told when Bo is back', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'ana', 'issue new claims "Answers cite a repealed rule" severity=2');
    await c.settle();
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo']);
    await type(c, 'eli', 'me');
    const said = await type(c, 'bo', 'away until fri delegate=@eli');
    expect(said.text).toContain('You are away');
    expect(said.text).toMatch(/Eli Novak.* stands in/);
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo', 'eli']);
    const stands = () => titles(c, 'eli').filter((title) => title.includes('stand in'));
    expect(stands()).toEqual(['You stand in for Bo Okafor']);
    expect((await type(c, 'cem', 'away show')).text).toContain('Bo Okafor');
    expect((await type(c, 'bo', 'me')).text).toContain('You are away');
    await type(c, 'bo', 'away off');
    expect(stands()).toEqual(['You do not stand in for Bo Okafor any more']);
  });

  test('a governor says it for who fell ill; a member may not, and a bad day gets a sentence', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    expect((await type(c, 'bo', 'away @cem until fri')).text).toContain('You may not do this');
    expect((await type(c, 'ana', 'away @cem until fri delegate=@dana')).text).toContain('Cem Aydin is away');
    expect(titles(c, 'cem').at(-1)).toBe('Ana Lindt set you as away');
    await press(c, 'cem', c.slack.dm('cem').last(), 'I am back');
    expect(titles(c, 'cem').at(-1)).toBe('You are not away any more');
    expect((await type(c, 'bo', 'away until someday')).text).toContain('is no day and no time');
    expect((await type(c, 'bo', 'away until yesterday')).text).toContain('away until fri');
  });

  test('settings by form and by line', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    expect((await type(c, 'bo', 'me hours 8-12 mon,wed')).text).toContain('You work 08:00-12:00 mon,wed');
    expect((await type(c, 'bo', 'me zone Berlin')).text).toContain('Europe/Berlin');
    expect((await type(c, 'bo', 'me primary teams')).text).toContain('Direct messages reach you on Teams');
    const modal = c.slack.as('bo').modal;
    await type(c, 'bo', 'me hours');
    expect(modal().title).toBe('My settings');
  });
});
