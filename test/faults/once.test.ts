import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/clock.ts';
import { ENGINES } from '../support/databases.ts';
import { dump } from '../support/dump.ts';
import { type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { foundClaims, pinged, posts, press, titles, type } from '../stories/crew.ts';

const lastSent = (c: TestCoxswain, kind: string) => c.slack.sent.findLast((s) => s.kind === kind)!;

describe.each(ENGINES)('what comes twice happens once, %s', (engine) => {
  test('Slack’s retries of a command, a press and a form have one effect', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'eli', 'issue new claims "Cites a repealed rule" severity=2');
    const command = lastSent(c, 'command');
    const counted = posts(c, '#claims-ai').length;
    for (const attempt of [1, 2, 3]) expect((await c.slack.redeliver(command, attempt)).ok).toBe(true);
    expect(posts(c, '#claims-ai')).toHaveLength(counted);
    expect((await type(c, 'bo', 'issue list')).text).not.toContain('CLAIMS-2');

    await press(c, 'bo', posts(c, 'bo').at(-1)!, 'Acknowledge');
    const pressed = lastSent(c, 'interaction');
    const before = await dump(c.app.store.read, c.org);
    for (const attempt of [1, 2, 3]) await c.slack.redeliver(pressed, attempt);
    await c.settle();
    expect(await dump(c.app.store.read, c.org)).toEqual(before);

    const form = (await type(c, 'bo', 'seat add')).modal;
    await form.fill({ Name: 'Fraud screening', 'Accountable for': 'Flags frauds' }).submit();
    const submitted = lastSent(c, 'interaction');
    const after = await dump(c.app.store.read, c.org);
    await Promise.all([1, 2, 3].map((attempt) => c.slack.redeliver(submitted, attempt)));
    expect(await dump(c.app.store.read, c.org)).toEqual(after);
  });

  test('a recorded request sent a hundred times again has no second effect', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'eli', 'issue new claims "Cites a repealed rule"');
    const command = lastSent(c, 'command');
    const before = await dump(c.app.store.read, c.org);
    for (let i = 0; i < 100; i += 10)
      await Promise.all(Array.from({ length: 10 }, () => c.slack.replay(command)));
    await c.settle();
    expect(await dump(c.app.store.read, c.org)).toEqual(before);
  });

  test('twenty clicks at one moment by two people: one has it, everybody sees who', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await c.until(berlin('11-14 03:00'));
    await type(c, 'eli', 'issue new claims "Down" severity=1');
    const [bo, cem] = [posts(c, 'bo').at(-1)!, posts(c, 'cem').at(-1)!];
    const clicks = Array.from({ length: 10 }, () => [
      c.slack.as('bo').sees(bo).button('Acknowledge'),
      c.slack.as('cem').sees(cem).button('Acknowledge'),
    ]).flat();
    await Promise.all(clicks.map((button) => button.click()));
    await c.settle();
    const { issues } = c.app.store.read.t;
    const [issue] = await c.app.store.read.select().from(issues);
    expect(issue!.state).toBe('acknowledged');
    const who = /Acknowledged by @(bo|cem)/.exec(bo.text)?.[1];
    for (const copy of [bo, cem, posts(c, '#claims-ai').find((m) => m.text.startsWith('CLAIMS-1'))!]) {
      expect(copy.text).toContain(`Acknowledged by @${who}`);
      expect(copy.buttons).not.toContain('Acknowledge');
    }
    const acknowledged = (await dump(c.app.store.read, c.org))['auditEntries']!.filter((e) =>
      e.includes('"issue.acknowledge"'),
    );
    expect(acknowledged).toHaveLength(1);
    // Until it should have been solved nobody else is asked.
    await c.until(berlin('11-14 06:59'));
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo', 'cem']);
    expect(titles(c, '#ai-governance')).toEqual([]);
  });

  test('acknowledged at the very moment of the timeout: one final state, and nobody else is asked', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const night = berlin('11-14 03:00');
    await c.until(night);
    await type(c, 'eli', 'issue new claims "Down" severity=1');
    c.clock.moveTo(night + 15 * MINUTE);
    const button = c.slack.as('bo').sees(posts(c, 'bo').at(-1)!).button('Acknowledge');
    await Promise.all([c.running.coxswain.engine.drain(), button.click(), c.running.coxswain.engine.drain()]);
    await c.settle();
    const dana = posts(c, 'dana').filter((m) => m.text.startsWith('CLAIMS-1'));
    // Whoever was first: either she was never asked, or her message says that it is done.
    for (const copy of dana) {
      expect(copy.text).toContain('Acknowledged by @bo');
      expect(copy.buttons).not.toContain('Acknowledge');
    }
    const { escalations } = c.app.store.read.t;
    expect(
      await c.app.store.read.select({ state: escalations.state, round: escalations.round }).from(escalations),
    ).toEqual([{ state: 'watching', round: 1 }]);
    await c.until(night + 4 * HOUR - MINUTE);
    expect(posts(c, 'dana').filter((m) => m.text.startsWith('CLAIMS-1'))).toHaveLength(dana.length);
    expect(titles(c, '#ai-governance')).toEqual([]);
  });
});
