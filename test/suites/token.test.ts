import { describe, expect, test } from 'vitest';
import { tokenById } from '../../db/tokens.ts';
import { newIssue } from '../../src/actions/issue/index.ts';
import { grantRole } from '../../src/actions/org/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { addSeat } from '../../src/actions/seat/index.ts';
import { createToken, revokeToken, signingSecretOf } from '../../src/actions/token/index.ts';
import { sha256 } from '../../src/ids.ts';
import { testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { CLAIMS, addAcceptance, addClaims } from '../support/ship.ts';

const readings = [{ seat: 'claims', metric: 'acceptance', value: 91 }];

describe.each(ENGINES)('tokens on %s', (engine) => {
  test('what is kept is a hash and a sealed secret; a repeated call is told that it was shown before', async () => {
    const app = await testApp(engine);
    const make = () => app.act('ana', createToken, { name: 'ci', scopes: 'alerts' }, 'click-1');
    const first = await make();
    expect(first.token).toMatch(/^cxs_/);
    expect(await make()).toEqual({ ...first, token: null, signingSecret: null });
    const kept = (await tokenById(app.app.store.read, app.org, first.id))!;
    expect(kept.hash).toBe(sha256(first.token!));
    expect(signingSecretOf(app.keys, kept)).toBe(first.signingSecret);
    expect(() => signingSecretOf(app.keys, { ...kept, id: 'other' })).toThrow('altered');
  });

  test('two who take the same name at the same moment: one gets it', async () => {
    const app = await testApp(engine);
    const made = await Promise.allSettled([1, 2, 3].map(() => app.act('ana', createToken, { name: 'ci' })));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('a token does what its scope says, in its own organisation, until it is revoked', async () => {
    const app = await testApp(engine);
    await addClaims(app);
    await addAcceptance(app);
    const other = await app.found('Quay Bank');
    const { id } = await app.act('ana', createToken, { name: 'ci' });
    const machine = app.ctxAs({ kind: 'token', token: id });
    await app.act(machine, logReadings, { readings });
    await expect(app.act(machine, newIssue, { seat: 'claims', title: 'Hm' })).rejects.toMatchObject({
      code: 'forbidden',
      message: 'The token “ci” may not do this: it needs the scope issues:write.',
    });
    await expect(app.act(machine, addSeat, { ...CLAIMS, key: 'b' })).rejects.toMatchObject({
      code: 'forbidden',
      message: 'You may not do this. A person may.',
    });
    await expect(app.act(machine, grantRole, { person: app.people.bo, role: 'admin' })).rejects.toMatchObject(
      { code: 'forbidden' },
    );
    await expect(app.act({ ...machine, org: other.org }, logReadings, { readings })).rejects.toMatchObject({
      code: 'forbidden',
      message: 'This token is not valid any more.',
    });
    await app.act('ana', revokeToken, { name: 'ci' });
    await expect(app.act(machine, logReadings, { readings })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
