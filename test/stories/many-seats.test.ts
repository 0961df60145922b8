import { describe, expect, test } from 'vitest';
import { SOURCES } from '../../commands/sources.ts';
import { directoryId } from '../../sandbox/teams/workspace.ts';
import { perform } from '../../src/actions/perform.ts';
import { addVendor } from '../../src/actions/vendor/index.ts';
import { PEOPLE } from '../../sandbox/company.ts';
import { TENANT } from '../../sandbox/teams/index.ts';
import { anaOn, crowd, ctxOf } from '../support/crowd.ts';
import { ENGINES } from '../support/databases.ts';
import { type TestCoxswain, startCoxswain } from '../support/coxswain.ts';
import { type TeamsCoxswain, channel, chat, startOnTeams } from '../support/teams-coxswain.ts';
import { type Who, foundClaims, press, type } from './crew.ts';

const accountOf = (handle: string): string => PEOPLE.find((p) => p.handle === handle)!.id;

const crowdOnSlack = (c: TestCoxswain) => crowd(c.app, c.org, anaOn(c));
const crowdOnTeams = (c: TeamsCoxswain) =>
  crowd(c.coxswain.app, c.org, ['teams', TENANT, directoryId(accountOf('ana'))]);

describe.each(ENGINES)('a seat among a hundred and fifty, on Slack, %s', (engine) => {
  test('is found by typing, and one that is hidden is offered to its people only', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await crowdOnSlack(c);
    const asks = async (who: Who) => {
      await type(c, who, 'issue new');
      return c.slack.as(who).modal();
    };
    const bo = await asks('bo');
    const first = await bo.search('Seat', '');
    expect(first).toHaveLength(50);
    expect(first[0]).toBe('claims · Claims triage');
    expect(await bo.search('Seat', 'DESK-14')).toEqual(
      Array.from({ length: 10 }, (_, i) =>
        i === 9 ? 'desk-149 · Élan for motor fleets' : `desk-14${i} · Desk 14${i}`,
      ),
    );
    expect(await bo.search('Seat', 'fleets elan')).toEqual(['desk-149 · Élan for motor fleets']);
    expect(await bo.search('Seat', 'nowhere')).toEqual([]);
    expect(await bo.search('Seat', 'whistle')).toEqual([]);
    expect(await bo.search('Seat', 'desk-150')).toEqual([]);
    expect(await (await asks('ana')).search('Seat', 'whistle')).toEqual(['desk-150 · Whistle-blowing']);
  });

  test('stays chosen while the form is refused, and is the one that is moved', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await crowdOnSlack(c);
    await type(c, 'ana', 'seat move');
    const form = c.slack.as('ana').modal();
    await form.search('Seat', 'desk-077');
    const refused = await form
      .fill({ Seat: 'desk-077 · Desk 077', Stage: 'production', Because: 'It works.' })
      .submit();
    expect(refused.closed).toBe(false);
    expect(form.values['Seat']).toBe('desk-077');
    await form.fill({ Stage: 'pilot' }).submit();
    await c.settle();
    await type(c, 'ana', 'seat list desk-077');
    expect(c.slack.as('ana').in('#claims-ai').last().text).toContain('pilot');
  });

  test('the seat above is shown by its name and kept; vendors are several', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await crowdOnSlack(c);
    const ana = await ctxOf(c.app, c.org, anaOn(c));
    for (let i = 1; i <= 120; i += 1)
      await perform(ana, addVendor, { key: `vendor-${i}`, name: `Vendor ${i}`, record: {} });
    await type(c, 'bo', 'seat edit claims parent=desk-120');
    await type(c, 'bo', 'seat edit claims');
    const form = c.slack.as('bo').modal();
    expect(form.values['Reports to']).toBe('desk-120');
    await form.fill({ Name: 'Claims desk' }).submit();
    await c.settle();
    await type(c, 'bo', 'chart claims');
    expect(c.slack.as('bo').in('#claims-ai').last().text).toContain('Reports to Desk 120');

    await type(c, 'bo', 'seat record claims');
    await press(c, 'bo', c.slack.as('bo').in('#claims-ai').last(), 'Edit the record');
    await c.slack.as('bo').modal().fill({ 'Use case': 'Sorts claims' }).submit();
    const last = c.slack.as('bo').modal();
    expect(await last.search('Vendors', 'vendor-11')).toContain('vendor-115 · Vendor 115');
    await last.search('Vendors', 'vendor-7');
    await last.fill({ Vendors: ['vendor-115 · Vendor 115', 'vendor-7 · Vendor 7'] }).submit();
    await c.settle();
    await type(c, 'bo', 'seat record claims');
    const record = c.slack.as('bo').in('#claims-ai').last().text;
    expect(record).toContain('Vendor 115');
    expect(record).toContain('Vendor 7');
  });

  test('an address of a list that is none, and a guest, are offered nothing', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const { inbound } = c.running.coxswain.deps;
    const from = {
      platform: 'slack',
      tenant: c.slack.state.setup.team.id,
      user: { ref: c.slack.as('bo').person.id },
      place: { kind: 'direct', ref: 'D1' },
      requestKey: 'slack:1',
    } as const;
    expect(await inbound.suggest(from, 'seats', 'claims')).toEqual([
      { value: 'claims', label: 'claims · Claims triage' },
    ]);
    for (const source of ['people', 'constructor', '__proto__', 'toString'])
      expect(await inbound.suggest(from, source, 'claims')).toEqual([]);
    await inbound.learn('slack', from.tenant, {
      kind: 'person_changed',
      user: from.user,
      guest: true,
      active: true,
    });
    for (const source of Object.keys(SOURCES)) expect(await inbound.suggest(from, source, '')).toEqual([]);
  });
});

describe.each(ENGINES)('a seat among a hundred and fifty, on Teams, %s', (engine) => {
  test('is found by typing; what was chosen comes back by name when the form is refused', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    await c.say('bo', chat('bo'), 'help');
    await crowdOnTeams(c);
    const [form] = await c.say('bo', channel('claims-ai'), '@Coxswain seat move');
    const searches = async (who: string, queryText: string, dataset = 'seats') => {
      const value = { kind: 'search', queryText, queryOptions: { skip: 0, top: 15 }, dataset };
      const answer = await c.teams.client.invoke(
        accountOf(who),
        channel('claims-ai'),
        form!.id,
        'application/search',
        value,
      );
      expect(answer.status).toBe(200);
      return answer.body;
    };
    const results = (found: readonly { title: string; value: string }[]) => ({
      statusCode: 200,
      type: 'application/vnd.microsoft.search.searchResponse',
      value: { results: found },
    });
    expect(await searches('bo', 'fleets')).toEqual(
      results([{ title: 'desk-149 · Élan for motor fleets', value: 'desk-149' }]),
    );
    expect(await searches('bo', '')).toMatchObject({ value: { results: { length: 15 } } });
    expect(await searches('bo', 'whistle')).toEqual(results([]));
    expect(await searches('bo', 'fleets', 'people')).toEqual(results([]));
    expect(await searches('ana', 'whistle')).toEqual(
      results([{ title: 'desk-150 · Whistle-blowing', value: 'desk-150' }]),
    );

    // The first hundred stand in the card, for a client that does not search.
    expect(form!.text).toContain('desk-100 · Desk 100');
    expect(form!.text).not.toContain('desk-101');
    const refused = await c.press('ana', form!, 'Move', {
      seat: 'desk-149',
      stage: 'production',
      because: 'It works.',
    });
    expect(refused.text).toContain('desk-149 · Élan for motor fleets');
    expect(refused.text).toContain('It works.');
    const moved = await c.press('ana', form!, 'Move', {
      seat: 'desk-149',
      stage: 'pilot',
      because: 'It works.',
    });
    expect(moved.text).toContain('desk-149 is in pilot now');
  });
});
