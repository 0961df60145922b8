import { describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { draftOf } from '../../db/drafts.ts';
import { issueByRef } from '../../db/issues.ts';
import { messageByKey } from '../../db/messages.ts';
import { openScoreRequests, scoreHistory, scoreRequestsOf } from '../../db/scores.ts';
import { seatById } from '../../db/seats.ts';
import {
  cancelRequest,
  draftAbout,
  giveFullScore,
  giveScore,
  keepScoreDraft,
  overdueScore,
  requestScores,
} from '../../src/actions/score/index.ts';
import { grantRole, refreshPerson } from '../../src/actions/org/index.ts';
import { approveRubric, proposeRubric } from '../../src/actions/rubric/index.ts';
import { goAway, setOwn } from '../../src/actions/person/index.ts';
import { moveSeat } from '../../src/actions/seat/index.ts';
import { DAY, HOUR } from '../../src/clock.ts';
import { loadFullScore } from '../../src/queries/full-score.ts';
import { SEAT_RUBRIC } from '../../src/rubrics/builtin.ts';
import { printRubric } from '../../src/rubrics/read.ts';
import { loadStandings } from '../../src/queries/standing.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { changedRubric, fullAnswers } from '../support/readiness.ts';
import { addClaims, appoint } from '../support/ship.ts';

const MARKS = { data: 'red', governance: 'yellow', integration: 'green', change: 'green' };
const FIRST = { seat: 'claims', marks: MARKS };
const SECOND = {
  seat: 'claims',
  marks: { ...MARKS, data: 'yellow' },
  note: 'Now tested on late data.',
  evidence: 'https://wiki.example/7',
};

const standing = async (app: TestApp, seat: string) =>
  (await loadStandings(app.app.store.read, app.org, [seat])).get(seat);

describe.each(ENGINES)('scores on %s', (engine) => {
  test('a score is given by a reviewer, and a later one stands beside it', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    expect(await app.act('dana', giveScore, FIRST)).toMatchObject({ seat: 'claims', percent: 62 });
    app.advance(HOUR);
    expect(await app.act('dana', giveScore, SECOND)).toMatchObject({ percent: 75 });
    const history = await scoreHistory(app.app.store.read, app.org, seat, 10);
    expect(history.map(({ score, reviewer }) => [reviewer, score.percent, score.note])).toEqual([
      ['Dana Okafor', 75, 'Now tested on late data.'],
      ['Dana Okafor', 62, null],
    ]);
    expect(await standing(app, seat)).toMatchObject({
      now: { percent: 75, letters: 'Y Y G G', rubric: 'production-readiness@1', kind: 'quick' },
      before: { percent: 62 },
      trend: 'rose',
    });
  });

  test('the database itself refuses every change of a score', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    await app.act('dana', giveScore, FIRST);
    const change = app.app.store.write((tx) => tx.update(tx.t.scores).set({ percent: 100 }).returning());
    const refused = await change.catch((error: unknown) => error);
    const { cause } = refused as { cause?: Error };
    expect(`${String(refused)} ${String(cause)}`).toContain('scores are never changed');
  });

  test('several reviewers are read together, the median of an even number is the worse one', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    await app.act('dana', giveScore, FIRST);
    app.advance(HOUR);
    await app.act('ana', giveScore, SECOND);
    const { now } = (await standing(app, seat))!;
    expect(now).toMatchObject({ letters: 'R Y G G', percent: 62 });
    expect(now.reviewers).toEqual([app.people.ana, app.people.dana]);
    expect(now.panel.discuss.map((spread) => spread.path)).toEqual(['data']);
  });

  test('a full score answers every criterion; quick ones do not mix with it', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    await app.act('ana', giveScore, FIRST);
    app.advance(HOUR);
    const full = await fullAnswers(app, 'green', {
      'governance.human-review': {
        mark: 'Y',
        note: 'Nobody checks on Fridays.',
        evidence: 'https://chat/p1',
      },
      'change.adoption': { mark: 'n/a', note: 'It has no users: it works on files.' },
    });
    expect(await app.act('dana', giveFullScore, full)).toMatchObject({ percent: 97 });
    expect((await standing(app, seat))!.now).toMatchObject({
      kind: 'full',
      letters: 'G Y G G',
      reviewers: [app.people.dana],
      percent: 97,
    });
    const [newest] = await scoreHistory(app.app.store.read, app.org, seat, 1);
    expect(newest!.score.answers).toMatchObject({
      'governance.human-review': { mark: 'yellow', note: 'Nobody checks on Fridays.' },
    });
  });

  test('what is missing, no colour, or left out without a reason is said for each criterion', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    const given = await fullAnswers(app, 'green', {
      'data.source-of-truth': { mark: 'blue' },
      'data.data-owner': {},
    });
    await expect(app.act('dana', giveFullScore, given)).rejects.toMatchObject({
      fields: {
        'data.source-of-truth': expect.stringContaining('“blue” is not a colour'),
        'data.data-owner': expect.stringContaining('Please choose a colour'),
      },
    });
    const silent = await fullAnswers(app, 'green', { 'data.data-owner': { mark: 'none' } });
    await expect(app.act('dana', giveFullScore, silent)).rejects.toMatchObject({
      fields: { 'data.data-owner': expect.stringContaining('why “A named data owner” does not apply') },
    });
  });

  test('pages are kept as a draft until the score is given', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    const page = (answers: object) => ({ seat: 'claims', rubric: 'production-readiness@1', answers });
    await app.act(
      'dana',
      keepScoreDraft,
      page({ 'data.source-of-truth': { mark: 'red', note: 'Two copies.' } }),
    );
    await app.act('dana', keepScoreDraft, page({ 'change.adoption': { note: 'later' } }));
    const draft = () => draftOf(app.app.store.read, app.org, app.people.dana, draftAbout(seat));
    expect((await draft())!.values).toEqual({
      'data.source-of-truth': { mark: 'red', note: 'Two copies.' },
      'change.adoption': { note: 'later' },
    });
    await app.act('dana', giveFullScore, await fullAnswers(app, 'yellow'));
    expect(await draft()).toBeUndefined();
  });

  test('a member is told who may; a colour that is none is answered for its dimension', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    await expect(app.act('bo', giveScore, FIRST)).rejects.toMatchObject({
      code: 'forbidden',
      message: 'You may not do this. A reviewer (Ana Flores, Dana Okafor) may.',
    });
    const { change: _, ...rest } = MARKS;
    await expect(
      app.act('dana', giveScore, { seat: 'claims', marks: { ...rest, data: 'blue' } }),
    ).rejects.toMatchObject({
      fields: {
        data: expect.stringContaining('“blue” is not a colour for Data readiness'),
        change: expect.stringContaining('Please choose a colour for Change ownership'),
      },
    });
    await expect(app.act('dana', giveScore, { ...FIRST, evidence: 'wiki' })).rejects.toThrow('https://');
    await expect(app.act('dana', giveScore, { ...FIRST, seat: 'clams' })).rejects.toThrow(
      'Did you mean “claims”?',
    );
    await app.app.store.write((tx) =>
      tx.update(tx.t.seats).set({ stage: 'retired' }).where(eq(tx.t.seats.org, app.org)).returning(),
    );
    await expect(app.act('dana', giveScore, FIRST)).rejects.toThrow('retired and is not scored any more');
  });

  test('a score that was asked for and does not come becomes an issue, and its coming settles it', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    const { read } = app.app.store;
    const ask = { seat: 'claims', reviewers: [app.people.dana], due: '2d', note: 'Before the board.' };
    await app.act('ana', requestScores, ask);
    await expect(app.act('ana', requestScores, ask)).rejects.toThrow('asked to score claims already');
    expect(await openScoreRequests(read, app.org, [seat])).toHaveLength(1);
    app.advance(3 * DAY);
    await app.follow();
    const issue = await issueByRef(read, app.org, 'CLAIMS-1');
    expect(issue).toMatchObject({
      title: 'The readiness score of Dana Okafor is overdue',
      severity: 3,
      state: 'open',
    });
    await app.act('dana', giveScore, FIRST);
    await app.follow();
    expect(await issueByRef(read, app.org, 'CLAIMS-1')).toMatchObject({ state: 'solved' });
    expect(await openScoreRequests(read, app.org, [seat])).toEqual([]);
  });

  test('a score that comes at the very moment it is overdue leaves no issue open', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    const { read } = app.app.store;
    const refs: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      await app.act('ana', requestScores, { seat: 'claims', reviewers: [app.people.dana], due: '2d' });
      const request = (await scoreRequestsOf(read, app.org, app.people.dana)).find(
        (r) => r.state === 'open',
      )!;
      app.advance(3 * DAY);
      const [late] = await Promise.all([
        app.act('coxswain', overdueScore, { request: request.id }),
        app.act('dana', giveScore, FIRST),
      ]);
      await app.follow();
      if (late.ref !== null) refs.push(late.ref);
    }
    const issues = await Promise.all(refs.map((ref) => issueByRef(read, app.org, ref)));
    expect(issues.filter((issue) => issue?.state !== 'solved')).toEqual([]);
  });

  test('only reviewers can be asked; what is not wanted any more is never overdue', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    const ask = (who: string) =>
      app.act('ana', requestScores, { seat: 'claims', reviewers: [who], due: '2d' });
    await expect(ask(app.people.bo)).rejects.toThrow('Bo Lindqvist cannot score');
    await expect(
      app.act('ana', requestScores, { seat: 'claims', reviewers: [app.people.dana], due: 'yesterday' }),
    ).rejects.toMatchObject({ hint: expect.stringContaining('due=fri') });
    await ask(app.people.dana);
    await app.act('ana', cancelRequest, { seat: 'claims', reviewer: app.people.dana });
    app.advance(3 * DAY);
    await app.follow();
    expect(await issueByRef(app.app.store.read, app.org, 'CLAIMS-1')).toBeUndefined();
  });

  test('who leaves, or is no reviewer any more, is asked no longer, and cannot be asked or score', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    const { read } = app.app.store;
    const { dana, eli } = app.people;
    await app.act('ana', grantRole, { person: eli, role: 'reviewer' });
    await app.act('ana', requestScores, { seat: 'claims', reviewers: [dana, eli], due: '2d' });
    app.advance(3 * DAY);
    await app.follow();
    expect(await issueByRef(read, app.org, 'CLAIMS-2')).toMatchObject({ state: 'open' });

    await app.act('ana', grantRole, { person: eli, role: 'member' });
    await app.act('coxswain', refreshPerson, { person: dana, guest: false, active: false });
    await app.follow();
    expect(await openScoreRequests(read, app.org, [seat])).toEqual([]);
    const issues = await Promise.all(['CLAIMS-1', 'CLAIMS-2'].map((ref) => issueByRef(read, app.org, ref)));
    expect(issues.map((issue) => issue?.state)).toEqual(['solved', 'solved']);

    const ask = app.act('ana', requestScores, { seat: 'claims', reviewers: [dana] });
    await expect(ask).rejects.toThrow('only active members');
    await expect(app.act('dana', giveScore, FIRST)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(app.act('eli', giveScore, FIRST)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('who is asked is told when they work: not on a public holiday, and once they are back', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    const { read } = app.app.store;
    const berlin = (day: number, hour: number) => Date.UTC(2026, 11, day, hour - 1);
    const told = async (due: string) => {
      await app.act('ana', requestScores, { seat: 'claims', reviewers: [app.people.dana], due });
      const [request] = await openScoreRequests(read, app.org, [seat]);
      const about = `score-request:${request!.id}`;
      const [asked, reminded] = await Promise.all(
        ['asked', 'reminded'].map((why) => messageByKey(read, app.org, `${about}:${why}`)),
      );
      await app.act('ana', cancelRequest, { seat: 'claims', reviewer: app.people.dana });
      return [asked?.notBefore, reminded?.notBefore];
    };
    await app.act('dana', setOwn, { zone: 'Europe/Berlin', hours: '9-17 mon-fri', country: 'DE' });
    // Thursday evening; Christmas is a Friday.
    app.clock.moveTo(berlin(24, 20));
    expect(await told('2026-12-31')).toEqual([berlin(28, 9), berlin(30, 9)]);
    await app.act('dana', goAway, { until: '2026-12-30' });
    expect(await told('2027-01-06')).toEqual([berlin(30, 9), berlin(31 + 5, 9)]);
    // Back when little is left, nobody is reminded at once; not back in time, they are asked as if they were there.
    expect(await told('2026-12-31')).toEqual([berlin(30, 9), undefined]);
    expect(await told('2026-12-29')).toEqual([berlin(28, 9), undefined]);
  });

  test('nobody waits for the score of a seat that is retired', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    await app.act('ana', requestScores, { seat: 'claims', reviewers: [app.people.dana], due: '2d' });
    await app.act('ana', moveSeat, { seat: 'claims', stage: 'retired', because: 'Not needed.' });
    app.advance(3 * DAY);
    await app.follow();
    expect(await openScoreRequests(app.app.store.read, app.org, [seat])).toEqual([]);
    expect(await issueByRef(app.app.store.read, app.org, 'CLAIMS-1')).toBeUndefined();
    const ask = { seat: 'claims', reviewers: [app.people.dana] };
    await expect(app.act('ana', requestScores, ask)).rejects.toThrow('retired and is not scored any more');
  });

  test('what was typed for a version that is gone is kept, and the form begins with the new one', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app, { stage: 'pilot' });
    const old = await fullAnswers(app, 'green', {
      'data.retention': { mark: 'red', note: 'Nobody knows how long.' },
    });
    await app.act('dana', keepScoreDraft, old);
    await appoint(app, 'bo', 'business', seat);
    await app.act('ana', grantRole, { person: app.people.eli, role: 'governor' });
    await app.act('ana', proposeRubric, { yaml: printRubric(changedRubric()), reason: 'Auditors.' });
    for (const who of ['bo', 'eli'] as const)
      await app.act(who, approveRubric, { key: SEAT_RUBRIC, version: 2 });

    await expect(app.act('dana', giveFullScore, old)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('What you typed is kept'),
    });
    const { read } = app.app.store;
    const found = (await seatById(read, app.org, seat))!;
    const form = await loadFullScore(read, app.org, found, app.people.dana, draftAbout(seat));
    expect(form.held.version).toBe(2);
    expect(form.lost.map((typed) => typed.note)).toContain('Nobody knows how long.');
    // Sending the first page of the new version leaves what was typed on the others.
    const page = { 'data.source-of-truth': { mark: 'yellow' } };
    await app.act('dana', keepScoreDraft, { seat: 'claims', rubric: form.held.name, answers: page });
    const again = await loadFullScore(read, app.org, found, app.people.dana, draftAbout(seat));
    expect(again.draft).toMatchObject({ ...page, 'change.adoption': { mark: 'green' } });
  });
});
