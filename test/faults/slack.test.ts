import { eq } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { MINUTE, SECOND } from '../../src/clock.ts';
import { ENGINES } from '../support/databases.ts';
import { type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { type MovingWall, movingWall } from '../support/wall.ts';
import { foundClaims, posts, titles, type } from '../stories/crew.ts';

const digests = (c: TestCoxswain, where: string) =>
  titles(c, where).filter((t) => t.startsWith('Weekly scorecard')).length;
const pings = (c: TestCoxswain, who: string) => posts(c, who).filter((m) => m.text.startsWith('CLAIMS-1 ·'));

async function ready(engine: (typeof ENGINES)[number]): Promise<{ c: TestCoxswain; wall: MovingWall }> {
  const wall = movingWall();
  const c = await startCoxswain(engine, { wall });
  await foundClaims(c);
  await c.until(berlin('11-13 10:00'));
  return { c, wall };
}

const messagesOf = (c: TestCoxswain, view: string) => {
  const { messages } = c.app.store.read.t;
  return c.app.store.read.select().from(messages).where(eq(messages.view, view));
};

describe.each(ENGINES)('Slack has trouble, %s', (engine) => {
  test('429: the channel rests as long as Slack asks, others go on, nothing is posted twice', async () => {
    const { c, wall } = await ready(engine);
    c.slack.faults.next('chat.postMessage', 1, { kind: '429', retryAfter: 30 });
    await type(c, 'ana', 'digest now');
    expect(digests(c, '#claims-ai')).toBe(0);
    await type(c, 'ana', 'digest now', '#ai-governance');
    expect(digests(c, '#ai-governance')).toBe(1);
    // Another message for the resting channel waits with the first.
    await type(c, 'cem', 'log claims acceptance 74');
    const calls = c.slack
      .calls('chat.postMessage')
      .filter((call) => call.args['channel'] === 'C0CLAIMS').length;
    wall.pass(28 * SECOND);
    await c.settle();
    expect(
      c.slack.calls('chat.postMessage').filter((call) => call.args['channel'] === 'C0CLAIMS'),
    ).toHaveLength(calls);
    expect(pings(c, 'bo')).toHaveLength(1);
    wall.pass(2 * SECOND);
    await c.settle();
    expect(digests(c, '#claims-ai')).toBe(1);
    expect(titles(c, '#claims-ai').filter((t) => t.startsWith('CLAIMS-1'))).toHaveLength(1);
    const [digest] = await messagesOf(c, 'digest');
    expect(digest).toMatchObject({ tries: 0, state: 'live' });
  });

  test('503: tried again until Slack takes it, once', async () => {
    const { c, wall } = await ready(engine);
    c.slack.faults.next('chat.postMessage', 3, { kind: '503' });
    await type(c, 'ana', 'digest now');
    for (let i = 0; i < 3; i++) {
      expect(digests(c, '#claims-ai')).toBe(0);
      wall.pass(20 * SECOND);
      await c.settle();
    }
    expect(digests(c, '#claims-ai')).toBe(1);
    expect((await type(c, 'ana', 'doctor')).text).toContain('messages: all delivered');
  });

  test('the connection breaks after Slack took a direct message: it is found, not sent again', async () => {
    const { c, wall } = await ready(engine);
    c.slack.faults.next('chat.postMessage', 2, { kind: 'reset_after_accept' });
    // The ping and the post in the channel: of both nobody knows what became of them.
    await type(c, 'cem', 'log claims acceptance 74');
    wall.pass(MINUTE);
    await c.settle();
    expect(pings(c, 'bo')).toHaveLength(1);
    expect(pings(c, 'bo')[0]!.text).not.toContain('May repeat');
    expect(titles(c, '#claims-ai').filter((t) => t.startsWith('CLAIMS-1'))).toHaveLength(1);
    await type(c, 'bo', 'issue ack CLAIMS-1');
    expect(pings(c, 'bo')[0]!.text).toContain('Acknowledged by @bo');
  });

  test('a digest whose fate is unknown is held and the doctor says so; an escalation is repeated and says that too', async () => {
    const { c, wall } = await ready(engine);
    c.slack.faults.next('chat.postMessage', 1, { kind: 'reset_after_accept' });
    await type(c, 'ana', 'digest now');
    wall.pass(MINUTE);
    await c.settle();
    expect(digests(c, '#claims-ai')).toBe(1);
    expect((await type(c, 'ana', 'doctor')).text).toMatch(
      /⛔ fault messages: 1 parked or held.*not known whether/,
    );

    await type(c, 'eli', 'issue new claims "Down" severity=1');
    await c.until(berlin('11-13 10:15'));
    c.slack.faults.next('chat.postMessage', 1, { kind: 'reset_after_accept' });
    await c.until(berlin('11-13 10:30'));
    wall.pass(MINUTE);
    await c.settle();
    const reminders = posts(c, '#ai-governance');
    expect(reminders).toHaveLength(2);
    expect(reminders[0]!.text).not.toContain('May repeat');
    expect(reminders[1]!.text).toContain('May repeat');
    expect((await type(c, 'ana', 'doctor')).text).toContain('1 that may repeat');
  });

  test('what never arrived is sent without a warning', async () => {
    const { c, wall } = await ready(engine);
    c.slack.faults.next('chat.postMessage', 2, { kind: 'reset_before_accept' });
    await type(c, 'cem', 'log claims acceptance 74');
    expect(pings(c, 'bo')).toHaveLength(0);
    wall.pass(MINUTE);
    await c.settle();
    expect(pings(c, 'bo')).toHaveLength(1);
    expect(pings(c, 'bo')[0]!.text).not.toContain('May repeat');
  });

  test('who cannot be reached is passed over at once', async () => {
    const { c } = await ready(engine);
    // Else he is asked on Teams, where his account works.
    await c.app.store.write((tx) => {
      const { identities } = tx.t;
      return tx.delete(identities).where(eq(identities.platform, 'teams')).returning({ ref: identities.ref });
    });
    await c.slack.deactivate('bo');
    await type(c, 'cem', 'log claims acceptance 74');
    await c.settle();
    const asked = (who: string) => posts(c, who).some((m) => m.text.includes('Acceptance rate is red'));
    expect(asked('dana')).toBe(true);
    expect(asked('bo')).toBe(false);
  });
});

test('a post that hangs is given up, and others are sent meanwhile', { timeout: 40_000 }, async () => {
  const { c, wall } = await ready('sqlite');
  c.slack.faults.next('chat.postMessage', 1, { kind: 'hang' });
  c.clock.moveTo(berlin('11-13 10:01'));
  const posted = (channel: string) =>
    c.slack.calls('chat.postMessage').filter((call) => call.args['channel'] === channel).length;
  const first = c.slack.as('ana').in('#claims-ai').slash('digest now');
  await vi.waitFor(() => expect(posted('C0CLAIMS')).toBe(1), { timeout: 5000 });
  let given = false;
  const draining = first.then(() => (given = true));
  // Somebody else's work does not stand behind the one that hangs.
  const second = c.slack.as('ana').in('#ai-governance').slash('digest now');
  await vi.waitFor(() => expect(digests(c, '#ai-governance')).toBe(1), { timeout: 5000 });
  expect(given).toBe(false);
  await Promise.all([draining, second]);
  wall.pass(MINUTE);
  await c.settle();
  expect(digests(c, '#claims-ai')).toBe(0);
  const held = (await messagesOf(c, 'digest')).find((m) => m.state === 'held');
  expect(held?.reason).toContain('not known');
});
