import { describe, expect, test } from 'vitest';
import { startCoxswain } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import { channel, chat, startOnTeams } from '../support/teams-coxswain.ts';
import { foundClaims, onScreen, press, type } from './crew.ts';

const last = (c: Awaited<ReturnType<typeof startCoxswain>>, who: 'ana' | 'bo' | 'dana') =>
  c.slack.as(who).in('#claims-ai').last();

describe.each(ENGINES)('the inventory on Slack, %s', (engine) => {
  test('a record is filled in by a line and by its form, and what is missing is named', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'vendor add lakeside "Lakeside AI" sla="99.9 % a month"');
    expect(last(c, 'bo').text).toContain('Missing: data-processing terms');
    await type(c, 'bo', 'seat edit claims provider="Lakeside AI" data="Claims; Policies" vendors=lakeside');
    expect(last(c, 'bo').text).toContain('Changed: data sources, model provider, vendors.');
    expect(last(c, 'bo').text).toContain('Missing: use case, users, model class');

    await type(c, 'bo', 'seat record claims');
    await press(c, 'bo', last(c, 'bo'), 'Edit the record');
    expect(onScreen(c, 'bo')).toContain('Record: page 1 of 2');
    const first = c.slack.as('bo').modal();
    await first.fill({ 'Use case': 'Sorts claims', Users: 'Twelve clerks' }).submit();
    expect(onScreen(c, 'bo')).toContain('Record: page 2 of 2');
    await c.slack.as('bo').modal().fill({ 'Model class': 'Large language model' }).submit();
    await c.settle();
    await type(c, 'bo', 'seat show claims');
    const shown = last(c, 'bo').text;
    expect(shown).toContain('Large language model, Lakeside AI');
    expect(shown).toContain('Missing in its record: systems of record, sector posture, source.');

    await type(c, 'bo', 'seat history claims');
    expect(last(c, 'bo').text).toContain('Use case was not said');
  });

  test('the seat itself is edited in a form; a stranger is told who may', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'seat edit claims');
    await c.slack.as('bo').modal().fill({ Name: 'Claims desk', 'Risk tier': 'high' }).submit();
    await c.settle();
    await type(c, 'bo', 'seat list desk risk=high');
    expect(last(c, 'bo').text).toContain('Claims desk');
    // What was looked for is said in words: a mention is an id.
    await type(c, 'bo', 'seat list owner=@bo channel=here');
    expect(last(c, 'bo').text).toContain('1 seat for owner="@Bo Okafor" channel=#claims-ai');
    await type(c, 'eli', 'seat edit claims risk=low');
    expect(c.slack.as('eli').in('#claims-ai').last().text).toContain('You may not do this.');
  });

  test('pages turn in place, and a wrong filter is told which there are', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    for (let i = 10; i < 32; i += 1) {
      await type(c, 'bo', `seat add s${i} "Seat ${i}" "Does the work of ${i}"`);
    }
    await type(c, 'bo', 'seat list');
    expect(last(c, 'bo').text).toContain('page 1 of 2');
    await press(c, 'bo', last(c, 'bo'), 'Next page');
    await c.settle();
    expect(last(c, 'bo').text).toContain('page 2 of 2');
    expect(last(c, 'bo').text).toContain('s31');
    await type(c, 'bo', 'seat list stge=pilot');
    expect(last(c, 'bo').text).toContain('The filters are stage=, risk=');
    await type(c, 'bo', 'seat list nowhere');
    expect(last(c, 'bo').text).toContain('No seat fits');
  });

  test('the chart shows who reports to whom, as a picture and as text', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'chart');
    expect(last(c, 'bo').text).toContain('Claims triage');
    await type(c, 'bo', 'seat add desk "Claims desk" "Answers every claim" holder=human');
    await type(c, 'bo', 'seat edit claims parent=desk');
    await type(c, 'bo', 'chart');
    const chart = last(c, 'bo');
    expect(chart.text).toMatch(/Claims desk.*desk.*human, proposed; accountable/);
    expect(chart.text).toMatch(/↳ .*Claims triage/);
    const image = chart.raw.blocks.find((block) => block.type === 'image');
    expect(JSON.stringify(image)).toContain('Level 2: Claims triage (AI, pilot; accountable: Bo');
    await type(c, 'bo', 'chart claims');
    expect(last(c, 'bo').text).toContain('Reports to Claims desk');
  });

  test('seats come as a file', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'seat export stage=pilot');
    await c.settle();
    const [id] = c.slack
      .dm('bo')
      .messages()
      .flatMap((m) => m.raw.files ?? []);
    const file = c.slack.state.files.get(id!)!;
    expect(file.name).toBe('seats.csv');
    expect(file.bytes.toString()).toContain('claims,Claims triage');
  });
});

describe.each(ENGINES)('the inventory on Teams, %s', (engine) => {
  test('record, vendors, list and pages are the same there', async () => {
    const c = await startOnTeams(engine);
    const claims = channel('claims-ai');
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    await c.say('ana', claims, '@Coxswain seat add claims "Claims triage" "Sorts claims within one hour"');
    const [vendor] = await c.say('ana', chat('ana'), 'vendor add lakeside "Lakeside AI" cost="2 cents"');
    expect(vendor!.text).toContain('2 cents');
    const [record] = await c.say(
      'ana',
      chat('ana'),
      'seat edit claims users="Twelve clerks" vendors=lakeside',
    );
    expect(record!.text).toContain('Twelve clerks');
    const [form] = await c.say('ana', chat('ana'), 'seat edit claims');
    const saved = await c.press('ana', form!, 'Save', {
      name: 'Claims desk',
      accountability: 'Sorts claims within one hour',
      holder: 'ai',
      risk: 'high',
      level: '1',
    });
    expect(saved.text).toContain('Changed: name, risk.');
    for (let i = 10; i < 32; i += 1)
      await c.say('ana', chat('ana'), `seat add s${i} "Seat ${i}" "Does the work of ${i}"`);
    const [chart] = await c.say('ana', chat('ana'), 'chart');
    expect(chart!.text).toContain('Claims desk');
    const [list] = await c.say('ana', chat('ana'), 'seat list');
    expect(list!.text).toContain('page 1 of 2');
    // A mention is an id, in the heading as in the line for another page.
    const [mine] = await c.say('ana', claims, '@Coxswain seat list owner=@Ana Lindt');
    expect(mine!.text).toContain('seats for **owner="@Ana Lindt"**');
    expect(mine!.text).toContain('seat list owner="@Ana Lindt" page=2');
    const [second] = await c.say('ana', chat('ana'), 'seat list owner="@Ana Lindt" page=2');
    expect(second!.text).toContain('page 2 of 2');
    await c.press('ana', list!, 'Next page', {});
    expect(list!.text).toContain('page 2 of 2');
  });
});
