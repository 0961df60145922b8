import { describe, expect, test } from 'vitest';
import { builtinRubric, SEAT_RUBRIC } from '../../src/rubrics/builtin.ts';
import { readRubric } from '../../src/rubrics/read.ts';
import { ENGINES } from '../support/databases.ts';
import { type TeamsCoxswain, channel, chat, startOnTeams } from '../support/teams-coxswain.ts';

const claims = channel('claims-ai');

/** Eli may score the seat `claims`. */
async function seatToScore(c: TeamsCoxswain): Promise<void> {
  await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
  await c.say('ana', claims, '@Coxswain admin grant @Eli Novak reviewer');
  await c.say(
    'ana',
    claims,
    '@Coxswain seat add claims "Claims triage" "Sorts claims within one hour" stage=pilot accountable="@Bo Okafor"',
  );
}

/** What a page of five criteria is filled in with; `step` counts the pages that were sent before. */
const page = (step: number, mark: string, more: Record<string, string> = {}) => ({
  ...Object.fromEntries([0, 1, 2, 3, 4].map((at) => [`mark_${at}_${step}`, mark])),
  [`then_${step}`]: 'next',
  ...more,
});

describe.each(ENGINES)('readiness on Teams, %s', (engine) => {
  test('the full form is one card with pages; sentences stand in it, and one can go back', async () => {
    const c = await startOnTeams(engine);
    await seatToScore(c);
    const [form] = await c.say('eli', claims, '@Coxswain score claims');
    expect(form!.text).toContain('Score: page 1 of 4');
    expect(c.shown(claims, 'bo').map((m) => m.id)).not.toContain(form!.id);

    const refused = await c.press('eli', form!, 'Next', {
      ...page(0, 'green'),
      mark_2_0: 'none',
      note_1_0: 'Since spring.',
    });
    expect(refused.text).toContain('Say in the note why “Tested on production-shaped data” does not apply.');
    expect(refused.text).toContain('Since spring.');
    await c.press('eli', form!, 'Next', page(0, 'green', { note_1_0: 'Since spring.' }));
    expect(form!.text).toContain('page 2 of 4');

    await c.press('eli', form!, 'Next', { mark_0_1: 'red', then_1: 'back' });
    expect(form!.text).toContain('page 1 of 4');
    expect(form!.text).toContain('Since spring.');
    for (const step of [2, 3, 4]) {
      await c.press('eli', form!, 'Next', page(step, 'green'));
      expect(form!.text).toContain(`page ${step} of 4`);
    }
    const scored = await c.press('eli', form!, 'Score', page(5, 'yellow', { then_5: 'score' }));
    expect(scored.text).toMatch(/87 %.*G G G Y/);
  });

  test('as a dialog it goes on where it was left', async () => {
    const c = await startOnTeams(engine);
    await seatToScore(c);
    const [standing] = await c.say('eli', claims, '@Coxswain score show claims');
    const opened = await c.dialog('eli', standing!, 'Score all criteria');
    const second = await opened.submit(page(0, 'green'));
    expect(second!.title).toBe('Score: page 2 of 4');
    const kept = await second!.submit({ mark_1_1: 'red', note_1_1: 'Nobody looks.', then_1: 'stop' });
    expect(kept!.text).toContain('score claims');

    const resumed = await c.dialog('eli', standing!, 'Score all criteria');
    expect(resumed.title).toBe('Score: page 2 of 4');
    expect(resumed.text).toContain('Nobody looks.');
    const third = await resumed.submit(page(0, 'yellow', { mark_1_0: 'red' }));
    const fourth = await third!.submit(page(1, 'green'));
    const done = await fourth!.submit(page(2, 'green', { then_2: 'score' }));
    expect(done!.text).toMatch(/85 %.*G R G G/);
  });

  test('the rubric is a file behind a signed link', async () => {
    const c = await startOnTeams(engine);
    await seatToScore(c);
    const [shown] = await c.say('eli', claims, '@Coxswain rubric export');
    const [title] = shown!.buttons;
    expect(title).toBe('Download production-readiness-1.yaml');
    const address = /"url":"([^"]+\/f\/[^"]+)"/.exec(
      JSON.stringify(c.teams.connector.workspace.message(claims, shown!.id)?.card),
    )![1]!;
    const answer = await fetch(address);
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="production-readiness-1.yaml"',
    );
    expect(readRubric(await answer.text())).toEqual(builtinRubric(SEAT_RUBRIC));
    const forged = address.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await fetch(forged)).status).toBe(404);
    expect((await fetch(address, { method: 'POST' })).status).toBe(404);
  });
});
