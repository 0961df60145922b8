import { describe, expect, test } from 'vitest';
import { HOUR } from '../../src/clock.ts';
import { ENGINES } from '../support/databases.ts';
import { berlin } from '../support/coxswain.ts';
import { type TeamsCoxswain, channel, chat, startOnTeams } from '../support/teams-coxswain.ts';
import { movingWall } from '../support/wall.ts';

const claims = channel('claims-ai');

const ana = async (c: TeamsCoxswain, line: string) => (await c.say('ana', chat('ana'), line)).at(-1)!;

/** What is behind the first link of a message. */
async function download(c: TeamsCoxswain, message: { readonly where: string; readonly id: string }) {
  const card = JSON.stringify(c.teams.connector.workspace.message(message.where, message.id)?.card);
  return (await fetch(/"url":"([^"]+\/f\/[^"]+)"/.exec(card)![1]!)).text();
}

async function ready(engine: (typeof ENGINES)[number]) {
  const wall = movingWall();
  const c = await startOnTeams(engine, { wall });
  await ana(c, `admin claim ${c.adminCode}`);
  await c.say('ana', claims, '@Coxswain seat add claims "Claims triage" "Sorts claims"');
  return { c, wall };
}

describe.each(ENGINES)('administration on Teams, %s', (engine) => {
  test('settings by line and by form', async () => {
    const { c } = await ready(engine);
    const changed = await ana(c, 'settings set name="Harbour Mutual"');
    expect(changed.text).toContain('Harbour Mutual');
    const form = await c.dialog('ana', changed, 'Change');
    await form.submit({ name: 'Harbour Mutual', zone: 'Europe/Madrid', digest: 'fri 16:00' });
    const [seen] = await c.say('bo', chat('bo'), 'settings');
    expect(seen!.text).toContain('Europe/Madrid');
    expect(seen!.buttons).toEqual([]);
    const [refused] = await c.say('bo', chat('bo'), 'settings set name=Mine');
    expect(refused!.text).toContain('A governor (Ana Lindt) may');
  });

  test('a message that could not be delivered is sent again by a button', async () => {
    const { c, wall } = await ready(engine);
    await c.say('ana', claims, '@Coxswain digest here mon 09:00');
    const digests = () => c.shown(claims).filter((m) => m.text.startsWith('Weekly scorecard')).length;
    c.teams.connector.fail(
      [{ kind: 'status', status: 403, code: 'BotNotInConversationRoster' }],
      (call) => call.method === 'POST' && call.path.includes(claims) && call.path.endsWith('/activities'),
    );
    await c.until(berlin('11-16 09:00'));
    wall.pass(HOUR);
    await c.settle();
    expect(digests()).toBe(0);
    const list = await ana(c, 'doctor messages');
    expect(list.text).toContain('parked');
    await c.press('ana', list, 'Try again');
    await c.settle();
    expect(c.shown(chat('ana')).at(-1)!.text).toContain('It is sent again');
    expect(digests()).toBe(1);
    expect((await ana(c, 'doctor messages')).text).toContain('No message needs attention');
  });

  test('what is stored of somebody is exported and erased, and heads are exported', async () => {
    const { c } = await ready(engine);
    await c.say('dana', chat('dana'), 'issue new claims "The hail of Dana" severity=3');
    const [own] = await c.say('dana', chat('dana'), 'me export');
    expect(await download(c, own!)).toContain('The hail of Dana');
    const [refused] = await c.say('dana', chat('dana'), 'admin export "Ana Lindt"');
    expect(refused!.text).toContain('dmin');
    expect(await download(c, await ana(c, 'admin export "Dana Reyes"'))).toContain('The hail of Dana');
    const asked = await ana(c, 'admin erase "Dana Reyes"');
    expect((await c.press('ana', asked, 'Erase')).text).toContain('The person is erased');
    expect((await ana(c, 'issue show CLAIMS-1')).text).not.toMatch(/hail|Dana/);
    expect((await ana(c, 'audit verify')).text).toContain('erased');
    expect((await ana(c, 'audit export')).text).toContain('cxh1');
  });
});
