import { describe, expect, test } from 'vitest';
import { startCoxswain } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import { foundClaims, type } from './crew.ts';

const ADD = 'seat add letters "Letters" "Writes letters within a day"';

/** What Ana types, and the sentence she gets. Nothing of it may read like a program’s own complaint. */
const LINES: readonly (readonly [line: string, ...says: string[]])[] = [
  [`${ADD} level=x`, 'The level is a whole number from 1 to 8.'],
  [`${ADD} level=9`, 'The level is a whole number from 1 to 8.'],
  [`${ADD} level=1.5`, 'The level is a whole number from 1 to 8.'],
  [
    `${ADD} stage=foo`,
    '“foo” is not a stage for a new seat: choose proposed, pilot, build, rollout, production.',
  ],
  [`${ADD} stage=retired`, '“retired” is not a stage for a new seat'],
  [`${ADD} holder=robot`, '“robot” is not a kind of holder: choose ai, human.'],
  [`${ADD} risk=huge`, '“huge” is not a risk tier: choose low, medium, high.'],
  ['seat own claims boss @cem', '“boss” is not an owner role: choose accountable, '],
  ['metric add claims m quality % sideways 90', '“sideways” is not a direction: choose '],
  ['issue new claims Down kind=foo', '“foo” is not a kind of issue: choose '],
  [
    'issue new claims Down severity=x',
    'The severity is a whole number from 1 to 4 (1 is critical, 4 is low).',
  ],
  ['issue new claims Down severity=0', 'The severity is a whole number from 1 to 4'],
  ['seat history', 'Which seat? Its key is missing.', 'For example: seat history claims'],
  ['admin grant @cem', 'Which role? Choose member, reviewer, governor, admin.', 'admin grant @bo reviewer'],
  ['admin grant @cem boss', '“boss” is not a role: choose member, reviewer, governor, admin.'],
  ['admin grant', 'Who shall get a role?'],
  [
    'admin grant Bob governor',
    '“Bob” is not clear: nobody here has that name. Pick the person from the list after @, or write the whole name in quotes, or the address.',
  ],
];

describe.each(ENGINES)('what is typed wrong, %s', (engine) => {
  test('each gets a sentence that says what is missing or what there is to choose from', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    for (const [line, ...says] of LINES) {
      const { text } = await type(c, 'ana', line);
      for (const sentence of says)
        expect({ line, text }).toEqual({ line, text: expect.stringContaining(sentence) });
      expect(text).not.toMatch(/expected|invalid (?:input|option)|\bNaN\b|undefined|too (?:big|small)/i);
    }
    expect((await type(c, 'eli', `${ADD} level=3`)).text).toContain(
      'To add one as it stands is for governors.',
    );
    expect((await type(c, 'ana', `${ADD} level=8 stage=build`)).text).toContain('build');
  });

  test('a role that was not offered is answered with those that wait', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    expect((await type(c, 'eli', 'seat accept nope')).text).toContain('No role waits for you to accept it.');
    await type(c, 'ana', 'seat own claims stop-ship @eli');
    const { text } = await type(c, 'eli', 'seat accept nope');
    expect(text).toContain('That role does not wait for you. To accept: stop-ship of claims.');
    expect(text).toContain('seat accept claims stop-ship');
  });

  test('one seat is one seat', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const fallback = async () => (await type(c, 'ana', 'seat list')).only.raw.text;
    expect(await fallback()).toMatch(/\b1 seat\b/);
    await type(c, 'ana', ADD);
    expect(await fallback()).toMatch(/\b2 seats\b/);
  });
});
