import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/databases.ts';
import { chat, startOnTeams } from '../support/teams-coxswain.ts';

describe.each(ENGINES)('people on Teams, %s', (engine) => {
  test('Bo is away by a form; Eli is told', async () => {
    const t = await startOnTeams(engine);
    await t.say('eli', chat('eli'), 'me');
    const [form] = await t.say('bo', chat('bo'), 'away');
    expect(form!.text).toContain('Who stands in');
    const said = await t.press('bo', form!, 'Save', { until: 'fri', delegate: 'U0ELI' });
    expect(said.text).toContain('You are away');
    expect(t.shown(chat('eli')).at(-1)!.text).toContain('You stand in for Bo Okafor');
    const [settings] = await t.say('bo', chat('bo'), 'me settings');
    expect(settings!.text).toContain('Europe/Berlin');
    const [back] = await t.say('bo', chat('bo'), 'away off');
    expect(back!.text).toContain('Welcome back');
  });
});
