import { expect, test } from 'vitest';
import type { Endpoint } from '../../src/api/endpoint.ts';
import { ENDPOINTS } from '../../src/api/endpoints/index.ts';
import { problemSchema } from '../../src/api/problem.ts';
import { foundClaims, type } from '../stories/crew.ts';
import { startCoxswain } from '../support/coxswain.ts';
import { type Answered, newToken, request } from '../support/machine.ts';

type Document = {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, object> }>>;
};

const references = (value: unknown): string[] => {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === '$ref' && typeof item === 'string' ? [item] : references(item),
  );
};

test('the document is served, names every operation, and refers only to what it has', async () => {
  const c = await startCoxswain('sqlite');
  const { status, body } = await request(c, '/api/v1/openapi.json');
  const document = body as Document;
  expect([status, document.openapi]).toEqual([200, '3.1.0']);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => [method.toUpperCase(), path, operationId]),
  );
  expect(operations).toEqual(ENDPOINTS.map(({ method, path, id }) => [method, path, id]));
  for (const reference of references(body)) {
    const found = reference
      .slice(2)
      .split('/')
      .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], body);
    expect(found, reference).toBeDefined();
  }
});

test.each(
  ENDPOINTS.flatMap((e) =>
    Object.entries(e.body?.examples ?? {}).map(([name, x]) => [e.id, name, e, x] as const),
  ),
)('the example of %s called %s fits what is documented', (_id, _name, endpoint, example) => {
  expect(endpoint.body?.schema.safeParse(example).success).toBe(true);
});

test(
  'every documented status is really answered, in the documented form, and no other',
  { timeout: 60_000 },
  async () => {
    const c = await startCoxswain('sqlite', { apiRate: 60 });
    await foundClaims(c);
    await type(c, 'bo', 'metric add claims latency system ms lower 800 200');
    let made = 0;
    const fresh = async (scope: string) => (await newToken(c, `t${(made += 1)} scope=${scope}`)).token;
    const token = await fresh('readings,read,issues,alerts');

    const send = async (
      { method, path }: Endpoint,
      body: unknown,
      more: { token?: string | undefined; seat?: string; headers?: Record<string, string> } = {},
    ): Promise<Answered> =>
      request(c, path.replace('{key}', more.seat ?? 'claims'), {
        method,
        ...(body === undefined ? {} : { body }),
        ...('token' in more ? (more.token === undefined ? {} : { token: more.token }) : { token }),
        ...(more.headers === undefined ? {} : { headers: more.headers }),
      });

    for (const endpoint of ENDPOINTS) {
      const example: unknown = Object.values(endpoint.body?.examples ?? {})[0];
      const elsewhere = example === undefined ? undefined : { ...(example as object), seat: 'nowhere' };
      const { scope } = endpoint;
      const produce: Record<number, () => Promise<Answered>> = {
        200: () => send(endpoint, example),
        400: () => send(endpoint, 7),
        401: () => send(endpoint, example, { token: undefined }),
        403: async () =>
          send(endpoint, example, { token: await fresh(scope === 'seats:read' ? 'readings' : 'read') }),
        404: () => send(endpoint, elsewhere, { seat: 'nowhere' }),
        409: async () => {
          const headers = { 'idempotency-key': endpoint.id };
          await send(endpoint, example, { headers });
          const changed = JSON.stringify(example).replace(/fails|failed|repealed|91\.5/, '92');
          return send(endpoint, changed, { headers });
        },
        413: () => send(endpoint, ' '.repeat((endpoint.body?.mostBytes ?? 0) + 1)),
        415: () => send(endpoint, 'seat=claims', { headers: { 'content-type': 'text/plain' } }),
        429: async () => {
          const busy = await fresh('read');
          for (let i = 0; i < 60; i += 1) await request(c, '/api/v1/seats/claims', { token: busy });
          return send(endpoint, example, { token: busy });
        },
      };
      const documented = ((await request(c, '/api/v1/openapi.json')).body as Document).paths[endpoint.path]![
        endpoint.method.toLowerCase()
      ]!.responses;
      for (const status of Object.keys(documented).map(Number)) {
        const answered = await produce[status]!();
        expect([endpoint.id, answered.status, answered.body]).toEqual([
          endpoint.id,
          status,
          expect.anything(),
        ]);
        if (status === 200) expect(() => endpoint.answer.parse(answered.body)).not.toThrow();
        else expect(problemSchema.parse(answered.body).status).toBe(status);
      }
      const others = Object.keys(produce)
        .map(Number)
        .filter((status) => !(status in documented));
      for (const status of others)
        if (endpoint.body === undefined) expect([400, 409, 413, 415]).toContain(status);
        else expect([404]).toContain(status);
    }
  },
);
