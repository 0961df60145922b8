import { describe, expect, test } from 'vitest';
import { escalationOf } from '../../db/escalations.ts';
import { issueByRef, openIssues } from '../../db/issues.ts';
import { acknowledgeIssue, newIssue, solveIssue } from '../../src/actions/issue/index.ts';
import { stepEscalations } from '../../src/actions/escalation/index.ts';
import { CoxswainError } from '../../src/errors.ts';
import { type TestApp, type Who, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { addClaims, appoint } from '../support/ship.ts';

const LESSON = {
  cause: 'A new form.',
  fix: 'Taught it the form.',
  lesson: 'Forms change: ask the product team.',
};

/** Bo owns `claims`, Cem its platform; Eli saw something. */
async function raised(app: TestApp, severity = 2): Promise<string> {
  const seat = await addClaims(app);
  await appoint(app, 'cem', 'platform', seat);
  const { ref } = await app.act('eli', newIssue, { seat: 'claims', title: 'Refuses hail', severity });
  expect(ref).toBe('CLAIMS-1');
  return ref;
}

const messageOf = (outcome: PromiseSettledResult<unknown>): string =>
  outcome.status === 'rejected' && outcome.reason instanceof CoxswainError
    ? outcome.reason.message
    : 'went through';

describe.each(ENGINES)('issues on %s', (engine) => {
  test('anyone raises an issue; its number runs by seat', async () => {
    const app = await testApp(engine);
    await raised(app);
    const many = await Promise.all(
      [1, 2, 3, 4].map(() => app.act('dana', newIssue, { seat: 'claims', title: 'Again', severity: 4 })),
    );
    expect(many.map((m) => m.ref).toSorted()).toEqual(['CLAIMS-2', 'CLAIMS-3', 'CLAIMS-4', 'CLAIMS-5']);
    expect((await openIssues(app.app.store.read, app.org, { limit: 3 })).map((i) => i.severity)).toEqual([
      2, 4, 4,
    ]);
  });

  test('what is typed wrong is answered beside its field', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    await expect(
      app.act('eli', newIssue, {
        seat: 'claims',
        title: ' ',
        severity: 9,
        link: 'javascript:alert(1)',
        kind: 'x',
      }),
    ).rejects.toMatchObject({
      code: 'invalid',
      fields: {
        title: 'Please give what is wrong, in one line.',
        severity: 'The severity is a whole number from 1 to 4 (1 is critical, 4 is low).',
        link: 'Please give the link as a web address that starts with https://.',
        kind: '“x” is not a kind of issue: choose drift, incident, exception, risk, blocker, feedback.',
      },
    });
  });

  test('acknowledging stops the escalation; a second one is told who was first', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    const ref = await raised(app);
    const { id } = (await issueByRef(read, app.org, ref))!;
    expect(await escalationOf(read, app.org, id)).toMatchObject({ state: 'running', step: 0 });
    await app.act('bo', acknowledgeIssue, { issue: '#claims-1' });
    expect(await issueByRef(read, app.org, ref)).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: app.people.bo,
      acknowledgedAt: app.clock.now(),
    });
    expect(await escalationOf(read, app.org, id)).toMatchObject({ state: 'watching' });
    await expect(app.act('cem', acknowledgeIssue, { issue: ref })).rejects.toMatchObject({
      code: 'conflict',
      message: 'CLAIMS-1 is already acknowledged by Bo Lindqvist.',
    });
    await expect(app.act('bo', acknowledgeIssue, { issue: ref })).rejects.toMatchObject({
      code: 'conflict',
      message: 'You already have CLAIMS-1.',
    });
  });

  test('of two who acknowledge at the same moment one wins and the other is told who', async () => {
    const app = await testApp(engine);
    const ref = await raised(app);
    const askers: Who[] = ['bo', 'cem', 'ana'];
    const outcomes = await Promise.allSettled(
      askers.map((who) => app.act(who, acknowledgeIssue, { issue: ref })),
    );
    const issue = (await issueByRef(app.app.store.read, app.org, ref))!;
    const winner = askers.find((who) => app.people[who] === issue.acknowledgedBy)!;
    const name = { bo: 'Bo Lindqvist', cem: 'Cem Yıldız', ana: 'Ana Flores' }[winner as 'bo' | 'cem' | 'ana'];
    const expected = askers.map((who) =>
      who === winner ? 'went through' : `CLAIMS-1 is already acknowledged by ${name}.`,
    );
    expect(outcomes.map(messageOf)).toEqual(expected);
  });

  test('twenty clicks on Acknowledge are one, and all of them get its answer', async () => {
    const app = await testApp(engine);
    const ref = await raised(app);
    const click = () => app.act(app.ctxOf('bo', 'delivery-7'), acknowledgeIssue, { issue: ref });
    const answers = await Promise.all(Array.from({ length: 20 }, click));
    expect(new Set(answers.map((a) => a.ref))).toEqual(new Set([ref]));
    const { read } = app.app.store;
    const entries = await read.select().from(read.t.auditEntries);
    expect(entries.filter((e) => e.action === 'issue.acknowledge')).toHaveLength(1);
  });

  test('acknowledging at the very moment of the timeout leaves one final state', async () => {
    const app = await testApp(engine);
    const { read } = app.app.store;
    const ref = await raised(app, 1);
    const { id } = (await issueByRef(read, app.org, ref))!;
    const escalation = (await escalationOf(read, app.org, id))!.id;
    await Promise.all([
      app.act('coxswain', stepEscalations, { due: [{ escalation, step: 0, repeats: 0 }] }),
      app.act('bo', acknowledgeIssue, { issue: ref }),
    ]);
    expect(await issueByRef(read, app.org, ref)).toMatchObject({ state: 'acknowledged' });
    expect(await escalationOf(read, app.org, id)).toMatchObject({ state: 'watching' });
  });

  test('solving asks for cause, fix and lesson, and can be done without acknowledging first', async () => {
    const app = await testApp(engine);
    const ref = await raised(app);
    await expect(app.act('bo', solveIssue, { issue: ref, cause: 'x' })).rejects.toMatchObject({
      fields: { fix: 'Please give what was done.', lesson: 'Please give what was learned, and why.' },
    });
    await app.act('bo', solveIssue, { issue: ref, ...LESSON });
    expect(await issueByRef(app.app.store.read, app.org, ref)).toMatchObject({
      state: 'solved',
      ...LESSON,
      solvedBy: app.people.bo,
      acknowledgedBy: app.people.bo,
      openFor: null,
    });
    const bySomebody = { code: 'conflict', message: 'CLAIMS-1 is already solved by Bo Lindqvist.' };
    await expect(app.act('cem', solveIssue, { issue: ref, ...LESSON })).rejects.toMatchObject(bySomebody);
    await expect(app.act('cem', acknowledgeIssue, { issue: ref })).rejects.toMatchObject(bySomebody);
    expect(await openIssues(app.app.store.read, app.org, { limit: 5 })).toEqual([]);
  });

  test('who is neither owner nor pinged nor governor is told who may', async () => {
    const app = await testApp(engine);
    const ref = await raised(app);
    const before = await app.app.store.read.select().from(app.app.store.read.t.auditEntries);
    await expect(app.act('dana', acknowledgeIssue, { issue: ref })).rejects.toMatchObject({
      code: 'forbidden',
      message:
        'You may not do this. An owner of the seat (Bo Lindqvist, Cem Yıldız) or who has it or was pinged about it or a governor (Ana Flores) may.',
    });
    expect(await issueByRef(app.app.store.read, app.org, ref)).toMatchObject({ state: 'open' });
    expect(await app.app.store.read.select().from(app.app.store.read.t.auditEntries)).toEqual(before);
  });
});
