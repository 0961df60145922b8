import { describe, expect, test } from 'vitest';
import { startCoxswain } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import { channel, chat, startOnTeams } from '../support/teams-coxswain.ts';
import { foundClaims, type } from './crew.ts';

const MEANWHILE = 'was changed by somebody else in the meantime';

describe.each(ENGINES)('vendors on Slack, %s', (engine) => {
  test('who recorded one by form puts it right, until a seat depends on it', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'dana', 'vendor add');
    await c.slack.as('dana').modal().fill({ Name: 'Lakeside AI', Contact: 'Robin' }).submit();
    await type(c, 'dana', 'vendor edit lakeside-ai');
    const form = c.slack.as('dana').modal();
    expect(form.values).toMatchObject({ Name: 'Lakeside AI', Contact: 'Robin' });
    await form.fill({ Name: 'Lakeside' }).submit();
    const refused = (await type(c, 'eli', 'vendor edit lakeside-ai')).only;
    expect(refused.text).toMatch(/A governor \(.+\) or an owner of a seat that it stands behind may\./);

    await type(c, 'bo', 'seat edit claims vendors=lakeside-ai');
    // Dana owns the seat, Eli does not: who recorded it counts no more than anybody.
    await type(c, 'eli', 'vendor add hillside "Hillside"');
    await type(c, 'bo', 'seat edit claims vendors=lakeside-ai,hillside');
    const late = (await type(c, 'eli', 'vendor edit hillside')).only;
    expect(late.text).toContain('You recorded Hillside, but a seat depends on it now. A governor');
    await type(c, 'cem', 'vendor edit lakeside-ai');
    expect(c.slack.as('cem').modal().values['Name']).toBe('Lakeside');
  });

  test('two people edit one at once: one wins, the other is told and loses nothing', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'vendor add lakeside "Lakeside AI" sla="99 %"');
    await type(c, 'bo', 'seat edit claims vendors=lakeside');
    await type(c, 'bo', 'vendor edit lakeside');
    await type(c, 'cem', 'vendor edit lakeside');
    const [first, second] = [c.slack.as('bo').modal(), c.slack.as('cem').modal()];
    await first.fill({ Contact: 'Robin' }).submit();
    second.fill({ 'How to switch': 'Two weeks', 'Cost at scale': '1,000 a month' });
    await second.submit();
    expect(second.text).toContain(MEANWHILE);
    expect(second.values).toMatchObject({
      'How to switch': 'Two weeks',
      'Cost at scale': '1,000 a month',
      Contact: 'Robin',
    });
    await second.submit();
    const shown = (await type(c, 'ana', 'vendor show lakeside')).only;
    for (const text of ['Two weeks', '1,000 a month', '99 %', 'Robin']) expect(shown.text).toContain(text);
  });

  test('where both changed the same, the slower one reads what the other wrote', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'vendor add lakeside "Lakeside AI" sla="99 %"');
    await type(c, 'bo', 'seat edit claims vendors=lakeside');
    await type(c, 'bo', 'vendor edit lakeside');
    const form = c.slack.as('bo').modal().fill({ 'Service level': '98 %', Contact: 'Kim' });
    await type(c, 'cem', 'vendor edit lakeside sla="97 %" residency="Ohio"');
    await form.submit();
    expect(form.text).toContain(MEANWHILE);
    expect(form.text).toContain(
      'Service level: Meanwhile somebody set it to “97 %”; what you typed is kept.',
    );
    expect(form.text).toContain('Shown as it is now: Data residency.');
    expect(form.values).toMatchObject({ 'Service level': '98 %', Contact: 'Kim' });
    expect(Object.values(form.values)).toContain('Ohio');
    // Overtaken a second time: what was shown anew is not mistaken for something that was typed.
    await type(c, 'cem', 'vendor edit lakeside residency="Utah"');
    await form.submit();
    expect(form.text).not.toContain('97 %');
    expect(Object.values(form.values)).toContain('Utah');
    await form.submit();
    const shown = (await type(c, 'ana', 'vendor show lakeside')).only;
    for (const text of ['98 %', 'Kim', 'Utah']) expect(shown.text).toContain(text);
  });
});

describe.each(ENGINES)('vendors on Teams, %s', (engine) => {
  test('are added and edited by form; of two who edit at once the slower one is told and loses nothing', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    await c.say('ana', channel('claims-ai'), '@Coxswain seat add claims "Claims triage" "Sorts claims"');
    const [empty] = await c.say('cem', chat('cem'), 'vendor add');
    const refused = await c.press('cem', empty!, 'Add', {
      name: 'Lakeside AI',
      key: 'not a key',
      sla: '99 %',
    });
    expect(refused.text).toContain('“not a key” cannot be the key of a vendor');
    expect(refused.text).toContain('99 %');
    const added = await c.press('cem', empty!, 'Add', { name: 'Lakeside AI', key: 'lakeside', sla: '99 %' });
    expect(added.text).toContain('Lakeside AI');

    const [mine] = await c.say('cem', chat('cem'), 'vendor edit lakeside');
    expect(mine!.text).toContain('99 %');
    const [anas] = await c.say('ana', chat('ana'), 'vendor edit lakeside');
    const typed = { name: 'Lakeside AI', sla: '99 %' };
    await c.press('ana', anas!, 'Save', { ...typed, contact: 'Robin' });
    const late = await c.press('cem', mine!, 'Save', { ...typed, switching: 'Two weeks' });
    expect(late.text).toContain(MEANWHILE);
    expect(late.text).toContain('Two weeks');
    expect(late.text).toContain('Shown as it is now: Contact.');
    expect(late.text).toContain('Robin');
    const [none] = await c.say('eli', chat('eli'), 'vendor edit lakeside');
    expect(none!.text).toContain('an owner of a seat that it stands behind may');
  });
});
