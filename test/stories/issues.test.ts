import { describe, expect, test } from 'vitest';
import { readEntries } from '../../db/audit.ts';
import { ENGINES } from '../support/databases.ts';
import { berlin, startCoxswain } from '../support/coxswain.ts';
import { foundClaims, onScreen, posts, press, titles, type } from './crew.ts';

describe.each(ENGINES)('an issue and what becomes of it, %s', (engine) => {
  test('reported from a message, talked about in its thread, solved, a rule for the next seat, closed', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const claims = c.slack.as('eli').in('#claims-ai');
    await claims.say('It rejects every "hail" claim since this morning');
    const form = (await c.slack.as('eli').sees(claims.last()).shortcut('report_drift')).modal;
    expect(form.title).toBe('Report drift');
    expect(form.text).toContain('It rejects every "hail" claim since this morning');
    expect(form.values['Seat']).toEqual('claims');
    await form
      .fill({ 'What is wrong': 'Rejects hail', Number: 'claims · Acceptance rate', Severity: '2 high' })
      .submit();
    const card = posts(c, '#claims-ai').find((m) => m.text.startsWith('CLAIMS-1 ·'))!;
    expect(card.text).toContain('From this message:');
    expect(card.text).toContain('It rejects every "hail" claim since this morning');
    expect(card.text).toContain('Eli Novak raised it: Rejects hail');
    // Monday 10:00 and four working hours.
    expect(card.text).toContain('Take it by');
    expect(card.text).toContain('2026-11-09 14:00 CET');
    expect(card.buttons).toContain('Open link');

    const dana = c.slack.as('dana').in('#claims-ai');
    const [kept] = (await dana.mention('the intake form got a new field, @bo knows', { thread: card }))
      .messages;
    expect(kept!.ephemeral).toBe(true);
    expect(kept!.text).toContain('Added to CLAIMS-1 as a comment');
    expect(card.text).toContain('1 comment');
    expect(card.text).toContain('the intake form got a new field, @Bo Okafor knows');
    // What is a command stays one, and a slip of the pen can be kept.
    expect((await dana.mention('issue show CLAIMS-1', { thread: card })).text).toContain('Rejects hail');
    const slip = (await dana.mention('numbers look fine to me again today', { thread: card })).only;
    const again = (await press(c, 'dana', slip, 'Keep it as a comment')).modal;
    await again.submit();
    expect(card.text).toContain('2 comments');
    // Outside of the thread nothing is taken for a comment.
    expect((await dana.mention('the intake form got a new field')).text).toContain('There is no command');

    await press(c, 'bo', card, 'Acknowledge');
    const solve = (await press(c, 'bo', card, 'Solve')).modal;
    expect(solve.labels).not.toContain('Fixed, or the new normal?');
    await solve
      .fill({
        'What caused it?': 'A new field in the form.',
        'What was done?': 'Taught it the field.',
        'What was learned, and why?': 'Ask the product team before forms change.',
        'Make it a rule?': true,
        'For whom': 'AI seats',
      })
      .submit();
    expect(card.text).toContain('Solved by @bo');
    expect(card.text).toContain('Closes by itself at 2026-11-16 10:00 CET');
    const added = await type(
      c,
      'bo',
      'seat add intake "Claims intake" "Takes every claim in within a minute"',
    );
    expect(added.text).toContain('R1 Ask the product team before forms change.');
    expect((await type(c, 'dana', 'rules')).text).toContain(
      'for AI seats · Bo Okafor, 2026-11-09, from CLAIMS-1',
    );
    expect((await type(c, 'bo', 'rules end R1 because="Forms are frozen."')).text).toContain('R1 has ended');
    expect((await type(c, 'bo', 'seat show intake')).text).not.toContain('Ask the product team');

    expect((await press(c, 'dana', card, 'Close')).text).toContain('Its accountable owner (Bo Okafor) may');
    await press(c, 'bo', card, 'Close');
    expect(card.text).toContain('Closed by @bo');
    expect(titles(c, '#claims-ai').filter((t) => t.startsWith('CLAIMS-1'))).toHaveLength(1);
    // Only promises that are broken stand in the log: CLAIMS-2 is taken in time, but not solved.
    await type(c, 'bo', 'issue new claims "Slow answers" severity=2');
    await type(c, 'bo', 'issue ack CLAIMS-2');
    await c.until(berlin('11-11 11:00'));
    const { entries } = await readEntries(c.app.store.read, c.org, 1, 500);
    expect(entries.filter((e) => e.action === 'issue.overdue').map((e) => e.facts)).toEqual([
      { ref: 'CLAIMS-2', overdue: 'solve' },
    ]);
  });

  test('handed over, made worse, overdue, merged, dropped and back: every copy tells the same', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'eli', 'issue new claims "Slow answers" severity=3');
    await type(c, 'eli', 'issue new claims "Answers take a minute" severity=2');
    const [slow, minute] = ['CLAIMS-1', 'CLAIMS-2'].map((ref) =>
      posts(c, '#claims-ai').find((m) => m.text.startsWith(`${ref} ·`))!,
    );
    await c.slack.as('dana').in('#claims-ai').mention('since the last release', { thread: slow! });
    const late1 = (await press(c, 'bo', (await type(c, 'bo', 'issue CLAIMS-1')).only, 'Hand over')).modal;
    await type(c, 'cem', 'issue ack CLAIMS-1');
    const taken = await late1.fill({ 'To whom': '@eli', Why: 'You saw it first' }).submit();
    // The form comes back about who has it now, with the sentence above what was typed.
    expect(taken.errors).toEqual({});
    expect(onScreen(c, 'bo')).toContain('Cem Aydin has CLAIMS-1 now.');
    const shown = (await type(c, 'bo', 'issue show CLAIMS-1')).only;
    expect(shown.buttons).not.toContain('Details');
    expect(slow!.buttons).toContain('Details');
    const hand = (await press(c, 'bo', shown, 'Hand over')).modal;
    await hand.fill({ 'To whom': '@eli', Why: 'You saw it first' }).submit();
    expect(slow!.text).toContain('waits for @eli');
    expect(slow!.text.match(/You saw it first/g)).toHaveLength(1);
    expect(posts(c, 'eli').at(-1)!.text).toContain('You saw it first');
    expect(posts(c, 'eli').at(-1)!.text).toContain('CLAIMS-1');
    expect((await type(c, 'eli', 'issue list mine')).text).toContain('CLAIMS-1 Slow answers');
    // By line, who has it is named, or it stays with them.
    const unseen = (await type(c, 'bo', 'issue assign CLAIMS-1 @cem')).text;
    expect(unseen).toContain('Eli Novak has CLAIMS-1 now.');
    expect(unseen).toContain('issue assign CLAIMS-1 @somebody from="Eli Novak"');
    expect(slow!.text).toContain('waits for @eli');
    await type(c, 'bo', 'issue assign CLAIMS-1 @cem from="Eli Novak"');
    expect(slow!.text).toContain('waits for @cem');
    await type(c, 'bo', 'issue assign CLAIMS-1 @eli from=@cem because="Still yours"');

    expect((await type(c, 'bo', 'issue list overdue')).text).toContain('Nothing is overdue');
    expect(minute!.text).not.toContain('overdue');
    await c.until(berlin('11-09 14:01'));
    // What is on display says so by itself.
    expect(minute!.text).toContain('Take it by');
    expect(minute!.text).toContain('14:00 CET, overdue');
    const late = (await type(c, 'bo', 'issue list claims overdue')).text;
    expect(late).toContain('CLAIMS-2');
    expect(late).toContain('overdue: nobody has taken it');
    expect(late).not.toContain('CLAIMS-1');

    await type(c, 'bo', 'issue severity CLAIMS-1 1 because="Customers hang up"');
    expect(slow!.text).toContain('1 critical');
    expect(slow!.text).toContain('Severity 3 moderate became 1 critical: Customers hang up');
    expect((await type(c, 'bo', 'issue merge CLAIMS-2 into CLAIMS-1')).text).toContain('CLAIMS-1');
    expect(minute!.text).toContain('Became part of CLAIMS-1 by @bo');
    expect(minute!.buttons).toEqual([]);
    expect(slow!.text).toContain('Eli Novak raised it: Answers take a minute');
    expect((await type(c, 'eli', 'issue note CLAIMS-2 "It was the cache"')).text).toContain(
      'Added to CLAIMS-1',
    );
    expect(slow!.text).toContain('It was the cache');

    const drop = (await type(c, 'bo', 'issue drop CLAIMS-1')).modal;
    expect((await drop.submit()).errors).toEqual({ 'Why is it none, or not worth it?': expect.any(String) });
    await drop.fill({ 'Why is it none, or not worth it?': 'The line was cut' }).submit();
    expect(slow!.text).toContain('Dropped by @bo');
    expect(slow!.text).toContain('The line was cut');
    expect((await type(c, 'eli', 'issue list')).text).toContain('No open issues');
    const back = (await press(c, 'eli', slow!, 'Reopen')).modal;
    await back.fill({ 'What was seen, and where': 'It is slow again' }).submit();
    expect(slow!.text).toContain('again since');
    expect((await type(c, 'eli', 'issue list all')).text).toContain('CLAIMS-2');
    expect((await type(c, 'eli', 'issue list claims often')).text).toContain('“often” is no list of issues');
    expect((await type(c, 'eli', 'issue frown CLAIMS-1')).text).toContain(
      '“issue frown” is nothing that can be done with CLAIMS-1.',
    );
  });

  test('what is solved and heard of no more closes by itself, and its card says so', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'cem', 'issue new claims "A typo" severity=4');
    await type(c, 'cem', 'issue solve CLAIMS-1 cause="Haste" fix="Corrected" lesson="Read twice"');
    const card = posts(c, '#claims-ai').find((m) => m.text.startsWith('CLAIMS-1 ·'))!;
    await c.until(berlin('11-16 10:00') - 1);
    expect(card.text).toContain('Solved by @cem');
    await c.until(berlin('11-16 10:00'));
    expect(card.text).toContain('Closed by itself, 2026-11-16 10:00 CET');
    expect((await type(c, 'bo', 'issue close CLAIMS-1')).text).toContain('CLAIMS-1 is already closed.');
    expect((await type(c, 'bo', 'issue note CLAIMS-1 it was mine, sorry')).text).toContain(
      'Added to CLAIMS-1',
    );
  });
});
