import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/clock.ts';
import { ENGINES } from '../support/databases.ts';
import { berlin, startCoxswain } from '../support/coxswain.ts';
import { foundClaims, pinged, posts, press, titles, type } from './crew.ts';

const about = (list: readonly string[]) => list.filter((title) => title.startsWith('CLAIMS-1'));

describe.each(ENGINES)('nobody answers, %s', (engine) => {
  test('in working hours: the next one after four of them, vacant roles at once, then the governance channel', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await c.until(berlin('11-13 16:00'));
    await type(c, 'cem', 'log claims acceptance 74');
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo']);
    // One hour on Friday, three on Monday.
    await c.until(berlin('11-16 12:00') - 1);
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo']);
    await c.until(berlin('11-16 12:00'));
    // Cem has platform, but it was his number.
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo', 'dana']);
    await c.until(berlin('11-16 16:00') - 1);
    expect(about(titles(c, '#ai-governance'))).toEqual([]);
    await c.until(berlin('11-16 16:00'));
    expect(about(titles(c, '#ai-governance'))).toHaveLength(1);
    const issue = posts(c, '#claims-ai').find((m) => m.text.startsWith('CLAIMS-1'));
    expect(issue!.thread.map((m) => m.text)).toEqual([
      expect.stringContaining('Nobody answers for: stop-ship.'),
    ]);
    await c.until(berlin('11-17 16:00'));
    expect(about(titles(c, '#ai-governance'))).toHaveLength(2);
    expect(posts(c, '#ai-governance').at(-1)!.text).toContain('This is reminder 1.');

    await press(c, 'ana', posts(c, '#ai-governance').at(-1)!, 'Acknowledge');
    for (const where of ['#ai-governance', '#claims-ai', 'bo', 'dana']) {
      for (const copy of posts(c, where).filter((m) => m.text.startsWith('CLAIMS-1 ·'))) {
        expect(copy.text).toContain('Acknowledged by @ana');
        expect(copy.buttons).not.toContain('Acknowledge');
      }
    }
    const before = ['#ai-governance', 'bo', 'dana', 'cem'].map((where) => about(titles(c, where)).length);
    expect(before).toEqual([2, 1, 1, 0]);
    // Two working days to solve it; Ana is reminded once, and then its people are asked again.
    await c.until(berlin('11-19 16:00') - 1);
    expect(before).toEqual(
      ['#ai-governance', 'bo', 'dana', 'cem'].map((where) => about(titles(c, where)).length),
    );
    expect(posts(c, 'ana').at(-1)!.text).toContain('You have CLAIMS-1, and it is not solved yet.');
    await c.until(berlin('11-19 16:00'));
    expect(about(titles(c, 'bo'))).toHaveLength(2);
    expect(posts(c, 'bo').at(-1)!.text).toContain('Please take it, or the next person is asked.');
  });

  test('after hours the message waits for the morning', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await c.until(berlin('11-13 18:00'));
    await type(c, 'cem', 'log claims acceptance 74');
    expect(about(titles(c, '#claims-ai'))).toHaveLength(1);
    await c.until(berlin('11-16 09:00') - 1);
    expect(pinged(c, 'CLAIMS-1')).toEqual([]);
    await c.until(berlin('11-16 09:00'));
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo']);
    await c.until(berlin('11-16 13:00') - 1);
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo']);
    await c.until(berlin('11-16 13:00'));
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo', 'dana']);
  });

  test('answered before the morning: the message that waited is never sent', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await c.until(berlin('11-13 18:00'));
    await type(c, 'cem', 'log claims acceptance 74');
    await type(c, 'ana', 'issue ack CLAIMS-1');
    await c.until(berlin('11-17 16:00'));
    expect(pinged(c, 'CLAIMS-1')).toEqual(['ana']);
    expect(posts(c, 'ana').at(-1)!.text).toContain('You have CLAIMS-1');
  });

  test('severity 1 asks at once, day and night, and does not stop asking', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const night = berlin('11-14 03:00');
    await c.until(night);
    await type(c, 'eli', 'issue new claims "Answers cite a repealed rule" severity=1');
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo', 'cem']);
    await c.until(night + 15 * MINUTE - 1);
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo', 'cem']);
    await c.until(night + 15 * MINUTE);
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo', 'cem', 'dana']);
    const reminders = () => about(titles(c, '#ai-governance')).length;
    await c.until(night + 30 * MINUTE - 1);
    expect(reminders()).toBe(0);
    await c.until(night + 30 * MINUTE);
    expect(reminders()).toBe(1);
    await c.until(night + 60 * MINUTE);
    expect(reminders()).toBe(2);
    await c.until(night + 30 * MINUTE + DAY);
    const first = reminders();
    expect(first).toBe(49);
    await c.until(night + 30 * MINUTE + DAY + 3 * HOUR);
    expect(reminders() - first).toBe(3);
    await press(c, 'dana', posts(c, 'dana').at(-1)!, 'Acknowledge');
    const answered = c.clock.now();
    await c.until(answered + 4 * HOUR - 1);
    expect(reminders()).toBe(52);
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo', 'cem', 'dana']);
    // Four hours to solve what is critical.
    const asked = about(titles(c, 'bo')).length;
    await c.until(answered + 4 * HOUR);
    expect(about(titles(c, 'bo'))).toHaveLength(asked + 1);
  });

  test('a number that does not come twice opens an issue, and closes it when it comes', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await c.until(berlin('11-16 09:00'));
    // One missing week is for the digest to name, and asks nobody.
    expect(pinged(c, 'CLAIMS-1')).toEqual([]);
    await c.until(berlin('11-23 09:00') - 1);
    expect(pinged(c, 'CLAIMS-1')).toEqual([]);
    await c.until(berlin('11-23 09:00'));
    // The digest names who owes what, so the channel gets no post of its own.
    expect(titles(c, '#claims-ai')).toEqual([]);
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo']);
    const ping = posts(c, 'bo').at(-1)!;
    expect(ping.text).toContain('CLAIMS-1 · Acceptance rate is missing');
    await c.until(berlin('11-23 10:00'));
    for (const week of ['W47', 'W46']) await type(c, 'bo', `log claims acceptance 92 period=2026-${week}`);
    expect(ping.text).toContain('Solved');
    expect(ping.buttons).toEqual([]);
    expect((await type(c, 'bo', 'issue list')).text).toContain('No open issues');
    await c.until(berlin('11-27 18:00'));
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo']);
    expect(titles(c, '#claims-ai')).toEqual([]);
  });

  test('one issue for a number: later signals join it without another message', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await c.until(berlin('11-13 10:00'));
    await type(c, 'cem', 'log claims acceptance 74');
    const before = [posts(c, '#claims-ai').length, posts(c, 'bo').length];
    await type(c, 'cem', 'log claims acceptance 72');
    expect([posts(c, '#claims-ai').length, posts(c, 'bo').length]).toEqual(before);
    expect(posts(c, 'bo').at(-1)!.text).toContain('72 %');
    expect((await type(c, 'bo', 'issue list')).text).not.toContain('CLAIMS-2');
  });
});
