import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { DAY } from '../../src/clock.ts';
import { foundClaims, onScreen, type } from '../stories/crew.ts';
import { berlin, startCoxswain } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import { dump } from '../support/dump.ts';
import { newToken, request } from '../support/machine.ts';

const READING = { seat: 'claims', metric: 'acceptance', value: 91 };

describe.each(ENGINES)('tokens for machines, %s', (engine) => {
  test('a governor makes one by a form; it is shown once, only to her, and ends when she says so', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const form = (await type(c, 'ana', 'token new')).modal;
    await form.fill({ Name: 'CI runs!' }).submit();
    expect(form.values).toMatchObject({ Name: 'CI runs!' });
    const done = await form.fill({ Name: 'ci' }).submit();
    expect(done.errors).toEqual({});
    const [token = ''] = /cxs_\w{16}_[\w-]{43}/.exec(onScreen(c, 'ana')) ?? [];
    expect(token).not.toBe('');
    expect(onScreen(c, 'ana')).toContain('It may log readings on every seat, until 2027-02-07.');
    const reading = () => request(c, '/api/v1/readings', { token, body: READING });
    expect((await reading()).status).toBe(200);

    const listed = (await type(c, 'ana', 'token list')).only;
    expect(listed.ephemeral).toBe(true);
    expect(listed.text).toContain('ci: log readings on every seat');
    expect(listed.text).toContain('last used 2026-11-09 10:00');
    expect(listed.text).not.toContain(token);

    expect((await type(c, 'ana', 'token new ci')).text).toContain('There is a token “ci” already');
    expect((await type(c, 'ana', 'token revoke cl')).text).toContain('Did you mean “ci”?');
    expect((await type(c, 'ana', 'token revoke ci')).text).toContain('revoked');
    const refused = await reading();
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('Bearer');
    expect(refused.body.detail).toBe('This token was revoked.');
    expect((await type(c, 'ana', 'token list')).text).toContain('No tokens');
  });

  test('an owner makes one for the own seat; others make none and are told who may', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'ana', 'seat add fraud "Fraud screening" "Flags nine of ten frauds"');
    expect((await type(c, 'bo', 'token new bot')).text).toContain('an owner of a seat, for that seat alone');
    expect((await type(c, 'bo', 'token new bot seat=fraud')).text).toContain('You may not do this');
    expect((await type(c, 'eli', 'token new')).text).toContain('A governor (Ana Lindt)');
    const { token } = await newToken(c, 'bot seat=claims scope=readings,read', 'bo');
    expect((await type(c, 'bo', 'token list')).text).toContain('on claims');
    expect((await type(c, 'eli', 'token list')).text).toContain('No tokens');
    expect((await type(c, 'eli', 'token revoke bot')).text).toContain('You may not do this');

    expect((await request(c, '/api/v1/readings', { token, body: READING })).status).toBe(200);
    // What is not its own seat it is not told of, whether it exists or not.
    for (const seat of ['fraud', 'nowhere']) {
      const answers = await Promise.all([
        request(c, '/api/v1/readings', { token, body: { ...READING, seat } }),
        request(c, '/api/v1/readings', { token, body: { readings: [READING, { ...READING, seat }] } }),
        request(c, `/api/v1/seats/${seat}`, { token }),
        request(c, `/api/v1/seats/${seat}/metrics`, { token }),
      ]);
      for (const { status, body } of answers) {
        expect(status).toBe(403);
        expect(body.detail).toBe('The token “bot” is for the seat claims only.');
      }
    }
    const wide = await request(c, '/api/v1/issues', { token, body: { seat: 'claims', title: 'Hm' } });
    expect(wide.status).toBe(403);
    expect(wide.body.detail).toContain('it needs the scope issues:write');
    expect((await type(c, 'cem', 'token revoke bot')).text).toContain('revoked');
  });

  test('it ends on its day, and a bad line is answered with what to type', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    expect((await type(c, 'ana', 'token new ci scope=reading')).text).toContain(
      'choose among readings, read, issues, alerts',
    );
    expect((await type(c, 'ana', 'token new ci expires=5m')).text).toContain('an hour at least');
    const { token } = await newToken(c, 'ci expires=2d');
    await c.until(berlin('11-09 10:00') + 2 * DAY - 1);
    expect((await request(c, '/api/v1/readings', { token, body: READING })).status).toBe(200);
    await c.until(berlin('11-09 10:00') + 2 * DAY);
    const { status, body } = await request(c, '/api/v1/readings', { token, body: READING });
    expect([status, body.detail]).toEqual([401, expect.stringContaining('has expired')]);
    expect((await type(c, 'ana', 'token list')).text).toContain('expired 2026-11-11');
  });

  test('neither database, nor audit log, nor log holds what was shown', async () => {
    const lines: string[] = [];
    const to = new Writable({
      write(chunk: Buffer, _, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    const c = await startCoxswain(engine, { log: createLog('trace', to) });
    await foundClaims(c);
    const { token, secret } = await newToken(c, 'grafana scope=alerts,readings');
    expect(secret).toMatch(/^[\w-]{43}$/);
    await request(c, '/api/v1/readings', { token, body: READING });
    await request(c, '/api/v1/readings', { token: `${token.slice(0, -1)}!`, body: READING });
    await request(c, '/api/v1/readings', { token, body: { ...READING, value: 'Authorization' } });
    const kept = JSON.stringify(await dump(c.app.store.read, c.org)) + lines.join('');
    expect(kept).toContain('token.create');
    for (const shown of [token, token.split('_')[2]!, secret]) expect(kept).not.toContain(shown);
  });
});
