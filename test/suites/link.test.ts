import { describe, expect, test } from 'vitest';
import { escalationOf, pingsOf } from '../../db/escalations.ts';
import { messageByKey } from '../../db/messages.ts';
import { ownersOfSeat } from '../../db/owners.ts';
import { accountsOf, personById } from '../../db/people.ts';
import { approvalsOf } from '../../db/rubrics.ts';
import { seatByKey } from '../../db/seats.ts';
import { scoreRequestsOf } from '../../db/scores.ts';
import { stepEscalations } from '../../src/actions/escalation/index.ts';
import { acknowledgeIssue, newIssue } from '../../src/actions/issue/index.ts';
import { connectTenant, grantRole, meetPerson } from '../../src/actions/org/index.ts';
import {
  askSingle,
  confirmLink,
  confirmSingle,
  goAway,
  makeLinkCode,
  redeemLink,
  refuseLink,
} from '../../src/actions/person/index.ts';
import { approveRubric, proposeRubric } from '../../src/actions/rubric/index.ts';
import { requestScores } from '../../src/actions/score/index.ts';
import { acceptSeat, addSeat, moveSeat, ownSeat, setSeatVisibility } from '../../src/actions/seat/index.ts';
import type { Ctx } from '../../src/context.ts';
import { HOUR, MINUTE } from '../../src/clock.ts';
import { SEAT_RUBRIC } from '../../src/rubrics/builtin.ts';
import { printRubric } from '../../src/rubrics/read.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { MONDAY, type TestApp, testApp } from '../support/app.ts';
import { type Engine, ENGINES } from '../support/databases.ts';
import { changedRubric, makeReadiness } from '../support/readiness.ts';
import { CLAIMS, addAcceptance, addClaims, appoint } from '../support/ship.ts';

const TEAMS = { platform: 'teams', tenant: 'tenant-1' };

/** Both platforms are connected; on Teams nobody has told an address. */
async function scene(engine: Engine) {
  const app = await testApp(engine);
  await app.act('coxswain', connectTenant, { platform: 'slack', tenant: app.tenant, name: 'Harbour' });
  await app.act('coxswain', connectTenant, { ...TEAMS, name: 'Harbour' });
  const onTeams = async (ref: string, email?: string): Promise<string> => {
    const user = { ...TEAMS, ref, name: `${ref} on Teams`, guest: false, admin: false };
    const met = await app.act('coxswain', meetPerson, email === undefined ? user : { ...user, email });
    return met.person;
  };
  const as = (person: string): Ctx => app.ctxAs({ kind: 'person', person });
  return { app, onTeams, as };
}

const codeOf = async (app: TestApp, by: Ctx | 'bo' | 'cem' | 'dana' | 'ana'): Promise<string> =>
  (await app.act(by, makeLinkCode, {})).code!;

const row = (app: TestApp, id: string) => personById(app.app.store.read, app.org, id);

describe.each(ENGINES)('two accounts of one human, %s', (engine) => {
  test('everything that is open goes over, and history stays what it was', async () => {
    const { app, onTeams, as } = await scene(engine);
    const { read } = app.app.store;
    const twin = await onTeams('bo');
    const seat = await addClaims(app, { channel: await app.channel('claims') });
    await addAcceptance(app);
    await appoint(app, 'cem', 'platform', seat);
    await app.act('cem', goAway, { until: 'fri', delegate: app.people.bo });
    const { id: issue } = await app.act('eli', newIssue, { seat: 'claims', title: 'Hail', severity: 2 });
    const chain = (await escalationOf(read, app.org, issue))!;
    await app.act('coxswain', stepEscalations, { due: [{ escalation: chain.id, step: 0, repeats: 0 }] });
    await app.act('ana', grantRole, { person: twin, role: 'reviewer' });
    await app.act('ana', requestScores, { seat: 'claims', reviewers: [twin], due: '5d' });

    const code = await codeOf(app, as(twin));
    // Bo's account is shown whose code it is, and nothing has happened yet.
    expect(await app.act('bo', redeemLink, { code })).toEqual({ state: 'ask', person: twin });
    expect((await row(app, twin))!.active).toBe(true);
    // A reviewer gives a role away: that account has to say yes.
    expect(await app.act('bo', redeemLink, { code, sure: true })).toMatchObject({ state: 'waits' });
    expect(await app.act(as(twin), confirmLink, { person: app.people.bo })).toEqual({
      state: 'linked',
      person: twin,
    });

    expect(await row(app, app.people.bo)).toMatchObject({ active: false, mergedInto: twin, role: 'member' });
    expect(await row(app, twin)).toMatchObject({ active: true, role: 'reviewer' });
    expect(await accountsOf(read, app.org, [twin])).toMatchObject([
      { platform: 'slack' },
      { platform: 'teams' },
    ]);
    const owners = await ownersOfSeat(read, app.org, seat);
    expect(owners.find((o) => o.role === 'accountable')).toMatchObject({ person: twin, acceptedAt: MONDAY });
    expect((await row(app, app.people.cem))!.delegate).toBe(twin);
    expect(await scoreRequestsOf(read, app.org, twin)).toHaveLength(1);
    const [ping] = await pingsOf(read, app.org, issue);
    expect(ping!.person).toBe(twin);
    expect(await messageByKey(read, app.org, `pings:${app.people.bo}:${MONDAY}`)).toMatchObject({
      toId: twin,
      subject: `pings:${twin}:${MONDAY}`,
      args: { person: twin, from: MONDAY },
    });
    await expect(app.act('bo', acknowledgeIssue, { issue: 'CLAIMS-1' })).rejects.toThrow('not active');
    await app.act(as(twin), acknowledgeIssue, { issue: 'CLAIMS-1' });
    expect(await verifyAudit(app.app.store, app.keys, app.org)).toMatchObject({ ok: true });
  });

  test('who gives no authority away need not say yes, and the weaker account never gets more by itself', async () => {
    const { app, onTeams, as } = await scene(engine);
    // The plain member made the code, the admin redeems: who redeems has seen whose it is.
    const twin = await onTeams('ana');
    const { state, person } = await app.act('ana', redeemLink, {
      code: await codeOf(app, as(twin)),
      sure: true,
    });
    expect([state, person]).toEqual(['linked', app.people.ana]);
    expect((await row(app, app.people.ana))!.role).toBe('admin');
    // The admin made the code, a plain account redeems: nothing happens until the admin says yes.
    const other = await onTeams('mallory');
    const code = await codeOf(app, 'ana');
    expect(await app.act(as(other), redeemLink, { code, sure: true })).toMatchObject({ state: 'waits' });
    expect(await row(app, other)).toMatchObject({ role: 'member', active: true });
    await app.act('ana', refuseLink, { person: other });
    await expect(app.act('ana', confirmLink, { person: other })).rejects.toThrow('does not wait for you');
    expect(await row(app, other)).toMatchObject({ role: 'member', active: true });
  });

  test('seats that one of the accounts may not see count, and go over, too', async () => {
    const { app, onTeams, as } = await scene(engine);
    const { read } = app.app.store;
    const twin = await onTeams('bo');
    const secret = async (key: string, person: string) => {
      const { id } = await app.act('ana', addSeat, { ...CLAIMS, key });
      await app.act('ana', ownSeat, { seat: key, role: 'accountable', person });
      const [offer] = await ownersOfSeat(read, app.org, id);
      await app.act(as(person), acceptSeat, { owner: offer!.id });
      await app.act('ana', setSeatVisibility, { seat: key, visibility: 'governors', because: 'Secret.' });
      return id;
    };
    const [theirs, bos] = [await secret('audit', twin), await secret('claims', app.people.bo)];
    const code = await codeOf(app, as(twin));
    expect(await app.act('bo', redeemLink, { code, sure: true })).toMatchObject({ state: 'waits' });
    await app.act(as(twin), confirmLink, { person: app.people.bo });
    for (const seat of [theirs, bos])
      expect(await ownersOfSeat(read, app.org, seat)).toMatchObject([{ person: twin }]);
  });

  test('a code works once, for a quarter of an hour, until the next one, and is not guessed', async () => {
    const { app, onTeams, as } = await scene(engine);
    const twin = as(await onTeams('bo'));
    const old = await codeOf(app, 'bo');
    const code = await codeOf(app, 'bo');
    const redeem = (typed: string, by = twin) => app.act(by, redeemLink, { code: typed });
    expect(await redeem(old)).toEqual({ state: 'wrong', person: null });
    expect(await app.act('bo', redeemLink, { code })).toEqual({ state: 'own', person: null });
    expect(await redeem(code.toLowerCase().replaceAll('-', ' '))).toMatchObject({ state: 'ask' });
    app.advance(15 * MINUTE);
    expect(await redeem(code)).toMatchObject({ state: 'wrong' });
    const fresh = await codeOf(app, 'bo');
    for (let i = 0; i < 3; i += 1) await redeem(`WRNG-CODE-${i}`);
    await expect(redeem(fresh)).rejects.toMatchObject({ code: 'limited' });
    app.advance(HOUR);
    expect(await redeem(await codeOf(app, 'bo'))).toMatchObject({ state: 'ask' });
  });

  test('the same address links by itself; two of one address are nobody', async () => {
    const { app, onTeams } = await scene(engine);
    expect(await onTeams('x1', 'bo@example.com')).toBe(app.people.bo);
    expect(await onTeams('x2', 'bo@example.com')).not.toBe(app.people.bo);
  });
});

/** Ana proposes a version; Bo owns a business, Cem is a governor. */
async function proposal(engine: Engine) {
  const s = await scene(engine);
  const { app } = s;
  const seat = await addClaims(app);
  await app.act('ana', moveSeat, { seat: 'claims', stage: 'pilot', because: 'Users are there.' });
  await appoint(app, 'bo', 'business', seat);
  await app.act('ana', grantRole, { person: app.people.cem, role: 'governor' });
  await app.act('ana', proposeRubric, { yaml: printRubric(changedRubric()), reason: 'Auditors asked.' });
  const approve = (by: 'bo' | 'cem' | Ctx) => app.act(by, approveRubric, { key: SEAT_RUBRIC, version: 2 });
  return { ...s, approve };
}

describe.each(ENGINES)('who might have a second account, %s', (engine) => {
  test('approves nothing until linked or confirmed by another admin', async () => {
    const { app, onTeams, approve } = await proposal(engine);
    await expect(approve('bo')).rejects.toMatchObject({ code: 'forbidden', offer: 'link' });
    await expect(app.act('bo', confirmSingle, { person: app.people.bo })).rejects.toThrow(
      'Another admin may',
    );
    await expect(app.act('cem', confirmSingle, { person: app.people.bo })).rejects.toThrow('An admin');
    expect(await app.act('bo', askSingle, {})).toEqual({ confirmed: false, admins: ['Ana Flores'] });
    await expect(approve('bo')).rejects.toMatchObject({ offer: 'link' });
    await app.act('ana', confirmSingle, { person: app.people.bo });
    expect(await approve('bo')).toMatchObject({ as: 'business', adopted: false });
    await onTeams('cem', 'cem@example.com');
    expect(await approve('cem')).toMatchObject({ as: 'governor', adopted: true });
    await expect(app.act('bo', askSingle, {})).rejects.toThrow('Nobody doubts it');
  });

  test('the only admin says it of themselves; nobody else does', async () => {
    const { app, approve } = await proposal(engine);
    await expect(app.act('ana', confirmSingle, { person: app.people.ana })).rejects.toThrow(
      'Another admin may',
    );
    expect(await app.act('ana', askSingle, {})).toEqual({ confirmed: true, admins: [] });
    await expect(approve('bo')).rejects.toMatchObject({ offer: 'link' });
  });

  test('what two accounts of one human approved counts once, and not if they proposed it', async () => {
    const { app, onTeams, as, approve } = await proposal(engine);
    const twin = await onTeams('bo');
    for (const person of [app.people.bo, twin]) await app.act('ana', confirmSingle, { person });
    await approve('bo');
    // Whoever lied is found out when the accounts are linked.
    const code = await codeOf(app, as(twin));
    await app.act('bo', redeemLink, { code, sure: true });
    const given = () => approvalsOf(app.app.store.read, app.org, SEAT_RUBRIC, 2);
    const [approval] = await given();
    const first = [app.people.bo, twin].find((id) => id === approval!.person);
    expect((await row(app, first!))!.active).toBe(true);
    // Ana proposed it: an account of hers that approved does not count any more.
    const second = await onTeams('ana');
    await app.act('ana', grantRole, { person: second, role: 'governor' });
    await app.act('ana', confirmSingle, { person: second });
    expect(await approve(as(second))).toMatchObject({ adopted: true });
  });

  test('an approval of the proposer’s other account is taken back when it is linked', async () => {
    const { app, onTeams, as, approve } = await proposal(engine);
    const second = await onTeams('ana');
    await app.act('ana', grantRole, { person: second, role: 'governor' });
    await app.act('ana', confirmSingle, { person: second });
    expect(await approve(as(second))).toMatchObject({ as: 'governor', adopted: false });
    await app.act(as(second), redeemLink, { code: await codeOf(app, 'ana'), sure: true });
    await app.act('ana', confirmLink, { person: second });
    expect(await approvalsOf(app.app.store.read, app.org, SEAT_RUBRIC, 2)).toEqual([]);
  });

  test('with one platform nobody is in doubt', async () => {
    const app = await testApp(engine);
    await app.act('coxswain', connectTenant, { platform: 'slack', tenant: app.tenant, name: 'Harbour' });
    await makeReadiness(app, await addClaims(app, { stage: 'pilot' }));
    expect((await seatByKey(app.app.store.read, app.org, 'claims'))!.stage).toBe('pilot');
  });
});
