import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/databases.ts';
import { berlin } from '../support/coxswain.ts';
import { type TeamsCoxswain, channel, chat, startOnTeams } from '../support/teams-coxswain.ts';

const claims = channel('claims-ai');

async function foundClaims(c: TeamsCoxswain): Promise<void> {
  await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
  await c.say(
    'ana',
    claims,
    '@Coxswain seat add claims "Claims triage" "Sorts claims within one hour" stage=pilot accountable="@Bo Okafor"',
  );
  await c.press('bo', c.shown(chat('bo')).at(-1)!, 'Accept');
}

describe.each(ENGINES)('an issue on Teams, %s', (engine) => {
  test('comments in its thread, forms in dialogs, solved with a rule, closed by itself', async () => {
    const c = await startOnTeams(engine);
    await foundClaims(c);
    await c.say('dana', claims, '@Coxswain issue new claims "Refuses hail" severity=2');
    const post = c.shown(claims, 'eli').find((m) => m.text.startsWith('CLAIMS-1 ·'))!;
    expect(post.text).toContain('2026-11-09 14:00 CET');

    const [kept, ...more] = await c.say('eli', claims, '@Coxswain it began with the last release', {
      thread: post.id,
    });
    expect(more).toEqual([]);
    expect(kept!.text).toContain('Added to CLAIMS-1 as a comment');
    expect(post.text).toMatch(/Eli Novak.*: it began with the last release/);
    // A new conversation in the channel is no thread of the issue.
    const [unknown] = await c.say('eli', claims, '@Coxswain it began with the last release');
    expect(unknown!.text).toContain('There is no command');

    await c.press('bo', c.shown(chat('bo')).at(-1)!, 'Acknowledge');
    expect(post.text).toContain('Acknowledged');
    const [shown] = await c.say('bo', chat('bo'), 'issue severity CLAIMS-1 3 because="Two claims a week"');
    expect(shown!.text).toContain('Severity 2 high became 3 moderate: Two claims a week');
    const dialog = await c.dialog('bo', shown!, 'Drop');
    const refused = await dialog.submit({ because: ' ' });
    expect(refused!.text).toContain('Please give the reason.');

    const solve = await c.dialog('bo', post, 'Solve');
    await solve.submit({
      cause: 'A new form.',
      fix: 'Taught it the form.',
      lesson: 'Ask before forms change.',
      rule: 'true',
      fits: 'ai',
    });
    expect(post.text).toContain('Solved');
    expect(post.text).toContain('Ask before forms change.');
    const [rules] = await c.say('eli', chat('eli'), 'rules claims');
    expect(rules!.text).toContain('**R1** Ask before forms change. · because: A new form. · for AI seats');
    await c.until(berlin('11-16 10:00'));
    expect(post.text).toContain('Closed by itself');
    expect(post.buttons).toEqual(['Reopen', 'Details']);
  });
});
