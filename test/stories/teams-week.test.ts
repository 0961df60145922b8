import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/databases.ts';
import { berlin } from '../support/coxswain.ts';
import { type TeamsCoxswain, channel, chat, startOnTeams } from '../support/teams-coxswain.ts';

const claims = channel('claims-ai');

async function foundClaims(c: TeamsCoxswain): Promise<void> {
  await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
  await c.say('ana', channel('ai-governance'), '@Coxswain admin governance');
  await c.say('ana', claims, '@Coxswain admin grant @Eli Novak reviewer');
  await c.say(
    'ana',
    claims,
    '@Coxswain seat add claims "Claims triage" "Sorts claims within one hour" stage=pilot accountable="@Bo Okafor"',
  );
  await c.say('ana', claims, '@Coxswain seat own claims platform @Cem Aydin');
  for (const who of ['bo', 'cem']) await c.press(who, c.shown(chat(who)).at(-1)!, 'Accept');
  await c.say('bo', chat('bo'), 'metric add claims acceptance quality % higher 90 5');
}

describe.each(ENGINES)('a week on Teams, %s', (engine) => {
  test('owners are asked in their own chat, and accept in place', async () => {
    const c = await startOnTeams(engine);
    await foundClaims(c);
    const [offer, ...more] = c.shown(chat('bo')).filter((m) => m.text.includes('owner of Claims triage'));
    expect(more).toEqual([]);
    expect(offer!.text).toContain('You accepted');
    expect(offer!.edits).toBe(1);
    expect(offer!.buttons).toEqual([]);
    const [shown] = await c.say('dana', claims, '@Coxswain seat show claims');
    expect(shown!.text).toContain('**accountable**: <at>Bo Okafor</at>');
    expect(shown!.text).not.toContain('has not accepted yet');
    // Only Dana, who asked, sees it.
    expect(c.shown(claims, 'eli').map((m) => m.id)).not.toContain(shown!.id);
  });

  test('readiness by an inline form and by a dialog; sentences stand beside their fields', async () => {
    const c = await startOnTeams(engine);
    await foundClaims(c);
    const [form] = await c.say('eli', claims, '@Coxswain score quick claims');
    const marks = { mark_0: 'green', mark_1: 'yellow', mark_2: 'red', mark_3: 'green' };
    const refused = await c.press('eli', form!, 'Score', {
      ...marks,
      note: 'No rollback yet',
      evidence: 'somewhere',
    });
    expect(refused.text).toMatch(/https/);
    expect(refused.text).toContain('No rollback yet');
    const scored = await c.press('eli', form!, 'Score', { ...marks, note: 'No rollback yet' });
    expect(scored.text).toContain('62 %');

    const [standing] = await c.say('eli', claims, '@Coxswain score show claims');
    const dialog = await c.dialog('eli', standing!, 'Quick score');
    expect(dialog.title).toBe('Quick score');
    const again = await dialog.submit({ ...marks, evidence: 'somewhere' });
    expect(again!.text).toMatch(/https/);
    await again!.submit({ ...marks, mark_2: 'green', evidence: 'https://example.com/review' });
    const [history] = await c.say('bo', chat('bo'), 'score history claims');
    expect(history!.text).toMatch(/88 %|87 %/);
    const [no] = await c.say(
      'bo',
      chat('bo'),
      'score claims data=green governance=green integration=green change=green',
    );
    expect(no!.text).toMatch(/reviewer/i);
  });

  test('a red number reaches somebody who is only on Teams, and the answer shows everywhere', async () => {
    const c = await startOnTeams(engine);
    await foundClaims(c);
    await c.until(berlin('11-13 10:00'));
    await c.say('ana', chat('ana'), 'log claims acceptance 70');
    const about = (where: string) => c.shown(where).filter((m) => m.text.startsWith('CLAIMS-1 ·'));
    expect(about(chat('bo'))).toHaveLength(1);
    expect(about(chat('cem'))).toHaveLength(0);
    await c.until(berlin('11-13 14:00'));
    expect(about(chat('cem'))).toHaveLength(1);
    const copies = [...about(claims), ...about(chat('bo')), ...about(chat('cem'))];
    expect(copies).toHaveLength(3);
    const pressed = await c.press('cem', copies[2]!, 'Acknowledge');
    expect(pressed).toEqual({ status: 200, text: 'You have CLAIMS-1. The pings have stopped.' });
    for (const copy of copies) {
      expect(copy.text).toContain('**Acknowledged** by <at>Cem Aydin</at>');
      expect(copy.buttons).not.toContain('Acknowledge');
      expect(copy.edits).toBe(1);
    }
    expect((await c.say('bo', chat('bo'), 'issue ack CLAIMS-1'))[0]!.text).toContain('Cem Aydin');
    const solve = await c.dialog('cem', copies[0]!, 'Solve');
    await solve.submit({
      cause: 'A prompt',
      fix: 'Rolled back',
      lesson: 'Prompts are tested first',
      outcome: 'fixed',
    });
    for (const copy of copies) expect(copy.text).toContain('Prompts are tested first');
    expect((await c.say('eli', chat('eli'), 'audit verify'))[0]!.text).toContain('whole');
  });

  test('Monday’s digest comes once, with the picture’s words', async () => {
    const c = await startOnTeams(engine);
    await foundClaims(c);
    await c.say('ana', claims, '@Coxswain digest here mon 09:00');
    await c.say('bo', chat('bo'), 'log claims acceptance 86');
    await c.until(berlin('11-16 09:00'));
    await c.until(berlin('11-17 09:00'));
    const digests = c.shown(claims).filter((m) => m.text.startsWith('Weekly scorecard, 2026-W46'));
    expect(digests).toHaveLength(1);
    expect(digests[0]!.text).toContain('1 yellow in 1 seat');
  });

  test('a reminder before the digest asks for the number and for the word, and “stop” sticks', async () => {
    const c = await startOnTeams(engine);
    await foundClaims(c);
    await c.say('ana', claims, '@Coxswain digest here mon 09:00');
    await c.say('ana', chat('ana'), 'priority add claims "Half the hand-offs" owner="Bo Okafor"');
    await c.until(berlin('11-13 16:00'));
    const nudges = () => c.shown(chat('bo')).filter((m) => m.text.includes('The weekly digest of'));
    const [nudge] = nudges();
    expect(nudge!.text).toContain('One number is missing from you');
    expect(nudge!.text).toContain('2026-W46');
    const off = await c.press('bo', nudge!, 'Off track');
    expect(off.text).toMatch(/CLAIMS-P1 is off track in 2026-W46: CLAIMS-1 is open about it/);
    await c.settle();
    expect(nudge!.buttons).not.toContain('Off track');
    const dialog = await c.dialog('bo', nudge!, 'Log your numbers');
    expect(dialog.text).toContain('For 2026-W46');
    await c.press('bo', nudge!, 'Stop these reminders');
    await c.until(berlin('11-20 18:00'));
    expect(nudges()).toHaveLength(1);
    const [page] = await c.say('ana', chat('ana'), 'digest executive preview');
    expect(page!.text).toContain('were in pilot reached production');
    const [scorecard] = await c.say('eli', claims, '@Coxswain scorecard channel');
    expect(scorecard!.text).toContain('Acceptance');
  });
});
