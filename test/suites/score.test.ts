import { describe, expect, test } from 'vitest';
import { latestScores, scoreHistory } from '../../db/scores.ts';
import { giveScore } from '../../src/actions/score/index.ts';
import { HOUR } from '../../src/clock.ts';
import { testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { addClaims } from '../support/ship.ts';

const FIRST = { seat: 'claims', data: 'red', governance: 'yellow', integration: 'green', change: 'green' };
const SECOND = {
  ...FIRST,
  data: 'yellow',
  note: 'Now tested on late data.',
  evidence: 'https://wiki.example/7',
};

describe.each(ENGINES)('scores on %s', (engine) => {
  test('a score is given by a reviewer, and a later one stands beside it', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    expect(await app.act('dana', giveScore, FIRST)).toMatchObject({ seat: 'claims', percent: 62 });
    app.advance(HOUR);
    expect(await app.act('ana', giveScore, SECOND)).toMatchObject({ percent: 75 });
    const history = await scoreHistory(app.app.store.read, app.org, seat, 10);
    expect(history.map(({ score, reviewer }) => [reviewer, score.percent, score.note])).toEqual([
      ['Ana Flores', 75, 'Now tested on late data.'],
      ['Dana Okafor', 62, null],
    ]);
    expect((await latestScores(app.app.store.read, app.org, [seat])).get(seat)).toMatchObject({
      percent: 75,
      marks: { data: 'yellow', governance: 'yellow', integration: 'green', change: 'green' },
      rubric: 'production-readiness@1',
    });
  });

  test('of two scores at the same instant the later one is the latest', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    await app.act('dana', giveScore, FIRST);
    const { id } = await app.act('dana', giveScore, SECOND);
    expect((await latestScores(app.app.store.read, app.org, [seat])).get(seat)?.id).toBe(id);
  });

  test('a member is told who may; a colour that is none is answered beside its field', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    await expect(app.act('bo', giveScore, FIRST)).rejects.toMatchObject({
      code: 'forbidden',
      message: 'You may not do this. A reviewer (Ana Flores, Dana Okafor) may.',
    });
    const { change: _, ...rest } = FIRST;
    await expect(
      app.act('dana', giveScore, { ...rest, data: 'blue', evidence: 'wiki' }),
    ).rejects.toMatchObject({
      fields: {
        data: '“blue” is not a colour: choose green, yellow or red.',
        change: 'Please choose a colour: green, yellow or red.',
        evidence: 'Please give the evidence as a web address that starts with https://.',
      },
    });
  });
});
