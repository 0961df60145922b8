import { describe, expect, test } from 'vitest';
import { stageHistory } from '../../db/stages.ts';
import { escalationOf } from '../../db/escalations.ts';
import { issueById } from '../../db/issues.ts';
import { openPriorities } from '../../db/priorities.ts';
import { newIssue } from '../../src/actions/issue/index.ts';
import { addPriority } from '../../src/actions/priority/index.ts';
import { moveSeat } from '../../src/actions/seat/index.ts';
import { DAY } from '../../src/clock.ts';
import { loadExecutive } from '../../src/queries/executive.ts';
import { listSeats, seatByKey } from '../../db/seats.ts';
import { type TestApp, type Who, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { addClaims, addStandingClaims, appoint } from '../support/ship.ts';

const move = (app: TestApp, who: Who, stage: string, because = 'Decided on Tuesday.') =>
  app.act(who, moveSeat, { seat: 'claims', stage, because });

describe.each(ENGINES)('stages on %s', (engine) => {
  test('upwards a governor decides, one stage at a time, and pilot is left with four owners', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app);
    await expect(move(app, 'bo', 'pilot')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(move(app, 'ana', 'build')).rejects.toMatchObject({
      message: 'Claims triage is in proposed: upwards it goes one stage at a time, so to pilot.',
    });
    await expect(move(app, 'ana', 'pilot', ' ')).rejects.toMatchObject({
      message: 'Please give the reason.',
    });
    expect(await move(app, 'ana', 'pilot')).toMatchObject({ seat: 'claims', from: 'proposed', to: 'pilot' });
    await expect(move(app, 'ana', 'build')).rejects.toMatchObject({
      message: expect.stringContaining('business, product, platform, governance are vacant'),
    });
    for (const role of ['business', 'product', 'platform', 'governance'] as const)
      await appoint(app, 'cem', role, seat);
    await move(app, 'ana', 'build');
    await expect(move(app, 'ana', 'build')).rejects.toMatchObject({ code: 'conflict' });
    const history = await stageHistory(app.app.store.read, app.org, seat, 9);
    expect(history.map((h) => [h.from, h.to, h.name, h.reason])).toEqual([
      ['pilot', 'build', 'Ana Flores', 'Decided on Tuesday.'],
      ['proposed', 'pilot', 'Ana Flores', 'Decided on Tuesday.'],
    ]);
  });

  test('what is open about a seat ends when it is retired, and stays ended when it comes back', async () => {
    const app = await testApp(engine);
    const seat = await addClaims(app, { stage: 'pilot' });
    const issue = await app.act('eli', newIssue, { seat: 'claims', title: 'Hail', severity: 2 });
    await app.act('bo', addPriority, { seat: 'claims', title: 'Half the hand-offs' });
    const { read } = app.app.store;
    expect(await move(app, 'bo', 'retired', 'Nobody used it.')).toMatchObject({
      ended: { issues: ['CLAIMS-1'], priorities: ['CLAIMS-P1'] },
    });
    expect(await issueById(read, app.org, issue.id)).toMatchObject({
      state: 'dropped',
      dropReason: 'The seat was retired: Nobody used it.',
    });
    expect((await escalationOf(read, app.org, issue.id))?.nextAt ?? null).toBeNull();
    expect(await openPriorities(read, app.org, [seat])).toEqual([]);
    await move(app, 'ana', 'proposed', 'There is a budget again.');
    expect(await openPriorities(read, app.org, [seat])).toEqual([]);
  });

  test('down or out the accountable owner decides, too; retired it is in no list, and the funnel knows a clean stop', async () => {
    const app = await testApp(engine);
    await addClaims(app, { stage: 'pilot' });
    const { read } = app.app.store;
    await expect(move(app, 'eli', 'retired')).rejects.toMatchObject({ code: 'forbidden' });
    app.advance(30 * DAY);
    expect((await loadExecutive(read, app.org, app.clock.now())).funnel).toMatchObject({
      piloted: 1,
      reached: 0,
      stopped: 0,
    });
    await move(app, 'bo', 'retired', 'Nobody used it.');
    expect(await listSeats(read, app.org)).toEqual([]);
    const view = await loadExecutive(read, app.org, app.clock.now());
    expect(view).toMatchObject({ seats: 0, worst: [], funnel: { piloted: 1, reached: 0, stopped: 1 } });
    for (const who of ['bo', 'eli', 'ana'] as const)
      await expect(move(app, who, 'retired')).rejects.toMatchObject({
        code: 'conflict',
        message: 'Claims triage is retired already.',
      });
  });

  test('retiring is no way round the ladder: back it comes by a governor’s word only, to the first stage', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    await move(app, 'bo', 'retired', 'Nobody used it.');
    await expect(move(app, 'bo', 'proposed')).rejects.toMatchObject({
      code: 'forbidden',
      message: 'Only a governor (Ana Flores) takes a retired seat back.',
    });
    for (const stage of ['pilot', 'build', 'rollout', 'production'])
      await expect(move(app, 'ana', stage)).rejects.toMatchObject({
        message: 'Claims triage is retired: it comes back to proposed.',
        hint: 'seat move claims proposed because="…"',
      });
    await move(app, 'ana', 'proposed', 'There is a budget again.');
    await expect(move(app, 'ana', 'production')).rejects.toMatchObject({ code: 'invalid' });
    expect((await seatByKey(app.app.store.read, app.org, 'claims'))?.stage).toBe('proposed');
  });

  test('two at the same moment: one wins', async () => {
    const app = await testApp(engine);
    await addStandingClaims(app, { stage: 'production' });
    const results = await Promise.allSettled([move(app, 'ana', 'pilot'), move(app, 'bo', 'pilot')]);
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
  });
});
