import { describe, expect, test } from 'vitest';
import { signalsOf } from '../../db/issues.ts';
import { issueOfPriority, priorityByRef } from '../../db/priorities.ts';
import { mergeIssue, newIssue, reopenIssue, solveIssue } from '../../src/actions/issue/index.ts';
import { addPriority, endPriority, trackPriority } from '../../src/actions/priority/index.ts';
import { DAY } from '../../src/clock.ts';
import { loadPriorities, loadSeatPriorities } from '../../src/queries/priority.ts';
import { seatByKey } from '../../db/seats.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { ENGINES, type Engine } from '../support/databases.ts';
import { addClaims } from '../support/ship.ts';

async function withClaims(engine: Engine): Promise<TestApp> {
  const app = await testApp(engine);
  await addClaims(app, { channel: await app.channel('claims') });
  return app;
}

const lines = async (app: TestApp) => {
  const { read } = app.app.store;
  const seat = (await seatByKey(read, app.org, 'claims'))!;
  return loadPriorities(read, app.org, 'Europe/Berlin', [seat], app.clock.now());
};

describe.each(ENGINES)('priorities on %s', (engine) => {
  test('seven a seat and quarter; what is dropped leaves its place, what is done does not', async () => {
    const app = await withClaims(engine);
    const add = (title: string, more = {}) => app.act('bo', addPriority, { seat: 'claims', title, ...more });
    for (let i = 1; i <= 7; i += 1) expect((await add(`Goal ${i}`)).ref).toBe(`CLAIMS-P${i}`);
    await expect(add('One more')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('7 priorities for 2026-Q4 already'),
    });
    await app.act('bo', endPriority, { priority: 'CLAIMS-P1', state: 'done' });
    await expect(add('One more')).rejects.toMatchObject({ code: 'conflict' });
    await app.act('ana', endPriority, { priority: 'claims-p2', state: 'dropped', note: 'No budget.' });
    expect((await add('One more')).ref).toBe('CLAIMS-P8');
    expect((await add('Later', { quarter: 'Q1 2027' })).quarter).toBe('2027-Q1');
    await expect(add('Past', { quarter: '2026-Q3' })).rejects.toMatchObject({ code: 'invalid' });
    await expect(app.act('bo', endPriority, { priority: 'CLAIMS-P2', state: 'done' })).rejects.toMatchObject({
      message: 'CLAIMS-P2 is already dropped.',
    });
    // A later quarter is no business of this one.
    expect((await lines(app)).map((l) => l.priority.ref)).not.toContain('CLAIMS-P9');
  });

  test('many at the same moment never take more than seven places', async () => {
    const app = await withClaims(engine);
    const results = await Promise.allSettled(
      Array.from({ length: 9 }, (_, i) => app.act('bo', addPriority, { seat: 'claims', title: `Goal ${i}` })),
    );
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(7);
  });

  test('off track opens one issue, joins it the next week, and back on track is told there', async () => {
    const app = await withClaims(engine);
    const { read } = app.app.store;
    await app.act('bo', addPriority, { seat: 'claims', title: 'Half the hand-offs', owner: app.people.cem });
    const { id } = (await priorityByRef(read, app.org, 'CLAIMS-P1'))!;
    const track = (on: boolean, more = {}) =>
      app.act('cem', trackPriority, { priority: 'CLAIMS-P1', on, ...more });
    expect(await track(true)).toMatchObject({ week: '2026-W47', issue: null });
    const off = await track(false, { note: 'The vendor is late.' });
    expect(off.issue).toBe('CLAIMS-1');
    // The same word again is no news.
    expect((await track(false)).issue).toBe('CLAIMS-1');
    const open = (await issueOfPriority(read, app.org, id))!;
    expect((await signalsOf(read, app.org, open.id, 9)).map((s) => s.sentence)).toEqual([
      'Cem Yıldız says that CLAIMS-P1 is off track in 2026-W47: The vendor is late.',
    ]);
    app.advance(7 * DAY);
    expect((await track(false)).issue).toBe('CLAIMS-1');
    expect((await track(true)).issue).toBe('CLAIMS-1');
    expect((await signalsOf(read, app.org, open.id, 9)).map((s) => s.sentence)).toEqual(
      expect.arrayContaining([
        'Cem Yıldız says that CLAIMS-P1 is off track in 2026-W48',
        'Cem Yıldız says that CLAIMS-P1 is back on track in 2026-W48',
      ]),
    );
    await app.act('bo', solveIssue, { issue: 'CLAIMS-1', cause: 'a', fix: 'b', lesson: 'c' });
    app.advance(7 * DAY);
    expect((await track(false)).issue).toBe('CLAIMS-2');
    expect((await lines(app))[0]).toMatchObject({ word: { on: false, week: '2026-W49', stale: false } });
    // Issues of people have nothing to do with it.
    await app.act('eli', newIssue, { seat: 'claims', title: 'Hail' });
    expect((await issueOfPriority(read, app.org, id))?.ref).toBe('CLAIMS-2');
  });

  test('reopened or merged, its issue stays the one about it', async () => {
    const app = await withClaims(engine);
    await app.act('bo', addPriority, { seat: 'claims', title: 'Half the hand-offs', owner: app.people.cem });
    const track = (on: boolean, note: string) =>
      app.act('cem', trackPriority, { priority: 'CLAIMS-P1', on, note });
    expect((await track(false, 'Late.')).issue).toBe('CLAIMS-1');
    await app.act('bo', solveIssue, { issue: 'CLAIMS-1', cause: 'a', fix: 'b', lesson: 'c' });
    await app.act('eli', reopenIssue, { issue: 'CLAIMS-1', because: 'Still late.' });
    expect((await track(false, 'Later.')).issue).toBe('CLAIMS-1');

    await app.act('eli', newIssue, { seat: 'claims', title: 'The vendor' });
    await app.act('bo', mergeIssue, { issue: 'CLAIMS-1', into: 'CLAIMS-2' });
    expect((await track(true, 'Soon.')).issue).toBe('CLAIMS-2');

    await app.act('bo', solveIssue, { issue: 'CLAIMS-2', cause: 'a', fix: 'b', lesson: 'c' });
    expect((await track(false, 'No.')).issue).toBe('CLAIMS-3');
    await expect(app.act('eli', reopenIssue, { issue: 'CLAIMS-2', because: 'Again.' })).rejects.toMatchObject(
      {
        code: 'conflict',
        message: 'CLAIMS-3 is open for the same priority already. Add what you know to it.',
      },
    );
  });

  test('its owner and the accountable one say the word, nobody else', async () => {
    const app = await withClaims(engine);
    await app.act('ana', addPriority, { seat: 'claims', title: 'Half', owner: app.people.cem });
    const word = { priority: 'CLAIMS-P1', on: true };
    await app.act('cem', trackPriority, word);
    await app.act('bo', trackPriority, word);
    await expect(app.act('eli', trackPriority, word)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(app.act('eli', addPriority, { seat: 'claims', title: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(app.act('bo', trackPriority, { ...word, priority: 'CLAIMS-P9' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('what is open when its quarter ends is overdue, not lost', async () => {
    const app = await withClaims(engine);
    const { read } = app.app.store;
    await app.act('bo', addPriority, { seat: 'claims', title: 'Half the hand-offs' });
    app.advance(60 * DAY);
    expect(await lines(app)).toMatchObject([
      { overdue: true, priority: { ref: 'CLAIMS-P1', quarter: '2026-Q4' } },
    ]);
    const seat = (await seatByKey(read, app.org, 'claims'))!;
    await app.act('bo', addPriority, { seat: 'claims', title: 'New' });
    const shown = await loadSeatPriorities(read, app.org, seat, app.clock.now());
    expect([shown.quarter, shown.lines.map((l) => [l.priority.ref, l.overdue])]).toEqual([
      '2027-Q1',
      [
        ['CLAIMS-P1', true],
        ['CLAIMS-P2', false],
      ],
    ]);
    await app.act('bo', endPriority, { priority: 'CLAIMS-P1', state: 'done' });
    expect((await lines(app)).map((l) => l.priority.ref)).toEqual(['CLAIMS-P2']);
  });
});
