import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MINUTE, wall } from '../../src/clock.ts';
import { foundClaims, titles, type } from '../stories/crew.ts';
import { type TestCoxswain, startCoxswain } from '../support/coxswain.ts';
import { ENGINES } from '../support/databases.ts';
import { newToken, request } from '../support/machine.ts';

const ALERTMANAGER = '/api/v1/hooks/alertmanager';
const GENERIC = '/api/v1/hooks/generic';

/** As Alertmanager and Grafana send it. */
const webhook = (status: 'firing' | 'resolved', startsAt: string, labels: object = {}) => ({
  version: '4',
  groupKey: '{}:{alertname="HighErrorRate"}',
  status,
  receiver: 'coxswain',
  alerts: [
    {
      status,
      labels: { alertname: 'HighErrorRate', severity: 'critical', seat: 'claims', ...labels },
      annotations: { summary: 'One answer in ten fails', description: 'For five minutes.' },
      startsAt,
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'https://prometheus.example.com/graph?g0.expr=x',
      fingerprint: 'c3a5f1d2e4b60718',
    },
  ],
});

const FIRST = '2026-11-20T08:00:00Z';
const SECOND = '2026-11-20T09:00:00Z';

const issuesOf = async (c: TestCoxswain) => {
  const { read } = c.app.store;
  return (await read.select().from(read.t.issues)).toSorted((a, b) => a.ref.localeCompare(b.ref));
};

describe.each(ENGINES)('alerts of machines, %s', (engine) => {
  test('an alert that fires opens one issue and pings; resolved, it settles it; again is a new one', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const { token } = await newToken(c, 'prometheus scope=alerts');
    const send = async (...args: Parameters<typeof webhook>) => {
      const { body } = await request(c, ALERTMANAGER, { token, body: webhook(...args) });
      return body.alerts?.[0] ?? body;
    };
    expect(await send('firing', FIRST)).toEqual({ outcome: 'opened', issue: 'CLAIMS-1' });
    await c.settle();
    expect((await issuesOf(c))[0]).toMatchObject({
      kind: 'incident',
      severity: 1,
      title: 'One answer in ten fails',
      detail: 'For five minutes.',
      link: 'https://prometheus.example.com/graph?g0.expr=x',
      openedBy: null,
    });
    expect(titles(c, 'bo').some((title) => title.startsWith('CLAIMS-1'))).toBe(true);

    expect(await send('firing', FIRST)).toEqual({ outcome: 'repeated', issue: 'CLAIMS-1' });
    expect(await send('resolved', FIRST)).toEqual({ outcome: 'settled', issue: 'CLAIMS-1' });
    expect((await issuesOf(c))[0]).toMatchObject({ state: 'solved', fix: 'The alert is over.' });
    // Late and repeated messages say what is known already.
    expect(await send('resolved', FIRST)).toMatchObject({ outcome: 'repeated' });
    expect(await send('firing', FIRST)).toMatchObject({ outcome: 'stale' });
    // The end came before the beginning: it is over, and opens nothing.
    expect(await send('resolved', SECOND)).toMatchObject({ outcome: 'noted' });
    expect(await send('firing', SECOND)).toMatchObject({ outcome: 'stale' });
    expect(await send('firing', '2026-11-20T10:00:00Z')).toEqual({ outcome: 'opened', issue: 'CLAIMS-2' });
    expect(await issuesOf(c)).toHaveLength(2);
  });

  test('one of a number joins its open issue, and does not settle what else is wrong', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const { token } = await newToken(c, 'prometheus scope=alerts,readings');
    await request(c, '/api/v1/readings', {
      token,
      body: { seat: 'claims', metric: 'acceptance', value: 60 },
    });
    await c.settle();
    const send = (status: 'firing' | 'resolved') =>
      request(c, ALERTMANAGER, { token, body: webhook(status, FIRST, { metric: 'acceptance' }) });
    expect((await send('firing')).body).toEqual({ alerts: [{ outcome: 'joined', issue: 'CLAIMS-1' }] });
    expect((await send('resolved')).body).toEqual({ alerts: [{ outcome: 'resolved', issue: 'CLAIMS-1' }] });
    expect(await issuesOf(c)).toMatchObject([{ ref: 'CLAIMS-1', state: 'open' }]);
    expect((await type(c, 'bo', 'issue show CLAIMS-1')).text).toContain('prometheus says that it is over');
  });

  test('of several alerts those that are clear are taken, and the others named', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const { token } = await newToken(c, 'prometheus scope=alerts');
    const [alert] = webhook('firing', FIRST).alerts;
    const { seat: _, ...homeless } = alert!.labels;
    const body = {
      alerts: [
        alert,
        { ...alert, fingerprint: 'b', labels: homeless },
        { ...alert, fingerprint: 'c', labels: { ...homeless, coxswain_seat: 'fraud' } },
      ],
    };
    const some = await request(c, ALERTMANAGER, { token, body });
    expect(some.status).toBe(400);
    expect(some.body.detail).toContain('1 of 3 alerts were taken.');
    expect(some.body.errors.map((e: { index: number }) => e.index)).toEqual([1, 2]);
    const named = await request(c, `${ALERTMANAGER}?seat=claims`, {
      token,
      body: { alerts: [body.alerts[1]] },
    });
    expect(named.body).toEqual({ alerts: [{ outcome: 'opened', issue: 'CLAIMS-2' }] });

    // A token of one seat says which seat is meant, and reaches no other.
    await type(c, 'ana', 'seat add fraud "Fraud screening" "Flags nine of ten frauds"');
    const { token: own } = await newToken(c, 'claims-only scope=alerts seat=claims');
    const meant = await request(c, ALERTMANAGER, { token: own, body: { alerts: [body.alerts[1]] } });
    expect(meant.body).toEqual({ alerts: [{ outcome: 'opened', issue: 'CLAIMS-3' }] });
    const other = await request(c, ALERTMANAGER, { token: own, body: { alerts: [body.alerts[2]] } });
    expect(other.status).toBe(403);
    const odd = await request(c, ALERTMANAGER, { token, body: { alerts: 'many' } });
    expect([odd.status, odd.body.detail]).toEqual([
      400,
      expect.stringContaining('not a webhook of Alertmanager'),
    ]);
  });

  test('a sender that signs needs no token; what is altered, old or replayed has no effect', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    const { id, secret } = await newToken(c, 'grafana scope=alerts');
    const hmac = (text: string, by = secret) => createHmac('sha256', by).update(text).digest('hex');
    const seconds = (at = wall.now()) => String(Math.floor(at / 1000));
    const text = JSON.stringify(webhook('firing', FIRST));
    const grafana = (headers: Record<string, string>, body = text, sender = id) =>
      request(c, `${ALERTMANAGER}?sender=${sender}`, { body, headers });
    const now = seconds();
    const stamped = (at: string, body = text) => ({
      'x-grafana-alerting-signature': hmac(`${at}:${body}`),
      'x-grafana-alerting-timestamp': at,
    });
    expect((await grafana(stamped(now))).body).toEqual({
      alerts: [{ outcome: 'opened', issue: 'CLAIMS-1' }],
    });
    expect((await grafana(stamped(now))).body).toEqual({
      alerts: [{ outcome: 'opened', issue: 'CLAIMS-1' }],
    });
    // Headers are not signed: another key does not make a replayed request a new one.
    expect((await grafana({ ...stamped(now), 'idempotency-key': 'again' })).body).toEqual({
      alerts: [{ outcome: 'opened', issue: 'CLAIMS-1' }],
    });
    expect((await grafana({ 'x-grafana-alerting-signature': hmac(text) })).body).toMatchObject({
      alerts: [{ outcome: 'repeated' }],
    });
    const refused = [
      await grafana(stamped(now), text.replace('claims', 'fraud')),
      await grafana(stamped(seconds(wall.now() - 6 * MINUTE))),
      await grafana(stamped(seconds(wall.now() + 6 * MINUTE))),
      await grafana({ ...stamped(now), 'x-grafana-alerting-timestamp': seconds(wall.now() - 60_000) }),
      await grafana({ 'x-grafana-alerting-signature': hmac(text, 'another') }),
      await grafana(stamped(now), text, 'nobody'),
      await grafana({}),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401, 401]);

    const event = JSON.stringify({
      key: 'eval',
      title: 'The evaluation failed',
      state: 'firing',
      seat: 'claims',
    });
    const sign = (at: string, body: string) => ({
      'x-coxswain-signature': `t=${at},v1=${hmac(`${at}.${body}`)}`,
    });
    const generic = (headers: Record<string, string>, body = event) =>
      request(c, `${GENERIC}?sender=${id}`, { body, headers });
    const first = sign(now, event);
    expect((await generic(first)).body).toEqual({ alerts: [{ outcome: 'opened', issue: 'CLAIMS-2' }] });
    const over = event.replace('firing', 'resolved');
    expect((await generic(sign(now, over), over)).body).toMatchObject({ alerts: [{ outcome: 'settled' }] });
    // The first message again, as somebody who listened would send it: no third issue.
    const beside = { 'x-coxswain-signature': `${first['x-coxswain-signature']},v1=${hmac('beside')}` };
    for (const replayed of [first, beside, { ...first, 'idempotency-key': 'again' }]) {
      const { body } = await generic(replayed);
      expect(body).toEqual({ alerts: [{ outcome: 'opened', issue: 'CLAIMS-2' }] });
    }
    expect(await issuesOf(c)).toHaveLength(2);
    expect((await generic(sign(seconds(wall.now() - 6 * MINUTE), event))).status).toBe(401);

    await type(c, 'ana', 'token revoke grafana');
    expect((await grafana(stamped(now))).status).toBe(401);
  });
});
