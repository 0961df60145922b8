import { describe, expect, test } from 'vitest';
import { printRubric } from '../../src/rubrics/read.ts';
import { ENGINES } from '../support/databases.ts';
import { berlin } from '../support/coxswain.ts';
import { changedRubric } from '../support/readiness.ts';
import { type TeamsCoxswain, channel, chat, startOnTeams } from '../support/teams-coxswain.ts';

const claims = channel('claims-ai');
const governance = channel('ai-governance');

/** Bo answers for the outcome of claims, Cem is governor; Dana and Eli may score. */
async function company(c: TeamsCoxswain): Promise<void> {
  const say = (line: string) => c.say('ana', claims, `@Coxswain ${line}`);
  await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
  await c.say('ana', governance, '@Coxswain admin governance');
  await say('admin grant @Eli Novak reviewer');
  await say('admin grant @Dana Reyes reviewer');
  await say('admin grant @Cem Aydin governor');
  await say(
    'seat add claims "Claims triage" "Sorts claims within one hour" stage=pilot accountable="@Ana Lindt"',
  );
  await say('seat own claims business @Bo Okafor');
  await c.press('bo', c.shown(chat('bo')).at(-1)!, 'Accept');
}

/** All four pages of the full form, each with one mark but for some fields. */
async function scoreInFull(
  c: TeamsCoxswain,
  who: string,
  but: Readonly<Record<string, string>> = {},
): Promise<string> {
  const [form] = await c.say(who, chat(who), 'score claims');
  let shown = '';
  for (const step of [0, 1, 2, 3]) {
    const marks = Object.fromEntries(
      [0, 1, 2, 3, 4].map((at) => [`mark_${at}_${step}`, step === 0 ? 'yellow' : 'green']),
    );
    const own = Object.entries(but).filter(([name]) => name.endsWith(`_${step}`));
    const typed = { ...marks, [`then_${step}`]: step === 3 ? 'score' : 'next', ...Object.fromEntries(own) };
    shown = (await c.press(who, form!, step === 3 ? 'Score' : 'Next', typed)).text;
  }
  return shown;
}

const agreement = (text: string) => Number(/(-?\d\.\d\d)\*{0,2}\s+of 1/.exec(text)?.[1]);

describe.each(ENGINES)('several reviewers on Teams, %s', (engine) => {
  test('they disagree, the comparison says about what, and agreement rises when one scores again', async () => {
    const c = await startOnTeams(engine);
    await company(c);
    await scoreInFull(c, 'ana');
    await scoreInFull(c, 'eli', { mark_2_1: 'yellow', note_2_1: 'Not on Fridays.' });
    await scoreInFull(c, 'dana', { mark_0_3: 'red', note_0_3: 'Two of them are vacant.' });
    const compared = async () => (await c.say('bo', chat('bo'), 'score compare claims'))[0]!.text;
    const before = await compared();
    expect(before).toMatch(
      /Four owners, named and accepted[^]*Dana Reyes red \(“Two of them are vacant\.”\)/,
    );
    expect(before).toContain('Eli Novak yellow (“Not on Fridays.”)');

    await c.until(berlin('11-10 10:00'));
    await scoreInFull(c, 'dana', { note_0_3: 'They accepted.' });
    const after = await compared();
    expect(agreement(after)).toBeGreaterThan(agreement(before));
    expect(after).not.toContain('Dana Reyes red');
    const [seat] = await c.say('bo', chat('bo'), 'seat show claims');
    expect(seat!.text).toMatch(/Y G G G\*\* · 87 %.*median of 3 reviewers · 2026-11-10/);
  });

  test('a score is asked for by mentions, reminded, and settles its issue when it comes late', async () => {
    const c = await startOnTeams(engine);
    await company(c);
    await c.say('ana', claims, '@Coxswain score request claims @Eli Novak @Dana Reyes due=fri');
    const asks = (who: string) => c.shown(chat(who)).filter((m) => /score:? claims/i.test(m.text));
    expect(asks('eli')).toHaveLength(1);
    const quick = await c.dialog('dana', asks('dana')[0]!, 'Quick score');
    await quick.submit({ mark_0: 'green', mark_1: 'green', mark_2: 'green', mark_3: 'green' });
    expect(c.shown(chat('dana')).some((m) => m.text.includes('You scored Claims triage'))).toBe(true);
    await c.until(berlin('11-13 18:00'));
    expect(c.shown(chat('eli')).some((m) => m.text.includes('Still to score: Claims triage'))).toBe(true);
    const issue = async () => (await c.say('ana', chat('ana'), 'issue show CLAIMS-1'))[0]!.text;
    expect(await issue()).toContain('The readiness score of Eli Novak is overdue');
    await c.say('eli', chat('eli'), 'score claims data=green governance=green integration=red change=green');
    expect(await issue()).toContain('Solved');
    expect(asks('eli')).toEqual([]);
  });

  test('a version of the rubric is pasted, approved by two, and told apart in the history', async () => {
    const c = await startOnTeams(engine);
    await company(c);
    const line = 'score claims data=green governance=green integration=green change=green';
    await c.say('eli', chat('eli'), line);
    const [form] = await c.say('ana', chat('ana'), 'rubric propose');
    const yaml = printRubric(changedRubric());
    const broken = await c.press('ana', form!, 'Propose', {
      yaml: yaml.replace('scores: seat', 'scores: chair'),
      reason: 'Auditors asked.',
    });
    expect(broken.text).toMatch(/Line 3, column 9: expected one of: seat/);
    expect(broken.text).toContain('Auditors asked.');
    expect((await c.say('bo', chat('bo'), 'rubric show'))[0]!.text).toContain('version 1');
    await c.press('ana', form!, 'Propose', { yaml, reason: 'Auditors asked.' });

    const copies = () =>
      [...c.shown(chat('bo')), ...c.shown(governance)].filter((m) => m.text.includes('version 2 is'));
    expect(copies()).toHaveLength(2);
    const own = await c.press('ana', copies()[1]!, 'Approve');
    expect(own.text + c.shown(governance, 'ana').at(-1)!.text).toContain('You proposed this version');
    await c.press('bo', copies()[0]!, 'Approve');
    await c.press('cem', copies()[1]!, 'Approve');
    for (const copy of copies()) {
      expect(copy.text).toContain('version 2 is adopted');
      expect(copy.buttons).not.toContain('Approve');
    }
    await c.until(berlin('11-10 10:00'));
    await c.say('eli', chat('eli'), line);
    const [history] = await c.say('bo', chat('bo'), 'score history claims');
    expect(history!.text).toMatch(/version 2[^]*version 1/);
    expect(history!.text).toContain('18 criteria read the same and can be compared');
    expect(history!.text).toContain('Gone: Lineage');
  });
});
