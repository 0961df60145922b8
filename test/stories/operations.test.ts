import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ENGINES } from '../support/databases.ts';
import { type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { foundClaims, type } from './crew.ts';

const get = async (c: TestCoxswain, path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(new URL(path, c.running.url), { headers });
  return { status: answer.status, text: await answer.text() };
};

/** The value of a series in Prometheus' text format; its labels in any order. */
function valueOf(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  const found = lines.find((line) => Object.entries(labels).every(([k, v]) => line.includes(`${k}="${v}"`)));
  return found === undefined ? undefined : Number(found.slice(found.lastIndexOf(' ')));
}

describe.each(ENGINES)('what operators see, %s', (engine) => {
  test('/metrics counts what is done, what waits and what is open, and names nobody', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    await type(c, 'bo', 'log claims acceptance 71');
    await type(c, 'bo', 'log claims acceptance lots');
    const { status, text } = await get(c, '/metrics');
    expect(status).toBe(200);
    expect(valueOf(text, 'coxswain_action_seconds_count', { action: 'seat.add', outcome: 'ok' })).toBe(1);
    expect(valueOf(text, 'coxswain_action_seconds_count', { action: 'reading.log', outcome: 'ok' })).toBe(1);
    expect(valueOf(text, 'coxswain_inbound_seconds_count', { platform: 'slack', what: 'command' })).toBe(9);
    expect(valueOf(text, 'coxswain_delivery_seconds_count', { how: 'post', outcome: 'ok' })).toBeGreaterThan(
      3,
    );
    expect(valueOf(text, 'coxswain_request_seconds_count', { route: '/slack/events' })).toBeGreaterThan(7);
    expect(valueOf(text, 'coxswain_seats', { stage: 'pilot' })).toBe(1);
    expect(valueOf(text, 'coxswain_issues_open', { severity: '2' })).toBe(1);
    expect(valueOf(text, 'coxswain_installations', { platform: 'teams' })).toBe(1);
    expect(valueOf(text, 'coxswain_messages_due')).toBe(0);
    expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(text).not.toMatch(/claims|Bo Okafor|acceptance|U0/i);
    // What Prometheus reads: a line is a comment, or a name with labels and a number.
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(?:# (?:HELP|TYPE|UNIT) .*|[a-z_:]\w*(?:\{.*\})? (?:[\d.e+-]+|NaN|\+Inf))$/i);
  });

  test('a queue that does not move is seen', async () => {
    const c = await startCoxswain(engine);
    await foundClaims(c);
    c.slack.faults.next('*', 1000, { kind: '503' });
    await type(c, 'bo', 'log claims acceptance 71');
    await c.settle();
    c.clock.moveTo(berlin('11-09 11:00'));
    const { text } = await get(c, '/metrics');
    expect(valueOf(text, 'coxswain_messages_due')).toBeGreaterThan(0);
    expect(valueOf(text, 'coxswain_messages_oldest_seconds')).toBe(3600);
    expect(valueOf(text, 'coxswain_delivery_seconds_count', { outcome: 'transient' })).toBeGreaterThan(0);
  });
});

test('/metrics is for this machine, or for who has the token', async () => {
  const open = await startCoxswain('sqlite');
  const handedOn = await get(open, '/metrics', { 'x-forwarded-for': '203.0.113.7' });
  expect(handedOn).toMatchObject({ status: 403, text: expect.stringContaining('COXSWAIN_METRICS_TOKEN') });
  const token = 'a-token-for-prometheus';
  const closed = await startCoxswain('sqlite', { env: { COXSWAIN_METRICS_TOKEN: token } });
  expect((await get(closed, '/metrics')).status).toBe(401);
  expect((await get(closed, '/metrics', { authorization: 'Bearer another-token-entirely' })).status).toBe(
    401,
  );
  const scraped = await get(closed, '/metrics', {
    authorization: `Bearer ${token}`,
    'x-forwarded-for': '203.0.113.7',
  });
  expect(scraped.status).toBe(200);
});

test('/readyz says yes only while it works', async () => {
  const c = await startCoxswain('sqlite');
  expect(await get(c, '/healthz')).toMatchObject({ status: 200 });
  expect(await get(c, '/readyz')).toEqual({ status: 503, text: '{"ok":false,"why":"it is starting"}' });
  await c.running.coxswain.engine.start();
  expect(await get(c, '/readyz')).toEqual({ status: 200, text: '{"ok":true}' });
  const { store } = c.app;
  await store.close();
  expect(await get(c, '/readyz')).toEqual({
    status: 503,
    text: '{"ok":false,"why":"the database does not answer"}',
  });
});

interface Span {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

/** A collector that keeps what it is sent. */
async function collector(): Promise<{ url: string; bodies: Map<string, string[]> }> {
  const bodies = new Map<string, string[]>();
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const path = req.url ?? '';
      bodies.set(path, [...(bodies.get(path) ?? []), Buffer.concat(chunks).toString()]);
      res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}

test('a collector gets traces and figures, and nothing that people wrote', async () => {
  const far = await collector();
  const c = await startCoxswain('sqlite', { env: { OTEL_EXPORTER_OTLP_ENDPOINT: far.url } });
  await foundClaims(c);
  await type(c, 'bo', 'log claims acceptance 71 "a secret note"');
  await c.settle();
  await c.running.stop();
  const traces = far.bodies.get('/v1/traces') ?? [];
  const spans = traces.flatMap((body) =>
    (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap(
      (r) => r.scopeSpans.flatMap((s) => s.spans),
    ),
  );
  const logged = spans.find((span) => span.name === 'action reading.log');
  const asked = spans.find((span) => span.spanId === logged?.parentSpanId);
  expect(asked?.name).toBe('inbound slack command');
  expect(spans.some((span) => span.name === 'delivery slack post')).toBe(true);
  const figures = (far.bodies.get('/v1/metrics') ?? []).join('');
  expect(figures).toContain('coxswain_action_seconds');
  for (const said of ['a secret note', 'Claims triage', 'Okafor', 'U0'])
    expect(traces.join('') + figures).not.toContain(said);
});
