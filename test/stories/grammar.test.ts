import { describe, expect, test } from 'vitest';
import type { Shown } from '../../sandbox/slack/client-seen.ts';
import { ENGINES } from '../support/databases.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { channel, chat, startOnTeams } from '../support/teams-coxswain.ts';
import { foundClaims, type } from './crew.ts';

/** The blocks without the ids that Slack gives them. */
const blocks = ({ raw }: Shown) => raw.blocks.map((block) => ({ ...(block as object), block_id: '' }));

describe.each(ENGINES)('the same words everywhere, %s', (engine) => {
  test('on Slack a command, a mention and a direct message give the same card', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const command = (await type(c, 'dana', 'seat show claims')).only;
    const mention = (await c.slack.as('dana').in('#claims-ai').mention('seat show claims')).only;
    const direct = (await c.slack.as('dana').dm().say('seat show claims')).only;
    expect(command.text).toContain('Sorts incoming claims within one hour');
    for (const other of [mention, direct]) {
      expect(other.text).toBe(command.text);
      expect(blocks(other)).toEqual(blocks(command));
    }
  });

  test('on Teams a mention, a slash command and a personal chat do', async () => {
    const c = await startOnTeams(engine);
    await c.say(
      'ana',
      chat('ana'),
      'seat add claims "Claims triage" "Sorts incoming claims within one hour"',
    );
    const [mention] = await c.say('ana', channel('claims-ai'), '@Coxswain seat show claims');
    const [direct] = await c.say('ana', chat('ana'), 'seat show claims');
    expect(mention!.text).toContain('Sorts incoming claims within one hour');
    expect(direct!.text).toBe(mention!.text);
    const [slash] = await c.say('ana', channel('claims-ai'), 'seat show claims', { targeted: true });
    expect(slash!.text).toBe(mention!.text);
  });

  test('what is not known is answered with the nearest command and an example', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    expect((await type(c, 'bo', 'scorcard claims')).text).toContain('scorecard');
    expect((await type(c, 'bo', 'seat shwo claims')).text).toContain('show');
    expect((await type(c, 'bo', 'seat show clams')).text).toContain('claims');
    expect((await type(c, 'bo', 'log claims acceptence 90')).text).toContain('acceptance');
    expect((await type(c, 'bo', 'help log')).text).toContain('log claims acceptance 91.5');
    expect((await type(c, 'bo', '')).text).not.toBe('');
    expect((await type(c, 'bo', 'log claims acceptance "93,5" note="after the fix"')).text).toContain('93.5');
  });
});
