import { describe, expect, test } from 'vitest';
import { startCoxswain } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import { channel, chat, startOnTeams } from '../support/teams-coxswain.ts';
import { foundClaims, press, type } from './crew.ts';

const MEANWHILE = /meantime|meanwhile/i;

describe.each(ENGINES)('what was typed about a seat or vendor is not lost, on Slack, %s', (engine) => {
  test('when somebody else was faster, the form comes back with it and can be sent', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'seat edit claims');
    const seat = c.slack.as('bo').modal().fill({ Name: 'Claims desk' });
    await type(c, 'ana', 'seat edit claims risk=high');
    await seat.submit();
    expect(seat.text).toMatch(MEANWHILE);
    expect(seat.values['Name']).toBe('Claims desk');
    await seat.submit();
    await c.settle();
    await type(c, 'bo', 'seat list desk');
    expect(c.slack.as('bo').in('#claims-ai').last().text).toContain('Claims desk');

    await type(c, 'bo', 'seat record claims');
    await press(c, 'bo', c.slack.as('bo').in('#claims-ai').last(), 'Edit the record');
    const record = c.slack.as('bo').modal().fill({ 'Use case': 'Sorts what comes in', Users: 'Twelve' });
    await type(c, 'ana', 'seat edit claims source="The board"');
    await record.submit();
    expect(record.text).toMatch(MEANWHILE);
    expect(record.values['Use case']).toBe('Sorts what comes in');
    await record.submit();
    expect(c.slack.as('bo').modal().title).toContain('page 2 of 2');
  });

  test('when a vendor is refused', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'vendor add');
    const added = c.slack.as('bo').modal().fill({ Name: 'Lakeside AI', Key: 'not a key' });
    const refused = await added.submit();
    expect(refused.errors).toHaveProperty('Key');
    expect(added.values['Name']).toBe('Lakeside AI');
    await added.fill({ Key: 'lakeside' }).submit();
    await c.settle();
    await type(c, 'bo', 'vendor list');
    expect(c.slack.as('bo').in('#claims-ai').last().text).toContain('Lakeside AI');
  });
});

describe.each(ENGINES)('what was typed about a seat is not lost, on Teams, %s', (engine) => {
  test('when it is refused, and when somebody else was faster', async () => {
    const c = await startOnTeams(engine);
    const mine = chat('ana');
    await c.say('ana', mine, `admin claim ${c.adminCode}`);
    await c.say('ana', mine, 'seat add claims "Claims triage" "Sorts claims within one hour"');
    const [form] = await c.say('ana', mine, 'seat edit claims');
    const typed = {
      name: 'Claims desk',
      accountability: 'Sorts them',
      holder: 'ai',
      risk: 'low',
      level: '1',
    };
    await c.say('ana', mine, 'seat edit claims source="The board"');
    const late = await c.press('ana', form!, 'Save', typed);
    expect(late.text).toMatch(MEANWHILE);
    expect(late.text).toContain('Claims desk');
    expect(late.text).toContain('Sorts them');
  });
});

describe.each(ENGINES)('a seat that is not for everyone, on Teams, %s', (engine) => {
  test('is shown to its people and governors only, and found by nobody else', async () => {
    const c = await startOnTeams(engine);
    const claims = channel('claims-ai');
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    await c.say('ana', claims, '@Coxswain seat add claims "Claims triage" "Sorts claims within one hour"');
    await c.say('ana', chat('ana'), 'seat add mail "Mail sorting" "Sorts the mail"');
    await c.say('eli', chat('eli'), 'help');
    const [form] = await c.say('ana', chat('ana'), 'seat visibility');
    const hidden = await c.press('ana', form!, 'Save', {
      seat: 'claims',
      visibility: 'people',
      because: 'It is confidential.',
    });
    expect(hidden.text).toContain('Its people, governors and admins see it.');
    for (const line of ['seat list', 'chart', 'scorecard all', 'seat show claims']) {
      const [answer] = await c.say('eli', chat('eli'), line);
      expect(answer!.text, line).not.toContain('Claims triage');
    }
    const move = await c.start('eli', claims, 'move_seat');
    expect(move.text).toContain('mail');
    expect(move.text).not.toContain('Claims triage');
    const [list] = await c.say('ana', chat('ana'), 'seat list');
    expect(list!.text).toContain('Claims triage');
  });
});
