import { describe, expect, test } from 'vitest';
import { verifyAudit } from '../../src/queries/audit.ts';
import { foundClaims, posts, type } from '../stories/crew.ts';
import { type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import { newToken, request } from '../support/machine.ts';
import { movingWall } from '../support/wall.ts';

const READING = { seat: 'claims', metric: 'acceptance', value: 91 };
const READINGS = '/api/v1/readings';

const counting = async (c: TestCoxswain) => {
  const { read } = c.app.store;
  return (await read.select().from(read.t.readings)).length;
};

describe.each(ENGINES)('readings by machines, %s', (engine) => {
  test('one reading goes the way of a typed one, under the name of the token', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const { token } = await newToken(c, 'ci scope=readings,read');
    const before = await request(c, '/api/v1/seats/claims/metrics', { token });
    expect(before.body.metrics[0]).toMatchObject({
      latest: null,
      status: null,
      targetHigh: null,
      target: 90,
    });

    const logged = await request(c, READINGS, { token, body: { ...READING, value: 71, note: 'new prompt' } });
    expect([logged.status, logged.body]).toEqual([
      200,
      {
        accepted: 1,
        corrected: 0,
        green: 0,
        yellow: 0,
        red: 1,
        readings: [
          {
            seat: 'claims',
            metric: 'acceptance',
            period: '2026-W46',
            value: 71,
            status: 'red',
            unit: '%',
            corrected: null,
          },
        ],
      },
    ]);
    await c.settle();
    // A machine is nobody who could be spared the ping.
    await c.until(berlin('11-09 10:01'));
    expect(posts(c, 'bo').some((m) => m.text.includes('Acceptance rate is red'))).toBe(true);
    const corrected = await request(c, READINGS, { token, body: READING });
    expect(corrected.body).toMatchObject({ corrected: 1, readings: [{ value: 91, corrected: 71 }] });
    const after = await request(c, '/api/v1/seats/claims/metrics', { token });
    expect(after.body.metrics[0]).toMatchObject({
      status: 'green',
      latest: { value: 91, period: '2026-W46', reportedBy: 'token ci', note: null },
    });
    const seat = await request(c, '/api/v1/seats/claims', { token });
    expect(seat.body).toMatchObject({ key: 'claims', readiness: null, reportsTo: null });
    expect(JSON.stringify(seat.body)).not.toContain('@');
  });

  test(
    'ten thousand come at once, compressed, line by line; twice is once',
    { timeout: 60_000 },
    async () => {
      const c = await startCoxswain(engine);
      await foundClaims(c);
      await type(c, 'bo', 'metric add claims errors system % lower 2 1 cadence=daily');
      const { token, id } = await newToken(c, 'export');
      const day = (n: number) => new Date(Date.UTC(2026, 10, 8) - n * 86_400_000).toISOString().slice(0, 10);
      const lines = Array.from({ length: 10_000 }, (_, n) =>
        JSON.stringify({ seat: 'claims', metric: 'errors', value: n % 2, period: day(n) }),
      );
      const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': 'export-1' };
      const send = (body: string) => request(c, READINGS, { token, body, headers, gzip: true });
      const first = await send(lines.join('\n'));
      expect(first.body).toEqual({ accepted: 10_000, corrected: 0, green: 10_000, yellow: 0, red: 0 });
      expect((await send(`${lines.join('\n')}\n`)).body).toEqual(first.body);
      expect(await counting(c)).toBe(10_000);
      const other = await send(lines.slice(1).join('\n'));
      expect([other.status, other.body.detail]).toEqual([409, expect.stringContaining('already used')]);

      const { read } = c.app.store;
      const entry = (await read.select().from(read.t.auditEntries)).find((e) => e.action === 'reading.log')!;
      expect(entry.actor).toEqual({ kind: 'token', token: id });
      expect(entry.facts['batch']).toMatchObject({
        readings: 10_000,
        green: 10_000,
        hash: expect.stringMatching(/^[\da-f]{64}$/),
      });
      expect(JSON.stringify(entry.facts).length).toBeLessThan(500);
      expect((await verifyAudit(c.app.store, c.app.keys, c.org)).ok).toBe(true);
    },
  );

  test('a list is taken whole or not at all, and every fault is told by its place', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const { token } = await newToken(c, 'ci');
    const send = (readings: unknown) => request(c, READINGS, { token, body: { readings } });
    const known = await send([
      READING,
      { ...READING, metric: 'aceptance' },
      READING,
      { ...READING, seat: 'x' },
    ]);
    expect([known.status, known.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
    expect(known.body.detail).toContain('2 of 4 readings are wrong.');
    expect(known.body.errors).toEqual([
      { index: 1, detail: 'Seat “claims” has no number “aceptance”. Did you mean “acceptance”?' },
      { index: 3, detail: expect.stringContaining('There is no seat “x”.') },
    ]);
    const typed = await send([
      { ...READING, value: 'many' },
      READING,
      { seat: 'claims', metric: 'acceptance' },
    ]);
    expect(typed.body.errors).toEqual([
      { index: 0, detail: '“many” is not a number. Please give the value as a number like 0.92, 92 or 1,5.' },
      { index: 2, detail: 'Please give the value as a number.' },
    ]);
    const odd = await send([READING, { ...READING, perid: '2026-W45' }, 7]);
    expect(odd.body.errors).toEqual([
      {
        index: 1,
        detail: '“perid” is not known here. There are: seat, metric, value, note, period.',
      },
      { index: 2, detail: 'A reading is an object with seat, metric and value.' },
    ]);
    const future = await send([READING, { ...READING, period: '2027-W01' }]);
    expect(future.body.errors).toEqual([
      { index: 1, detail: '2027-W01 has not begun yet: readings are for the present or an earlier period.' },
    ]);
    const alone = await request(c, READINGS, { token, body: { ...READING, seat: 'clams' } });
    expect([alone.status, alone.body.detail]).toEqual([
      404,
      'There is no seat “clams”. Did you mean “claims”?',
    ]);
    expect(await counting(c)).toBe(0);
  });

  test('what cannot be read is refused in a sentence, and changes nothing', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const { token } = await newToken(c, 'ci');
    const wrong: [number, Parameters<typeof request>[2]][] = [
      [400, { token, body: '{"seat": ' }],
      [400, { token, body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` }],
      [400, { token, body: [READING] }],
      [400, { token, body: { readings: [] } }],
      [400, { token, body: { readings: READING } }],
      [400, { token, body: READING, headers: { 'idempotency-key': 'x'.repeat(201) } }],
      [400, { token, body: JSON.stringify(READING), headers: { 'content-encoding': 'gzip' } }],
      [401, { body: READING }],
      [401, { token: 'xoxb-1', body: READING }],
      [401, { token: `cxs_${'0'.repeat(16)}_${'A'.repeat(43)}`, body: READING }],
      [413, { token, body: { readings: Array.from({ length: 10_001 }, () => READING) } }],
      [413, { token, body: ' '.repeat(9 * 1024 * 1024), gzip: true }],
      [415, { token, body: READING, headers: { 'content-type': 'text/plain' } }],
      [415, { token, body: READING, headers: { 'content-encoding': 'br' } }],
      [405, { token, method: 'DELETE' }],
    ];
    for (const [status, sent] of wrong) {
      const answered = await request(c, READINGS, sent);
      expect(answered.status).toBe(status);
      expect(answered.body).toMatchObject({
        type: 'about:blank',
        status,
        detail: expect.stringMatching(/[.…]$/),
      });
    }
    expect((await request(c, '/api/v1/nothing', { token })).status).toBe(404);
    expect(await counting(c)).toBe(0);
  });
});

test('who asks too often waits as long as the answer says', async () => {
  const wall = movingWall();
  const c = await startCoxswain('sqlite', { wall, apiRate: 3 });
  await foundClaims(c);
  const { token } = await newToken(c, 'ci');
  const { token: another } = await newToken(c, 'cd');
  const log = (by = token) => request(c, READINGS, { token: by, body: READING });
  for (const _ of [1, 2, 3]) expect((await log()).status).toBe(200);
  const refused = await log();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '20']);
  expect((await log(another)).status).toBe(200);
  wall.pass(20_000);
  expect((await log()).status).toBe(200);
});
