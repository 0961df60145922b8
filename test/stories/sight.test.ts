import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/databases.ts';
import { type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { type Who, foundClaims, onScreen, posts, type } from './crew.ts';

const hide = (c: TestCoxswain, word: string) =>
  type(c, 'ana', `seat visibility claims ${word} because="It is confidential."`);

/** All that stands in a channel now. */
const standsIn = (c: TestCoxswain, channel: string): string =>
  posts(c, channel)
    .map((m) => m.text)
    .join('\n');

const answers = async (c: TestCoxswain, who: Who, ...lines: readonly string[]): Promise<string> => {
  const all: string[] = [];
  for (const line of lines) all.push((await type(c, who, line, '#ai-governance')).text);
  return all.join('\n');
};

describe.each(ENGINES)('a seat that is not for everyone, on Slack, %s', (engine) => {
  test('teaches a rule that everybody reads, without the cause that taught it', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'dana', 'issue new claims "Refuses hail" severity=3');
    await hide(c, 'people');
    await type(
      c,
      'ana',
      'issue solve CLAIMS-1 cause="Trained without hail" fix="Trained again" lesson="Try each peril first" rule=yes fits=every',
    );
    const eli = (await type(c, 'eli', 'rules', '#ai-governance')).text;
    expect(eli).toContain('Try each peril first');
    expect(eli).not.toMatch(/Trained without hail|CLAIMS-1/);
    expect((await type(c, 'bo', 'rules', '#ai-governance')).text).toContain('because: Trained without hail');
  });

  test('is in nothing that others read, and in all that its people do', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'ana', 'seat add mail "Mail sorting" "Sorts the mail" stage=pilot');
    await type(c, 'bo', 'log claims acceptance 94');
    await type(c, 'dana', 'issue new claims "Refuses hail" severity=3');
    expect(standsIn(c, '#claims-ai')).toContain('Refuses hail');
    expect((await hide(c, 'people')).text).toContain('Its people, governors and admins see it.');
    await c.settle();

    // What stood in the channel gives way: it is for everyone there.
    expect(standsIn(c, '#claims-ai')).not.toContain('Refuses hail');
    expect(standsIn(c, '#claims-ai')).toContain('No longer shown here');
    const asked = ['seat list', 'issue list all', 'scorecard all', 'scorecard', 'metric list', 'me'];
    const seen = await answers(c, 'eli', ...asked, 'seat show claims', 'issue show CLAIMS-1', 'score claims');
    expect(seen).not.toMatch(/Claims triage|Refuses hail|Acceptance rate/);
    expect(seen).toContain('There is no seat “claims”. “seat list” shows all seats.');
    expect(seen).toContain('There is no issue “CLAIMS-1”.');
    expect((await type(c, 'eli', 'seat add claims "Claims" "Sorts claims"')).text).toContain(
      'The key “claims” cannot be used.',
    );
    expect(await answers(c, 'bo', 'seat list', 'issue list', 'me')).toContain('Claims triage');
    expect(await answers(c, 'ana', 'seat show claims')).toContain('Its people, governors and admins see it.');

    // The digest of the channel counts what everyone may see, and a governor’s answer to all shows no more.
    await type(c, 'ana', 'digest here mon 09:00');
    await c.until(berlin('11-16 09:00'));
    const digest = posts(c, '#claims-ai').find((m) => m.text.startsWith('Weekly scorecard'))!;
    expect(digest.text).not.toMatch(/Claims triage|Acceptance rate|claims acceptance/);
    const all = await type(c, 'ana', 'scorecard all', '#ai-governance');
    expect(all.text).not.toContain('Acceptance rate');
    const one = await type(c, 'ana', 'scorecard claims', '#ai-governance');
    expect(one.text).toContain('Acceptance rate');
    expect(standsIn(c, '#ai-governance')).not.toContain('Acceptance rate');

    // Once the channel is restricted too, whoever is in it reads about it there, and nowhere else.
    const said = await type(c, 'ana', 'admin channel people because="Pilots are confidential."');
    expect(said.text).toContain('Who is in this channel, and elsewhere only the people of each seat');
    expect(await answers(c, 'ana', 'digest list')).toContain('#claims-ai');
    expect(await answers(c, 'eli', 'digest list')).not.toContain('#claims-ai');
    await type(c, 'bo', 'issue new claims "Refuses snow" severity=3');
    await c.settle();
    expect(standsIn(c, '#claims-ai')).toContain('Refuses snow');
    expect(await answers(c, 'eli', 'issue list')).not.toContain('Refuses snow');

    await hide(c, 'everyone');
    await type(c, 'ana', 'admin channel everyone because="It is public now."');
    expect(await answers(c, 'eli', 'seat list')).toContain('Claims triage');
  });

  test('ends in person where the governance channel is for everyone, and Bo is asked all the same', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await hide(c, 'governors');
    await type(c, 'dana', 'issue new claims "Refuses hail" severity=2');
    await c.settle();
    expect(posts(c, 'bo').at(-1)!.text).toContain('Refuses hail');
    await c.until(berlin('11-13 10:00'));
    expect(standsIn(c, '#ai-governance')).not.toContain('Refuses hail');
    expect(standsIn(c, 'ana')).toContain('Refuses hail');
    expect(standsIn(c, 'ana')).toContain('Anyone who may can take it.');
  });

  test('is set in a form, and not by who may not', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const form = (await type(c, 'bo', 'seat visibility claims')).modal;
    await form.fill({ 'Who may see it': 'people', Because: 'Its vendor is secret.' }).submit();
    expect(onScreen(c, 'bo')).toContain('Its people, governors and admins see it.');
    const no = await type(c, 'cem', 'seat visibility claims everyone because="I want to."');
    expect(no.text).toContain('You may not do this.');
    expect((await type(c, 'cem', 'admin channel governors because="No."')).text).toContain('A governor');
    expect((await type(c, 'ana', 'admin channel secret because="No."')).text).toContain(
      '“secret” is not a visibility: choose everyone, people, governors.',
    );
  });
});
