import { describe, expect, test } from 'vitest';
import { ENGINES } from '../support/databases.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { foundClaims, type } from './crew.ts';

const MARKS = [1, 2, 3, 4, 5].map((n) => `Mark ${n}`);
const all = (mark: string) => Object.fromEntries(MARKS.map((label) => [label, mark]));

describe.each(ENGINES)('a draft of the full form on Slack, %s', (engine) => {
  test('what was chosen is kept without being sent; what nobody looked at yet does not count', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const eli = c.slack.as('eli');
    await type(c, 'eli', 'score claims');
    for (let page = 0; page < 4; page += 1) await eli.modal().fill(all('green')).submit();

    await type(c, 'eli', 'score claims');
    await eli.modal().fill({ 'Note 2': 'The register is old.' }).choose('Mark 2', 'red');
    await c.settle();
    await eli.modal().close();
    await type(c, 'eli', 'score claims');
    // Four marks of this page say “no change”, and nobody has agreed to that.
    expect(eli.modal().title).toBe('Score: page 1 of 4');
    expect(eli.modal().text).toContain('2. Classification and permitted use recorded · changed');
    expect(eli.modal().values).toMatchObject({
      'Mark 1': 'same-green',
      'Mark 2': 'red',
      'Note 2': 'The register is old.',
    });
    for (let page = 0; page < 4; page += 1) await eli.modal().submit();
    expect(eli.modal().text).toContain('95 % · R G G G');

    // It has served, and what was told too late does not bring it back.
    await type(c, 'eli', 'score claims');
    expect(eli.modal().text).not.toContain('You go on');
  });

  test('pages are sent again as they were, and each time they count', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const eli = c.slack.as('eli');
    await type(c, 'eli', 'score claims');
    for (const mark of ['green', 'red', 'green']) {
      await eli.modal().fill(all(mark)).submit();
      expect(eli.modal().title).toBe('Score: page 2 of 4');
      await eli.modal().fill({ Then: 'Back one page' }).submit();
      expect(eli.modal().values).toMatchObject({ 'Mark 1': mark, 'Mark 5': mark });
    }
  });
});
