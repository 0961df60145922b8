import { expect, test } from 'vitest';
import { grantRole } from '../../src/actions/org/index.ts';
import { giveFullScore } from '../../src/actions/score/index.ts';
import { seatById } from '../../db/seats.ts';
import { HOUR } from '../../src/clock.ts';
import { scoreCard } from '../../src/cards/score.ts';
import { renderCard } from '../../src/platforms/slack/card.ts';
import { loadScores } from '../../src/queries/score.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { fullAnswers } from '../support/readiness.ts';
import { sampleNames } from '../support/sample-cards.ts';
import { addClaims } from '../support/ship.ts';

const NONE = { mark: 'none', note: 'It has no users.' };

async function shown(app: TestApp, seat: string): Promise<string> {
  const { read } = app.app.store;
  const view = await loadScores(read, app.org, (await seatById(read, app.org, seat))!);
  const picture = () => undefined;
  const card = scoreCard(view, app.clock.now());
  return JSON.stringify(renderCard(card, { names: sampleNames, surface: 'message', picture }));
}

test('who disagrees about what applies does not simply agree', async () => {
  const app = await testApp('sqlite');
  const seat = await addClaims(app);
  await app.act('ana', grantRole, { person: app.people.eli, role: 'reviewer' });
  const give = async (who: 'ana' | 'dana' | 'eli', but: Record<string, object>) => {
    await app.act(who, giveFullScore, await fullAnswers(app, 'green', but));
    app.advance(HOUR);
  };
  await give('ana', { 'change.adoption': NONE });
  await give('dana', {});
  const two = await shown(app, seat);
  expect(two).toContain('They agree on every colour, but not on what applies.');
  expect(two).toContain('some say that it does not apply, others green');

  await give('eli', { 'change.adoption': NONE, 'data.data-owner': { mark: 'red' } });
  const three = await shown(app, seat);
  // Most say that it does not apply; what the others say is still a colour.
  expect(three).toContain('some say that it does not apply, others green');
  expect(three).toContain(': from green to red');

  await give('ana', { 'change.adoption': NONE, 'data.data-owner': { mark: 'red' } });
  expect(await shown(app, seat)).toMatch(/fell from \d+ %[^(]/);
});

test('a standing that moved because more people scored says so', async () => {
  const app = await testApp('sqlite');
  const seat = await addClaims(app);
  await app.act('ana', giveFullScore, await fullAnswers(app, 'green'));
  app.advance(HOUR);
  await app.act('dana', giveFullScore, await fullAnswers(app, 'yellow'));
  expect(await shown(app, seat)).toContain('fell from 100 % (of 1 reviewer then)');
});
