import { describe, expect, test } from 'vitest';
import { printRubric } from '../../src/rubrics/read.ts';
import { ENGINES } from '../support/databases.ts';
import { type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { changedRubric } from '../support/readiness.ts';
import { type Who, foundClaims, onScreen, posts, press, titles, type } from './crew.ts';

const PAGES = ['Data readiness', 'Governance scaffolding', 'Integration architecture', 'Change ownership'];
const CRITERIA = 5;

type Filling = Readonly<Record<string, string>>;

/** Every mark of a page, but for some fields. */
const marks = (mark: string, but: Filling = {}): Filling => ({
  ...Object.fromEntries(Array.from({ length: CRITERIA }, (_, at) => [`mark_${at}`, mark])),
  ...but,
});

const screen = (c: TestCoxswain, who: Who) => c.slack.as(who).modal();

/** Fills the page in. Fields have names of their own on each page, which end with how many were sent before it. */
function fill(c: TestCoxswain, who: Who, filling: Filling) {
  const modal = screen(c, who);
  for (let sent = 0; sent < 10; sent += 1) {
    const fields = Object.entries(filling).map(([name, word]) => [
      /_\d$/.test(name) ? `field:${name}_${sent}` : name,
      word,
    ]);
    try {
      return modal.fill(Object.fromEntries(fields));
    } catch (error) {
      if (!String(error).includes('asks for nothing called')) throw error;
    }
  }
  throw new Error(`None of these can be filled in: ${Object.keys(filling).join(', ')}`);
}

/** Goes through the full form, page by page. */
async function scoreInFull(c: TestCoxswain, who: Who, pages: readonly Filling[]): Promise<void> {
  await type(c, who, 'score claims');
  for (const [at, page] of pages.entries()) {
    expect(screen(c, who).text).toContain(PAGES[at]);
    await fill(c, who, page).submit();
  }
}

/** Nobody doubts that the data is half ready. */
const agreed = [marks('yellow'), marks('green'), marks('green'), marks('green')];
const replaced = (at: number, page: Filling) => agreed.map((one, i) => (i === at ? page : one));

/** Ana, Eli and Dana may score. */
async function threeReviewers(c: TestCoxswain): Promise<void> {
  await foundClaims(c);
  await type(c, 'ana', 'admin grant @dana reviewer');
}

describe.each(ENGINES)('readiness on Slack, %s', (engine) => {
  test('three reviewers disagree, are told about what, and agree more after one scores again', async () => {
    const c = await startCoxswain(engine);
    await threeReviewers(c);
    await scoreInFull(c, 'ana', agreed);
    await c.until(berlin('11-09 11:00'));
    await scoreInFull(c, 'eli', replaced(1, marks('green', { mark_2: 'yellow', note_2: 'Not on Fridays.' })));
    await c.until(berlin('11-09 12:00'));
    const doubts = { mark_0: 'red', note_0: 'The drill was never held.', evidence_0: 'https://chat/p7' };
    await scoreInFull(c, 'dana', replaced(3, marks('yellow', doubts)));
    expect(onScreen(c, 'dana')).toContain('Readiness of Claims triage');

    const shown = (await type(c, 'bo', 'score show claims')).text;
    expect(shown).toContain('By Dana Reyes, Eli Novak, Ana Lindt');
    expect(shown).toMatch(/Agreement -?\d\.\d\d of 1/);
    expect(shown).toContain('Four owners, named and accepted: from green to red');
    const comparison = async () => (await type(c, 'bo', 'score compare claims')).text;
    const before = await comparison();
    expect(before).toContain('To talk about, the widest apart first');
    // Dana saw what Eli had written; it did not become her own.
    expect(before).toContain('Dana Reyes green; Eli Novak yellow (“Not on Fridays.”)');
    expect(before).toContain('Dana Reyes red (“The drill was never held.”)');
    const agreement = (text: string) => Number(/Agreement (-?\d\.\d\d)/.exec(text)?.[1]);

    // They talk; Dana scores again. What she said last time is filled in, so a page is one click.
    await c.until(berlin('11-10 10:00'));
    await type(c, 'dana', 'score claims');
    for (const at of [0, 1, 2]) {
      expect(screen(c, 'dana').text).toContain(PAGES[at]);
      expect(Object.values(screen(c, 'dana').values)).toContain(at === 0 ? 'same-yellow' : 'same-green');
      await screen(c, 'dana').submit();
    }
    expect(screen(c, 'dana').values['Mark 1']).toBe('same-red');
    await fill(c, 'dana', marks('green', { mark_1: 'yellow' })).submit();
    const after = await comparison();
    expect(agreement(after)).toBeGreaterThan(agreement(before));
    expect(after).not.toMatch(/\| red/);
    expect((await type(c, 'bo', 'seat show claims')).text).toMatch(
      /Readiness\n.*Y G G G.* · 87 %, .* · full, median of 3 reviewers · 2026-11-10 · Dana Reyes, Eli Novak, Ana Lindt/,
    );
    expect((await type(c, 'bo', 'score history claims')).text.match(/ · full · /g)).toHaveLength(4);
  });

  test('a form that was left half-way goes on where it was, and only for its reviewer', async () => {
    const c = await startCoxswain(engine);
    await threeReviewers(c);
    await type(c, 'eli', 'score claims');
    const first = await screen(c, 'eli').submit();
    expect(Object.keys(first.errors)).toHaveLength(CRITERIA);
    const silent = await fill(c, 'eli', marks('green', { mark_3: 'none', evidence_1: 'the wiki' })).submit();
    expect(Object.values(silent.errors).join('\n')).toMatch(/https:\/\/[^]*does not apply/);
    await fill(c, 'eli', { note_3: 'There is no data of people.', evidence_1: '' }).submit();
    const typed = marks('yellow', { note_2: 'Ask legal.' });
    const kept = await fill(c, 'eli', { ...typed, Then: 'Keep it and go on later' }).submit();
    expect(kept.errors).toEqual({});
    expect(onScreen(c, 'eli')).toContain('Only you see it');
    expect((await type(c, 'bo', 'score show claims')).text).toContain('never been scored');

    await c.until(berlin('11-11 10:00'));
    await type(c, 'dana', 'score claims');
    expect(screen(c, 'dana').title).toContain('page 1');
    await type(c, 'eli', 'score claims');
    expect(screen(c, 'eli').title).toContain('page 3 of 4');
    expect(screen(c, 'eli').text).toContain('You go on with what you had filled in');
    await fill(c, 'eli', { ...marks('green'), Then: 'Back one page' }).submit();
    expect(screen(c, 'eli').text).toContain(PAGES[1]);
    expect(screen(c, 'eli').values).toMatchObject({ 'Mark 3': 'yellow' });
    for (const page of [{}, {}, marks('green')]) await fill(c, 'eli', page).submit();
    expect((await type(c, 'bo', 'score show claims')).text).toMatch(/86 %.*G Y G G/);
    // It has served: the next form begins with the score.
    await type(c, 'eli', 'score claims');
    expect(screen(c, 'eli').title).toContain('page 1');
    expect(screen(c, 'eli').text).toContain('Last time it did not apply, by Eli Novak');
  });

  test('a score is asked for, reminded once, overdue, and settled by the score', async () => {
    const c = await startCoxswain(engine);
    await threeReviewers(c);
    const refused = (await type(c, 'ana', 'score request claims @cem due=fri')).text;
    expect(refused).toContain('Cem Aydin cannot score');
    expect((await type(c, 'ana', 'score request claims @eli due=yesterday')).text).toContain('due=fri');
    const asked = (await type(c, 'bo', 'score request claims @eli @dana due=fri note="Before the board."'))
      .text;
    expect(asked).toContain('Eli Novak, Dana Reyes will score claims by');
    const again = (await type(c, 'bo', 'score request claims @eli')).text;
    expect(again).toContain('have been asked to score claims already');

    const about = (who: Who) => posts(c, who).filter((m) => /score/i.test(m.text.split('\n')[0]!));
    expect(about('eli').map((m) => m.text)).toEqual([expect.stringContaining('Before the board.')]);
    await press(c, 'dana', about('dana')[0]!, 'Quick score');
    await fill(c, 'dana', Object.fromEntries(PAGES.map((name) => [name, 'green']))).submit();
    expect(about('dana')[0]!.text).toContain('You scored Claims triage');
    await c.until(berlin('11-12 18:00'));
    expect(about('eli').map((m) => m.text.split('\n')[0])).toEqual([
      'Please score Claims triage',
      'Still to score: Claims triage',
    ]);
    expect(about('dana')).toHaveLength(1);
    expect((await type(c, 'eli', 'me')).text).toContain('Claims triage');

    await c.until(berlin('11-13 18:00'));
    const overdue = (await type(c, 'bo', 'issue list')).text;
    expect(overdue).toContain('The readiness score of Eli Novak is overdue');
    expect((await type(c, 'bo', 'score show claims')).text).toMatch(/Eli Novak, by 2026-11-13 · overdue/);
    await type(c, 'eli', 'score claims data=green governance=green integration=yellow change=green');
    expect((await type(c, 'bo', 'issue show CLAIMS-1')).text).toMatch(/Solved/);
    expect((await type(c, 'bo', 'score show claims')).text).not.toContain('Asked for');
    for (const message of about('eli')) expect(message.text).not.toContain('Score all criteria');
  });

  test('a new version of the rubric is adopted between two scores, and the history says what compares', async () => {
    const c = await startCoxswain(engine);
    await threeReviewers(c);
    await type(c, 'ana', 'seat own claims business @bo');
    await press(
      c,
      'bo',
      posts(c, 'bo').find((m) => m.buttons.includes('Accept'))!,
      'Accept',
    );
    await type(c, 'ana', 'admin grant @cem governor');
    const line = 'score claims data=green governance=green integration=green change=green';
    await type(c, 'eli', line);
    await scoreInFull(c, 'eli', agreed);
    // Half of it was filled in when the rubric changed.
    await type(c, 'dana', 'score claims');
    await fill(c, 'dana', marks('green', { mark_4: 'red', note_4: 'Nobody knows how long.' })).submit();

    const propose = async (content: string) => {
      const form = (await type(c, 'ana', 'rubric propose')).modal;
      return form
        .fill({ 'The rubric as YAML': { name: 'rubric.yaml', content }, 'Why?': 'Auditors asked.' })
        .submit();
    };
    const broken = printRubric(changedRubric()).replace('scores: seat', 'scores: chair');
    const refused = await propose(broken);
    expect(refused.closed).toBe(false);
    expect(screen(c, 'ana').text + JSON.stringify(screen(c, 'ana').errors)).toMatch(
      /Line 3, column 9: expected one of: seat/,
    );
    expect((await type(c, 'bo', 'rubric show')).text).toContain('version 1');
    await propose(printRubric(changedRubric()));
    expect(onScreen(c, 'ana')).toContain('version 2 is proposed');

    const proposal = (who: Who | '#ai-governance') =>
      posts(c, who).filter((m) => m.text.includes('version 2 is'));
    expect(proposal('ana')).toEqual([]);
    const [toBo] = proposal('bo');
    expect(toBo!.text).toContain('Gone');
    const own = await press(c, 'ana', proposal('#ai-governance')[0]!, 'Approve');
    expect(own.text).toContain('You proposed this version');
    await press(c, 'bo', toBo!, 'Approve');
    expect(toBo!.text).toContain('approved as business owner');
    await press(c, 'cem', proposal('#ai-governance')[0]!, 'Approve');
    for (const copy of [toBo!, ...proposal('#ai-governance')]) {
      expect(copy.text).toContain('version 2 is adopted');
      expect(copy.buttons).not.toContain('Approve');
    }
    expect((await type(c, 'bo', 'rubric show')).text).toContain('version 2');

    // The page that was open speaks of the old version: nothing of it is lost, and nothing is put in a wrong place.
    const late = await fill(c, 'dana', marks('yellow', { note_4: 'Nobody decides.' })).submit();
    expect(late.errors).toEqual({});
    expect(screen(c, 'dana').title).toContain('page 1');
    expect(screen(c, 'dana').text).toContain('The rubric has changed to version 2');
    expect(screen(c, 'dana').text).toContain('Nobody knows how long.');
    await screen(c, 'dana').submit();
    expect(Object.values(screen(c, 'dana').values)).toContain('Nobody decides.');

    await c.until(berlin('11-10 10:00'));
    await type(c, 'eli', line);
    const history = (await type(c, 'bo', 'score history claims')).text;
    expect(history).toMatch(/version 2[^]*version 1/);
    expect(history).toContain('18 criteria read the same and can be compared');
    expect(history).toContain('Worded otherwise, to be compared with care: One documented source of truth');
    expect(history).toMatch(/Gone: Lineage/);

    // Yellow of other words is no yellow of these: it is shown, and to be marked anew.
    await type(c, 'eli', 'score claims');
    expect(screen(c, 'eli').text).toContain('by Eli Novak, 2026-11-09, when it was worded otherwise');
    expect(screen(c, 'eli').values).toMatchObject({ 'Mark 1': 'open', 'Mark 2': 'same-yellow' });
    expect(Object.keys((await screen(c, 'eli').submit()).errors)).toEqual(['Mark 1']);
  });

  test('half a line opens the quick form with what was typed', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const form = (await type(c, 'eli', 'score claims data=G governance=yellow "no rollback yet"')).modal;
    expect(form.values).toMatchObject({
      'Data readiness': 'green',
      'Governance scaffolding': 'yellow',
      Note: 'no rollback yet',
    });
    await form.fill({ 'Integration architecture': 'red', 'Change ownership': 'green' }).submit();
    const shown = await type(c, 'eli', 'score show claims');
    expect(shown.text).toContain('G Y R G');
    expect(shown.text).toContain('no rollback yet');
  });

  test('what cannot be scored is said in a sentence', async () => {
    const c = await startCoxswain(engine);
    await threeReviewers(c);
    const says = async (who: Who, line: string) => (await type(c, who, line)).text;
    expect(await says('eli', 'score clams')).toContain('Did you mean “claims”?');
    const blue = 'score claims data=blue governance=green integration=green change=green "with care"';
    expect(await says('eli', blue)).toContain('“blue” is not a colour for Data readiness');
    expect(await says('eli', blue)).toContain('change=green "with care"');
    expect(await says('eli', 'score claims data=blue')).toContain(
      '“blue” is not a colour for Data readiness',
    );
    expect(await says('eli', 'score claims colour=green')).toContain(
      '“colour” is no dimension of the rubric',
    );
    expect(await says('bo', 'score claims')).toMatch(/reviewer/i);
    await type(c, 'ana', 'seat move claims retired because="Replaced."');
    expect(await says('eli', 'score claims')).toContain('retired and is not scored any more');
    expect(await says('ana', 'score request claims @eli')).toContain('retired and is not scored any more');
    expect(titles(c, 'eli').filter((title) => /score/i.test(title))).toEqual([]);
  });

  test('the digest says who rose, what is asked for, and what was never scored', async () => {
    const c = await startCoxswain(engine, { at: berlin('11-06 10:00') });
    await threeReviewers(c);
    await type(c, 'ana', 'seat add fraud "Fraud screening" "Flags frauds" stage=pilot');
    await type(c, 'ana', 'digest here mon 09:00');
    await type(c, 'eli', 'score claims data=red governance=yellow integration=green change=green');
    await c.until(berlin('11-16 08:00'));
    await type(c, 'eli', 'score claims data=green governance=green integration=green change=green');
    await type(c, 'ana', 'score request claims @dana due=today');
    await c.until(berlin('11-23 09:00'));
    const [, first, second] = posts(c, '#claims-ai').filter((m) => m.text.startsWith('Weekly scorecard'));
    expect(first!.text).toContain('Claims triage rose from 62 % to 100 %');
    expect(first!.text).toContain('Never scored: fraud');
    expect(first!.text).toContain('Claims triage: Dana Reyes, by 2026-11-16');
    expect(second!.text).toContain('Claims triage: Dana Reyes, by 2026-11-16 · overdue');
    expect(second!.text).not.toContain('rose from');
    const page = (await type(c, 'ana', 'digest executive preview')).text;
    expect(page).toMatch(/Readiness.*median 100 %.*1 never scored/s);
  });
});
