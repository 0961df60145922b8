import { describe, expect, test } from 'vitest';
import { STARTERS } from '../../src/platforms/teams/starters.ts';
import { berlin } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import { channel, chat, meeting, startOnTeams } from '../support/teams-coxswain.ts';

const claims = channel('claims-ai');

describe.each(ENGINES)('beside what is being written in Teams, %s', (engine) => {
  test('every action opens', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    await c.say('ana', claims, '@Coxswain seat add claims "Claims triage" "Sorts claims within one hour"');
    for (const { id } of STARTERS) {
      const opened = await c.start('ana', claims, id);
      expect(opened.title, id).not.toBe('');
      expect(opened.text, id).not.toMatch(/went wrong|older version/);
    }
  });

  test('a seat is added, gets a number, is scored and moved, without a command', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    const before = c.shown(claims).length;

    const form = await c.start('ana', claims, 'add_seat');
    const typed = { name: 'Claims triage', key: '', accountability: 'Sorts claims within one hour' };
    const choices = { holder: 'ai', stage: 'pilot', risk: 'low' };
    const refused = await form.submit({ ...typed, ...choices, key: 'not a key' });
    expect(refused!.title).toBe('Add a seat');
    expect(refused!.text).toContain('Sorts claims within one hour');
    const seat = await refused!.submit({ ...typed, ...choices, key: 'claims' });
    expect(seat!.text).toContain('Claims triage');

    const owner = await seat!.press('Name an owner');
    expect(owner!.title).toBe('Name an owner');
    expect((await seat!.press('Scorecard'))!.text).toContain('metric add claims');
    const number = await c.start('ana', claims, 'add_number');
    const added = await number.submit({ seat: 'claims', usual: 'acceptance', target: '90' });
    expect(added!.text).toContain('Acceptance');

    const start = await c.start('ana', claims, 'score_seat');
    const full = await start.submit({ seat: 'claims', form: 'score.full' });
    expect(full!.title).toMatch(/^Score: page 1 of /);
    const quick = await start.submit({ seat: 'claims', form: 'score.give' });
    expect(quick!.text).toContain('Data');

    const moved = await (
      await c.start('ana', claims, 'move_seat')
    ).submit({ seat: 'claims', stage: 'retired', because: 'The pilot is over.' });
    expect(moved!.text).toContain('claims is retired');
    // Where others read along, nothing of it was posted.
    expect(c.shown(claims)).toHaveLength(before);
  });

  test('the chat of a meeting takes commands and the digest, and is known by the title of the meeting', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    const form = await c.start('ana', meeting, 'add_seat');
    const added = await form.submit({
      name: 'Claims triage',
      key: 'claims',
      accountability: 'Sorts claims within one hour',
      holder: 'ai',
      stage: 'pilot',
      risk: 'low',
    });
    expect(added!.text).toContain('Claims weekly');
    const [planned] = await c.say('ana', meeting, '@Coxswain digest here mon 11:00 Europe/Berlin');
    expect(planned!.text).toContain('The digest is set');
    await c.until(berlin('11-09 11:01'));
    expect(c.shown(meeting).map((m) => m.text)).toContainEqual(
      expect.stringContaining('Never scored: claims'),
    );
    // What only who asked shall see is seen by nobody else there.
    const [mine] = await c.say('bo', meeting, '@Coxswain me');
    expect(mine).toBeDefined();
    expect(c.shown(meeting, 'cem').map((m) => m.id)).not.toContain(mine!.id);
  });
});
