import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { peopleCalled } from '../../db/people.ts';
import { PEOPLE } from '../../sandbox/company.ts';
import { MINUTE } from '../../src/clock.ts';
import type { App } from '../../src/context.ts';
import { type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import { channel, chat, startOnTeams } from '../support/teams-coxswain.ts';
import { type Who, foundClaims, pinged, posts, press, titles, type } from './crew.ts';

/** Somebody is away; commands for it come with people's own settings. */
async function sleeps(c: { app: App; org: string }, email: string, until: number, delegate?: string) {
  const { store } = c.app;
  const idOf = async (address: string) => (await peopleCalled(store.read, c.org, address))[0]!.id;
  const [who, stands] = [await idOf(email), delegate === undefined ? null : await idOf(delegate)];
  await store.write(async (tx) => {
    const { people } = tx.t;
    await tx
      .update(people)
      .set({ awayUntil: until, delegate: stands })
      .where(and(eq(people.org, c.org), eq(people.id, who)))
      .returning();
  });
}

const about = (c: TestCoxswain, where: string) =>
  posts(c, where).filter((m) => m.text.includes('CLAIMS-1 ·'));

const copies = (c: TestCoxswain) => ['#claims-ai', 'bo', 'cem', 'dana', 'eli'].flatMap((w) => about(c, w));

async function critical(c: TestCoxswain): Promise<void> {
  await c.until(berlin('11-13 10:00'));
  const { text } = await type(c, 'ana', 'issue new claims "Answers cite a repealed rule" severity=1');
  // Its people are asked a moment after this answer: no instant that has passed already is named.
  expect(text).toContain('Whose turn it is, is being asked now.');
}

const emailOf = (who: Who): string => PEOPLE.find((p) => p.handle === who)!.email;

describe.each(ENGINES)('somebody answers, %s', (engine) => {
  test('the owner sleeps, and the delegate acknowledges', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'eli', 'me');
    await sleeps(c, emailOf('bo'), berlin('11-20 09:00'), emailOf('eli'));
    await sleeps(c, emailOf('dana'), berlin('11-20 09:00'));
    await critical(c);
    expect(pinged(c, 'CLAIMS-1')).toEqual(['cem', 'eli']);
    await c.until(berlin('11-13 10:15'));
    const [issue] = about(c, '#claims-ai');
    expect(issue!.thread.map((m) => m.text).join()).toContain(
      'Nobody answers for: stop-ship. Away, and nobody stands in: Dana Reyes.',
    );
    expect(about(c, '#ai-governance')).toHaveLength(1);
    await press(c, 'eli', about(c, 'eli')[0]!, 'Acknowledge');
    for (const copy of copies(c)) {
      expect(copy.text).toContain('Acknowledged by @eli');
      expect(copy.buttons).not.toContain('Acknowledge');
    }
    await c.until(berlin('11-13 12:00'));
    expect(pinged(c, 'CLAIMS-1')).toEqual(['cem', 'eli']);
    expect(about(c, '#ai-governance')).toHaveLength(1);
  });

  test('handed over and not taken: it comes back, and goes on', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'eli', 'me');
    await critical(c);
    await press(c, 'bo', about(c, 'bo')[0]!, 'Reassign');
    await c.slack.as('bo').modal().fill({ 'To whom': '@eli', Why: 'You know this rule' }).submit();
    await c.settle();
    const asked = about(c, 'eli')[0]!;
    expect(asked.text).toContain('hands this over to you. Please take it, or it goes back to');
    expect(asked.text).toContain('You know this rule');
    expect(about(c, 'bo')[0]!.text).toContain('Handed to @eli by @bo');
    await c.until(berlin('11-13 10:15') - 1);
    expect(about(c, 'bo')).toHaveLength(1);
    await c.until(berlin('11-13 10:15'));
    expect(about(c, 'bo')).toHaveLength(2);
    expect(about(c, 'bo')[1]!.text).toContain('Nobody took what you handed over, so it is back with you');
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo', 'cem', 'dana', 'eli']);
  });

  test('snoozed with a reason: nobody is pinged meanwhile, and everybody sees until when', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await critical(c);
    await c.until(berlin('11-13 10:05'));
    await press(c, 'bo', about(c, 'bo')[0]!, 'Snooze');
    const form = c.slack.as('bo').modal();
    const refused = await form.fill({ 'For how long': '2h', Why: 'Landing in ten minutes' }).submit();
    expect(Object.values(refused.errors).join()).toContain('can be snoozed for 1 minute to 15 min');
    await form.fill({ 'For how long': '10m' }).submit();
    await c.settle();
    for (const copy of [...about(c, '#claims-ai'), ...about(c, 'cem')])
      expect(copy.text).toContain('by @bo: Landing in ten minutes');
    await c.until(berlin('11-13 10:15') - 1);
    expect(about(c, 'bo')).toHaveLength(1);
    await c.until(berlin('11-13 10:15'));
    // Who snoozed it is asked again; ten minutes were left, so the next ones are not.
    expect(about(c, 'bo')).toHaveLength(2);
    expect(about(c, 'bo')[1]!.text).toContain('You asked to be reminded of this.');
    expect(about(c, '#claims-ai')[0]!.text).not.toContain('Snoozed');
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo', 'cem']);
    await c.until(berlin('11-13 10:25'));
    expect(pinged(c, 'CLAIMS-1')).toEqual(['bo', 'cem', 'dana']);
  });

  test('two at the same moment: one has it, the other is told who', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await critical(c);
    const [mine, theirs] = [about(c, 'bo')[0]!, about(c, 'cem')[0]!];
    const pressed = await Promise.all([
      press(c, 'bo', mine, 'Acknowledge'),
      press(c, 'cem', theirs, 'Acknowledge'),
    ]);
    await c.settle();
    const said = pressed.map((seen) => seen.text);
    expect(said.filter((text) => text.includes('You have CLAIMS-1'))).toHaveLength(1);
    expect(said.filter((text) => /CLAIMS-1 is already acknowledged by/.test(text))).toHaveLength(1);
    const winner = said[0]!.includes('You have') ? 'bo' : 'cem';
    for (const copy of copies(c)) {
      expect(copy.text).toContain(`Acknowledged by @${winner}`);
      expect(copy.buttons).not.toContain('Acknowledge');
    }
  });

  test('a governor changes the steps, tries them dry, and drills them', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await c.until(berlin('11-13 10:00'));
    const shown = await type(c, 'ana', 'escalation show claims 1');
    expect(shown.text).toContain('asks accountable and platform; waits 15 minutes');
    expect(shown.text).toContain('stop-ship is vacant');
    expect((await type(c, 'cem', 'escalation edit claims 1')).text).toContain('You may not do this.');
    await type(c, 'bo', 'escalation edit claims 1');
    const form = c.slack.as('bo').modal();
    const wrong = await form
      .fill({ Steps: 'day and night\nboss · wait 5m\nthen once', Why: 'Faster' })
      .submit();
    expect(Object.values(wrong.errors).join()).toContain('Line 2: “boss” cannot be asked.');
    await form
      .fill({ Steps: 'day and night\naccountable, platform · wait 5m · all\nthen governance channel · once' })
      .submit();
    const line = 'steps="accountable; wait 4h / operations; wait 1d / then governance channel; once"';
    const typed = (await type(c, 'bo', `escalation edit claims 2 ${line} because="Fewer people"`)).text;
    expect(typed).toContain('asks operations; waits 1 working day');
    const before = ['bo', 'cem', '#claims-ai'].map((where) => posts(c, where).length);
    const plan = await type(c, 'bo', 'escalation test claims 1');
    expect(plan.text).toContain('If it began now and nobody answered. Nobody is pinged by this.');
    expect(plan.text).toContain('the governance channel');
    expect(['bo', 'cem', '#claims-ai'].map((where) => posts(c, where).length)).toEqual(before);

    await type(c, 'bo', 'escalation drill claims 1');
    await c.settle();
    for (const who of ['bo', 'cem']) expect(about(c, who)[0]!.text).toContain('This is a drill');
    await c.until(berlin('11-13 10:02'));
    const first = await press(c, 'cem', about(c, 'cem')[0]!, 'Acknowledge');
    expect(first.text).toContain('CLAIMS-1 waits for');
    expect(about(c, 'bo')[0]!.text).toContain('all are needed, still asked: @bo');
    expect(about(c, 'cem')[0]!.buttons).not.toContain('Acknowledge');
    await c.until(berlin('11-13 10:03'));
    await press(c, 'bo', about(c, 'bo')[0]!, 'Acknowledge');
    await c.settle();
    for (const copy of copies(c)) expect(copy.text).toContain('answered after 3 min');
    expect((await type(c, 'ana', 'escalation show claims 1')).text).toContain(
      'CLAIMS-1: answered after 3 min',
    );
    expect((await type(c, 'ana', 'issue list')).text).toContain('No open issues');
    await c.until(berlin('11-13 12:00'));
    expect(titles(c, '#ai-governance').filter((t) => t.includes('CLAIMS-1'))).toEqual([]);
  });
});

describe.each(ENGINES)('on Teams, %s', (engine) => {
  const claims = channel('claims-ai');

  test('the owner sleeps, the delegate hands it over, and it comes back', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    await c.say(
      'ana',
      claims,
      '@Coxswain seat add claims "Claims triage" "Sorts claims" accountable="@Bo Okafor"',
    );
    await c.press('bo', c.shown(chat('bo')).at(-1)!, 'Accept');
    for (const who of ['cem', 'eli']) await c.say(who, chat(who), 'me');
    const { app } = c.coxswain;
    await sleeps({ app, org: c.org }, emailOf('bo'), berlin('11-20 09:00'), emailOf('cem'));
    await c.until(berlin('11-13 10:00'));
    await c.say('ana', chat('ana'), 'issue new claims "Answers cite a repealed rule" severity=1');
    // What a form answers stands in the same chat, and names who was asked.
    const about = (who: string) =>
      c.shown(chat(who)).filter((m) => m.text.includes('CLAIMS-1 ·') && !m.text.includes('Who was asked'));
    expect([about('bo').length, about('cem').length]).toEqual([0, 1]);
    const dialog = await c.dialog('cem', about('cem')[0]!, 'Reassign');
    await dialog.submit({
      person: PEOPLE.find((p) => p.handle === 'eli')!.id,
      because: 'You know this rule',
    });
    await c.until(c.clock.now() + 15 * MINUTE - 1);
    expect(about('eli')[0]!.text).toContain('hands this over to you');
    const before = about('cem').length;
    await c.until(c.clock.now() + 1);
    expect(about('cem')).toHaveLength(before + 1);
    await c.press('cem', about('cem').at(-1)!, 'Acknowledge');
    for (const who of ['cem', 'eli'])
      for (const copy of about(who)) expect(copy.text).toContain('Acknowledged');
  });
});
