import { describe, expect, test } from 'vitest';
import { SECOND } from '../../src/clock.ts';
import { ENGINES } from '../support/databases.ts';
import { berlin, startCoxswain } from '../support/coxswain.ts';
import { movingWall } from '../support/wall.ts';
import { foundClaims, onScreen, posts, press, titles, type } from './crew.ts';

const nudgesOf = (c: Parameters<typeof posts>[0], who: string) =>
  posts(c, who).filter((m) => m.text.includes('The weekly digest of #claims-ai comes'));

describe.each(ENGINES)('the weekly rhythm on Slack, %s', (engine) => {
  test('before a Monday digest who owes a number hears it on Friday, logs it from there, and hears no more', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'metric add claims cycle business days lower 3 1 name="Cycle time" owner=@dana');
    await type(c, 'bo', 'digest here mon 09:00');
    await c.until(berlin('11-13 15:59'));
    expect(nudgesOf(c, 'bo')).toEqual([]);
    await c.until(berlin('11-13 16:00'));
    const [nudge] = nudgesOf(c, 'bo');
    expect(nudge!.text).toContain('One number is missing from you');
    expect(nudge!.text).toContain('Acceptance rate of Claims triage for 2026-W46');
    expect(nudgesOf(c, 'dana')).toHaveLength(1);
    // Cem owns no number.
    expect(nudgesOf(c, 'cem')).toEqual([]);

    const form = (await press(c, 'bo', nudge!, 'Log your numbers')).modal;
    expect(form.labels[0]).toBe('Acceptance rate of Claims triage (%)');
    await form.fill({ 'Acceptance rate of Claims triage (%)': '94' }).submit();
    expect(onScreen(c, 'bo')).toContain('94 % for 2026-W46');

    const stop = await press(c, 'dana', nudgesOf(c, 'dana')[0]!, 'Stop these reminders');
    expect(stop.text).toContain('not reminded');
    await c.until(berlin('11-16 09:00'));
    // The one that he has says that nothing is missing, and no other came.
    expect(nudgesOf(c, 'bo')).toEqual([]);
    expect(
      posts(c, 'bo').filter((m) => m.text.includes('Everything is in for the next digest')),
    ).toHaveLength(1);
    const digest = posts(c, '#claims-ai').find((m) => m.text.startsWith('Weekly scorecard'))!;
    expect(digest.text).toContain('1 green, 1 missing in 1 seat');
    expect(digest.text).toContain('• @dana: claims cycle');
    // The next Friday Dana is left alone; she wanted it.
    await c.until(berlin('11-20 18:00'));
    expect(nudgesOf(c, 'dana')).toHaveLength(1);
    expect((await type(c, 'dana', 'nudges on')).text).toContain('Reminders are on');
  });

  test('the thread of a digest holds what does not fit, once, and its buttons work', async () => {
    const wall = movingWall();
    const c = await startCoxswain(engine, { wall });
    /** What answers a post waits until that is shown. */
    const threads = async () => {
      wall.pass(5 * SECOND);
      await c.settle();
    };
    await foundClaims(c);
    for (let i = 1; i <= 12; i += 1)
      await type(c, 'bo', `metric add claims number-${i} system ms lower 100 10 name="Number ${i}"`);
    await type(c, 'bo', 'priority add claims "Half the hand-offs" owner=@cem');
    await type(c, 'bo', 'digest here mon 09:00');
    await c.until(berlin('11-16 08:30'));
    for (let i = 1; i <= 12; i += 1) await type(c, 'bo', `log claims number-${i} ${200 + i}`);
    await c.until(berlin('11-16 09:00'));
    await threads();
    const post = c.slack
      .channel('claims-ai')
      .messages()
      .find((m) => m.text.startsWith('Weekly scorecard'))!;
    expect(post.text).toContain('and 4 more that miss their target, in the thread');
    expect(post.buttons).toEqual(['Log numbers', 'Full scorecard', 'Report drift']);
    const details = post.thread.filter((m) => m.text.startsWith('Details, 2026-W46'));
    expect(details).toHaveLength(1);
    expect(details[0]!.text).toContain('More that miss their target');
    expect(details[0]!.text).toContain('CLAIMS-P1 Half the hand-offs, Claims triage, Cem');
    const no = await press(c, 'eli', details[0]!, 'Off track');
    expect(no.text).toMatch(/owner of the priority \(|owner of the priority or/);
    const off = await press(c, 'cem', details[0]!, 'Off track');
    expect(off.text).toMatch(/CLAIMS-P1 is off track in 2026-W47: CLAIMS-\d+ is open about it/);
    expect((await type(c, 'bo', 'issue list claims')).text).toContain(
      'CLAIMS-P1 is off track: Half the hand-offs',
    );
    expect((await type(c, 'bo', 'priority list claims')).text).toContain('off track in 2026-W47');

    // The next digest names it; at the same time nothing is posted twice.
    await c.until(berlin('11-23 09:00'));
    await threads();
    const next = posts(c, '#claims-ai').filter((m) => m.text.startsWith('Weekly scorecard, 2026-W47'));
    expect(next).toHaveLength(1);
    expect(next[0]!.text).toContain('Priorities off track or overdue (1 of 1)');
    expect(next[0]!.text).toContain('Since last week');
    expect(titles(c, '#claims-ai').filter((t) => t === 'Details, 2026-W47')).toHaveLength(1);
  });

  test('paused, listed, resumed; the executive page comes where it is wanted', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'digest here mon 09:00');
    expect((await type(c, 'bo', 'digest pause')).text).toContain('paused');
    await c.until(berlin('11-16 10:00'));
    expect(titles(c, '#claims-ai').filter((t) => t.startsWith('Weekly'))).toEqual([]);
    expect((await type(c, 'eli', 'digest list')).text).toContain(
      '#claims-ai mon 09:00 Europe/Berlin · paused',
    );
    await type(c, 'bo', 'digest resume');

    expect((await type(c, 'bo', 'digest executive me')).text).toContain('You may not do this');
    await type(c, 'ana', 'digest executive me mon 08:00');
    await type(c, 'ana', 'digest executive here mon 08:30', '#ai-governance');
    const preview = (await type(c, 'ana', 'digest executive preview')).text;
    expect(preview).toContain('Claims triage (claims, pilot): 1 missing (Acceptance rate)');
    expect(preview).toContain('0 of 1 seats that were in pilot reached production: 0 %');
    await c.until(berlin('11-23 09:00'));
    const pages = (where: string) => titles(c, where).filter((t) => t.includes('all seats, 2026-W47'));
    expect([pages('ana').length, pages('#ai-governance').length]).toEqual([1, 1]);
    expect((await type(c, 'eli', 'digest list')).text).toContain('last one on time');
    expect((await type(c, 'ana', 'digest executive off')).text).toContain('comes to you no more');
    expect((await type(c, 'ana', 'digest executive sideways')).text).toContain(
      'type here, me, preview or off',
    );
  });

  test('a seat is stopped cleanly, by command and by form, and leaves the digest', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const form = (await type(c, 'bo', 'seat move claims')).modal;
    expect((await form.fill({ Stage: 'retired', Because: ' ' }).submit()).errors).toEqual({
      Because: 'Please give the reason.',
    });
    expect((await type(c, 'bo', 'seat move claims build because="It works"')).text).toContain(
      'Only a governor (Ana Lindt) moves a seat upwards.',
    );
    expect((await type(c, 'ana', 'seat move claims build because="It works"')).text).toContain(
      'cannot leave pilot without its four owners',
    );
    await form.fill({ Because: 'Nobody used it.' }).submit();
    expect(onScreen(c, 'bo')).toContain('claims is retired');
    const history = (await type(c, 'eli', 'seat history claims')).text;
    expect(history).toContain('pilot to retired');
    expect(history).toContain('Bo Okafor: Nobody used it.');
    expect((await type(c, 'eli', 'digest preview')).text).toContain('No seat reports in this channel yet');
    expect((await type(c, 'ana', 'digest executive preview')).text).toContain(
      '1 was stopped before production',
    );
  });

  test('a scorecard of many numbers is turned by page; what is typed wrong gets a sentence', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    for (let i = 1; i <= 40; i += 1)
      await type(c, 'bo', `metric add claims number-${i} system ms lower 100 10 name="Number ${i}"`);
    const first = (await type(c, 'eli', 'scorecard all')).only;
    expect(first.ephemeral).toBe(false);
    expect(first.text).toContain('page 1 of 2');
    expect(first.text).toMatch(/… and \d+ more, the worst are shown first: scorecard all page=2/);
    expect(first.buttons).toEqual(['Log numbers', 'Report drift', 'Next page']);
    const second = (await press(c, 'eli', first, 'Next page')).only;
    expect(second.ephemeral).toBe(true);
    expect(second.buttons).toContain('Page before');
    expect((await type(c, 'eli', 'scorecard claims weeks=52')).text).toContain('52 weeks');
    expect((await type(c, 'eli', 'scorecard claims weeks=99')).text).toContain('a whole number from 1 to 52');
    expect((await type(c, 'eli', 'scorecard channel weeks=1')).text).toContain('1 week');
  });
});
