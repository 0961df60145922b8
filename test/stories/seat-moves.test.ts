import { describe, expect, test } from 'vitest';
import { startCoxswain } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import { channel, chat, startOnTeams } from '../support/teams-coxswain.ts';
import { foundClaims, onScreen, type } from './crew.ts';

const claims = channel('claims-ai');

describe.each(ENGINES)('a seat retires and comes back, %s', (engine) => {
  test('on Slack: by a form of that name, with what ended, and back to the first stage only', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'priority add claims "Half the hand-offs"');
    expect((await type(c, 'bo', 'seat move claims build because=x')).text).toContain(
      'Only a governor (Ana Lindt) moves a seat upwards.',
    );
    for (const line of ['seat retire clams', 'seat move clams'])
      expect((await type(c, 'bo', line)).text).toContain('There is no seat “clams”.');
    const form = (await type(c, 'bo', 'seat retire claims')).modal;
    expect(form.title).toBe('Retire a seat');
    expect(form.labels).toEqual(['Seat', 'Because']);
    await form.fill({ Because: 'Nobody used it.' }).submit();
    expect(onScreen(c, 'bo')).toContain('Ended with it: CLAIMS-P1.');
    expect((await type(c, 'bo', 'seat retire claims because=again')).text).toContain('is retired already');
    expect((await type(c, 'ana', 'seat move claims production because=x')).text).toContain(
      'it comes back to proposed',
    );
    const back = (await type(c, 'ana', 'seat move CLAIMS proposed')).modal;
    expect(back.values).toMatchObject({ Seat: 'claims', Stage: 'proposed' });
    await back.fill({ Because: 'There is a budget again.' }).submit();
    expect(onScreen(c, 'ana')).toContain('claims is in proposed now');
    await type(c, 'bo', 'priority add claims "A third of them"');
    expect((await type(c, 'bo', 'seat move claims retired because=Enough')).text).toContain(
      'Ended with it: CLAIMS-P2.',
    );
  });

  test('on Teams: the same', async () => {
    const c = await startOnTeams(engine);
    await c.say('ana', chat('ana'), `admin claim ${c.adminCode}`);
    const bo = async (line: string) => (await c.say('bo', chat('bo'), line))[0]!;
    await c.say('bo', claims, '@Coxswain seat add claims "Claims triage" "Sorts claims" stage=pilot');
    await bo('priority add claims "Half the hand-offs"');
    expect((await bo('seat move claims build because=x')).text).toContain(
      'Only a governor (Ana Lindt) moves a seat upwards.',
    );
    const form = await bo('seat retire claims');
    expect(form.text).toContain('Retire a seat');
    expect(form.buttons).toContain('Retire');
    const retired = await c.press('bo', form, 'Retire', { seat: 'claims', because: 'Nobody used it.' });
    expect(retired.text).toContain('Ended with it: CLAIMS-P1.');
    expect((await bo('seat retire claims because=again')).text).toContain('is retired already');
    const [refused] = await c.say('ana', chat('ana'), 'seat move claims production because=x');
    expect(refused!.text).toContain('it comes back to proposed');
    const [back] = await c.say('ana', chat('ana'), 'seat move claims proposed');
    expect(back!.text).toContain('claims · Claims triage (retired)');
    const there = await c.press('ana', back!, 'Move', {
      seat: 'claims',
      stage: 'proposed',
      because: 'There is a budget again.',
    });
    expect(there.text).toContain('claims is in proposed now');
  });
});
