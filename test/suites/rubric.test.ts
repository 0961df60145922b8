import { describe, expect, test } from 'vitest';
import { approvalsOf, presentRubric, rubricVersions } from '../../db/rubrics.ts';
import { approveRubric, proposeRubric, withdrawRubric } from '../../src/actions/rubric/index.ts';
import { grantRole } from '../../src/actions/org/index.ts';
import { giveScore } from '../../src/actions/score/index.ts';
import { acceptSeat, ownSeat } from '../../src/actions/seat/index.ts';
import { openOffers } from '../../db/owners.ts';
import { heldRubric } from '../../src/rubrics/held.ts';
import { loadScores } from '../../src/queries/score.ts';
import { loadStandings } from '../../src/queries/standing.ts';
import { printRubric } from '../../src/rubrics/read.ts';
import { seatById } from '../../db/seats.ts';
import { testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { changedRubric } from '../support/readiness.ts';
import { addClaims } from '../support/ship.ts';

const KEY = 'production-readiness';
const REASON = 'Auditors asked for it.';
const CHANGED = printRubric(changedRubric());

/** Bo owns the outcome of claims, Eli is a second governor. */
async function company(engine: 'sqlite' | 'postgres') {
  const app = await testApp(engine);
  const seat = await addClaims(app, { stage: 'pilot' });
  await app.act('ana', ownSeat, { seat: 'claims', role: 'business', person: app.people.bo });
  for (const { owner } of await openOffers(app.app.store.read, app.org, app.people.bo))
    await app.act('bo', acceptSeat, { owner: owner.id });
  await app.act('ana', grantRole, { person: app.people.eli, role: 'governor' });
  return { app, seat };
}

const VERSION = { key: KEY, version: 2 };

describe.each(ENGINES)('rubrics on %s', (engine) => {
  test('a version is adopted by a governor and a business owner, neither of them its proposer', async () => {
    const { app, seat } = await company(engine);
    const { read } = app.app.store;
    await app.act('dana', giveScore, {
      seat: 'claims',
      marks: { data: 'green', governance: 'green', integration: 'green', change: 'red' },
    });
    expect(await app.act('ana', proposeRubric, { yaml: CHANGED, reason: REASON })).toEqual(VERSION);
    expect((await heldRubric(read, app.org)).version).toBe(1);

    await expect(app.act('ana', approveRubric, VERSION)).rejects.toThrow('You proposed this version');
    await expect(app.act('dana', approveRubric, VERSION)).rejects.toThrow(
      'still waits for a governor and an accepted business owner',
    );
    expect(await app.act('bo', approveRubric, VERSION)).toMatchObject({ as: 'business', adopted: false });
    await expect(app.act('bo', approveRubric, VERSION)).rejects.toThrow('approved this version already');
    expect(await app.act('eli', approveRubric, { ...VERSION, comment: 'Fine.' })).toMatchObject({
      as: 'governor',
      adopted: true,
    });
    await expect(app.act('eli', approveRubric, VERSION)).rejects.toThrow('Version 2 was adopted already.');

    expect((await heldRubric(read, app.org)).version).toBe(2);
    expect((await rubricVersions(read, app.org, KEY)).map((v) => [v.version, v.state])).toEqual([
      [2, 'adopted'],
      [1, 'superseded'],
    ]);
    const kept = (await loadStandings(read, app.org, [seat])).get(seat)!;
    expect(kept.now).toMatchObject({ rubric: `${KEY}@1`, percent: 75 });

    app.advance(1000);
    await app.act('dana', giveScore, {
      seat: 'claims',
      marks: { data: 'green', governance: 'green', integration: 'green', change: 'green' },
    });
    const after = (await loadStandings(read, app.org, [seat])).get(seat)!;
    expect(after).toMatchObject({ now: { rubric: `${KEY}@2`, percent: 100 }, trend: 'other' });
    const view = await loadScores(read, app.org, (await seatById(read, app.org, seat))!);
    expect(view.scores.map(({ score }) => score.rubric)).toEqual([`${KEY}@2`, `${KEY}@1`]);
  });

  test('who is governor and business owner at once gives one approval', async () => {
    const { app } = await company(engine);
    await app.act('ana', grantRole, { person: app.people.bo, role: 'governor' });
    await app.act('ana', proposeRubric, { yaml: CHANGED, reason: REASON });
    expect(await app.act('bo', approveRubric, VERSION)).toMatchObject({ as: 'governor', adopted: false });
    await expect(app.act('bo', approveRubric, VERSION)).rejects.toThrow('waits for somebody else');
    expect(await approvalsOf(app.app.store.read, app.org, KEY, 2)).toHaveLength(1);
    expect((await presentRubric(app.app.store.read, app.org, KEY))?.version).toBe(1);
  });

  test('whoever holds both rights and comes first keeps nobody waiting', async () => {
    const { app } = await company(engine);
    await app.act('ana', grantRole, { person: app.people.bo, role: 'governor' });
    await app.act('ana', proposeRubric, { yaml: CHANGED, reason: REASON });
    await app.act('bo', approveRubric, VERSION);
    // Eli is a governor only, and Bo is the only business owner: Bo's approval is the business owner's then.
    expect(await app.act('eli', approveRubric, VERSION)).toMatchObject({ as: 'governor', adopted: true });
    const approvals = await approvalsOf(app.app.store.read, app.org, KEY, 2);
    expect(Object.fromEntries(approvals.map((a) => [a.person, a.as]))).toEqual({
      [app.people.bo]: 'business',
      [app.people.eli]: 'governor',
    });
    expect((await presentRubric(app.app.store.read, app.org, KEY))?.version).toBe(2);
  });

  test('two last approvals at the same moment adopt it once', async () => {
    const { app } = await company(engine);
    await app.act('ana', proposeRubric, { yaml: CHANGED, reason: REASON });
    const both = await Promise.all([
      app.act('bo', approveRubric, VERSION),
      app.act('eli', approveRubric, VERSION),
    ]);
    expect(both.filter((r) => r.adopted)).toHaveLength(1);
    expect((await presentRubric(app.app.store.read, app.org, KEY))?.version).toBe(2);
  });

  test('a newer proposal replaces an open one, and one can be taken back', async () => {
    const { app } = await company(engine);
    const yaml = CHANGED;
    await app.act('ana', proposeRubric, { yaml, reason: REASON });
    await app.act('eli', proposeRubric, { yaml, reason: 'Mine.' });
    await expect(app.act('bo', approveRubric, VERSION)).rejects.toThrow('Version 2 was withdrawn already.');
    const third = { key: KEY, version: 3, reason: 'A mistake.' };
    await app.act('ana', withdrawRubric, third);
    await expect(app.act('bo', approveRubric, third)).rejects.toThrow('withdrawn');
    expect((await presentRubric(app.app.store.read, app.org, KEY))?.version).toBe(1);
  });

  test('what is no rubric, or no other one, changes nothing', async () => {
    const { app } = await company(engine);
    const propose = (yaml: string, who: 'ana' | 'bo' = 'ana') =>
      app.act(who, proposeRubric, { yaml, reason: REASON });
    const { rubric } = await heldRubric(app.app.store.read, app.org);
    await expect(propose('key: x\n')).rejects.toThrow(/nothing was changed. Line 1, column 1: expected/);
    await expect(propose(printRubric(rubric))).rejects.toThrow('nothing differs');
    await expect(propose(printRubric({ ...rubric, key: 'mine' }))).rejects.toThrow('keep its key');
    await expect(propose(CHANGED, 'bo')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await rubricVersions(app.app.store.read, app.org, KEY)).toEqual([]);
  });
});
