import { describe, expect, test } from 'vitest';
import { escalationOf } from '../../db/escalations.ts';
import { listIssues, signalsOf } from '../../db/issues.ts';
import { rulesThatHold } from '../../db/rules.ts';
import { drillSeat } from '../../src/actions/escalation/index.ts';
import {
  acknowledgeIssue,
  assignIssue,
  dropIssue,
  mergeIssue,
  newIssue,
  noteIssue,
  reopenIssue,
  solveIssue,
} from '../../src/actions/issue/index.ts';
import { addRule, endRule } from '../../src/actions/rule/index.ts';
import { DAY, HOUR } from '../../src/clock.ts';
import { loadIssueList } from '../../src/queries/issue.ts';
import { rulesFor } from '../../src/queries/rules.ts';
import { loadSeatLines } from '../../src/queries/seat.ts';
import { seatByKey } from '../../db/seats.ts';
import { testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { LESSON, SOLVED, named, raised, said } from '../support/raised.ts';

describe.each(ENGINES)('issues between people on %s', (engine) => {
  test('one becomes part of the other with all its evidence, and the worse severity stays', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    await raised(app, { severity: 4 });
    await app.act('dana', newIssue, { seat: 'claims', title: 'Refuses storms', severity: 1 });
    await app.act('dana', noteIssue, {
      issue: 'CLAIMS-2',
      text: 'And floods.',
      link: 'https://example.com/1',
    });
    await expect(app.act('bo', mergeIssue, { issue: 'CLAIMS-1', into: 'CLAIMS-1' })).rejects.toMatchObject({
      message: 'CLAIMS-1 cannot become part of itself.',
    });
    await app.act('bo', mergeIssue, { issue: 'CLAIMS-2', into: 'CLAIMS-1' });
    const [whole, part] = [await named(app), await named(app, 'CLAIMS-2')];
    expect(part).toMatchObject({ state: 'dropped', mergedInto: whole.id, closedBy: app.people.bo });
    expect(whole).toMatchObject({ state: 'open', severity: 1 });
    expect(await signalsOf(read, app.org, whole.id, 9)).toHaveLength(2);
    expect(await signalsOf(read, app.org, part.id, 9)).toEqual([]);
    expect((await said(app)).toSorted()).toEqual([
      'And floods.',
      'CLAIMS-2 became part of this: Refuses storms',
    ]);
    expect(await escalationOf(read, app.org, part.id)).toMatchObject({ state: 'ended' });
    expect(await escalationOf(read, app.org, whole.id)).toMatchObject({ state: 'running', because: 'worse' });
    await expect(app.act('bo', reopenIssue, { issue: 'CLAIMS-2', because: 'Back' })).rejects.toMatchObject({
      message: 'CLAIMS-2 became part of CLAIMS-1, and its evidence stands there.',
    });
  });

  test('two who merge crosswise: one wins, nothing is lost', async () => {
    const app = await testApp(engine);
    await raised(app);
    await app.act('dana', newIssue, { seat: 'claims', title: 'Refuses storms' });
    const outcomes = await Promise.allSettled([
      app.act('bo', mergeIssue, { issue: 'CLAIMS-1', into: 'CLAIMS-2' }),
      app.act('cem', mergeIssue, { issue: 'CLAIMS-2', into: 'CLAIMS-1' }),
    ]);
    expect(outcomes.map((o) => o.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const both = [await named(app), await named(app, 'CLAIMS-2')];
    expect(both.map((i) => i.state).toSorted()).toEqual(['dropped', 'open']);
    const open = both.find((i) => i.state === 'open')!;
    expect(await signalsOf(app.app.store.read, app.org, open.id, 9)).toHaveLength(2);
  });

  test('handed over: open until the new person takes it, and the first acknowledgement is kept', async () => {
    const app = await testApp(engine);
    await raised(app);
    await app.act('bo', acknowledgeIssue, { issue: 'CLAIMS-1' });
    const first = app.clock.now();
    app.advance(HOUR);
    await app.act('bo', assignIssue, { issue: 'CLAIMS-1', person: app.people.eli, because: 'Eli saw it.' });
    expect(await named(app)).toMatchObject({ state: 'open', assignee: app.people.eli });
    const { read } = app.app.store;
    expect(await escalationOf(read, app.org, (await named(app)).id)).toMatchObject({
      state: 'running',
      handedTo: app.people.eli,
      handedBy: app.people.bo,
    });
    // Eli owns nothing here, but the issue is theirs now.
    await app.act('eli', acknowledgeIssue, { issue: 'CLAIMS-1' });
    expect(await named(app)).toMatchObject({
      state: 'acknowledged',
      assignee: app.people.eli,
      acknowledgedBy: app.people.bo,
      acknowledgedAt: first,
    });
    await expect(app.act('cem', acknowledgeIssue, { issue: 'CLAIMS-1' })).rejects.toMatchObject({
      message: 'CLAIMS-1 is already acknowledged by Eli Novak.',
    });
    await expect(
      app.act('cem', assignIssue, { issue: 'CLAIMS-1', person: app.people.eli }),
    ).rejects.toMatchObject({ message: 'Eli Novak already has CLAIMS-1.' });
    await app.act('cem', assignIssue, { issue: 'CLAIMS-1', person: app.people.cem });
    expect(await named(app)).toMatchObject({ state: 'acknowledged', assignee: app.people.cem });
    await app.act('eli', noteIssue, { issue: 'CLAIMS-1', text: 'Ask me.' });
    expect(await said(app)).toEqual(['Ask me.', 'Handed to Eli Novak: Eli saw it.']);
  });

  test('lists: what is late, what is mine, and all there ever were', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    await raised(app);
    await app.act('dana', newIssue, { seat: 'claims', title: 'Slow', severity: 4 });
    await app.act('dana', newIssue, { seat: 'claims', title: 'Old', severity: 3 });
    await app.act('bo', dropIssue, { issue: 'CLAIMS-3', because: 'Noise.' });
    await app.act('cem', acknowledgeIssue, { issue: 'CLAIMS-2' });
    const refs = async (q: Parameters<typeof listIssues>[2]) =>
      (await loadIssueList(read, app.org, q)).map(
        (l) => `${l.issue.ref} ${l.overdue ?? '-'} ${l.holder ?? '-'}`,
      );
    const now = app.clock.now() + 5 * HOUR;
    const base = { now, limit: 9 };
    expect(await refs({ ...base, only: 'open' })).toEqual([
      'CLAIMS-1 acknowledge -',
      'CLAIMS-2 - Cem Yıldız',
    ]);
    expect(await refs({ ...base, only: 'overdue' })).toEqual(['CLAIMS-1 acknowledge -']);
    expect(await refs({ ...base, only: 'overdue', now: now + 40 * DAY })).toEqual([
      'CLAIMS-1 solve -',
      'CLAIMS-2 solve Cem Yıldız',
    ]);
    expect(await refs({ ...base, only: 'mine', person: app.people.cem })).toEqual(['CLAIMS-2 - Cem Yıldız']);
    expect(await refs({ ...base, only: 'mine', person: app.people.eli })).toEqual([]);
    expect(await refs({ ...base, only: 'all' })).toHaveLength(3);

    await app.act('bo', drillSeat, { seat: 'claims', severity: 1 });
    expect(await refs({ ...base, only: 'overdue' })).toEqual(['CLAIMS-1 acknowledge -']);
    expect(await refs({ ...base, only: 'open' })).toContain('CLAIMS-4 - -');
    expect((await loadSeatLines(read, app.org)).map((line) => line.openIssues)).toEqual([2]);
  });

  test('a lesson becomes a rule for the seats that it fits, until it ends with a reason', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    await raised(app);
    const solved = await app.act('cem', solveIssue, { ...SOLVED, rule: 'yes', fits: 'ai, high' });
    expect(solved).toMatchObject({ rule: 'R1' });
    await app.act('ana', addRule, { text: 'Name who is asked at night', why: 'Nobody was.' });
    expect(await rulesThatHold(read, app.org)).toMatchObject([
      { ref: 'R1', text: LESSON.lesson, why: LESSON.cause, fits: { holder: 'ai', risk: 'high' } },
      { ref: 'R2', fits: {} },
    ]);
    const claims = (await seatByKey(read, app.org, 'claims'))!;
    const fitting = async (risk: 'low' | 'high') =>
      (await rulesFor(read, app.org, { ...claims, risk })).map((r) => r.ref);
    expect([await fitting('low'), await fitting('high')]).toEqual([['R2'], ['R1', 'R2']]);
    await expect(app.act('eli', addRule, { text: 'x', why: 'y', fits: 'robots' })).rejects.toMatchObject({
      fields: { fits: expect.stringContaining('“robots” does not say which seats it fits') },
    });
    await expect(app.act('eli', addRule, { text: 'x', why: 'y' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(app.act('eli', endRule, { rule: 'R1', because: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await app.act('cem', endRule, { rule: 'r1', because: 'The form is stable.' });
    expect(await fitting('high')).toEqual(['R2']);
    await expect(app.act('ana', endRule, { rule: 'R1', because: 'x' })).rejects.toMatchObject({
      message: 'R1 has ended already: The form is stable.',
    });
    const three = await Promise.all(
      [1, 2, 3].map((n) => app.act('ana', addRule, { text: `Rule ${n}`, why: 'Because.' })),
    );
    expect(three.map((r) => r.ref).toSorted()).toEqual(['R3', 'R4', 'R5']);
  });
});
