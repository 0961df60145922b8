import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { SCOPE_MEANINGS, TOKEN_SCOPES } from '../domain/token.ts';
import type { Json, JsonObject } from '../ui/card.ts';
import type { Endpoint } from './endpoint.ts';
import { ENDPOINTS } from './endpoints/index.ts';
import { problemSchema } from './problem.ts';

/** What zod makes of it, as plain JSON. Guarantee of the cast: JSON schemas are JSON. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): JsonObject => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest as unknown as JsonObject;
};

const KEY_PARAMETER: JsonObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A second request with the same key gets the first one’s result and does nothing; with another body it is refused with 409. Kept for seven days.',
  schema: { type: 'string', maxLength: 200 },
};

const SENDER_PARAMETER: JsonObject = {
  name: 'sender',
  in: 'query',
  required: false,
  description: 'With a signature: the id of the token, which is its middle part.',
  schema: { type: 'string' },
};

const SEAT_PARAMETER: JsonObject = {
  name: 'seat',
  in: 'query',
  required: false,
  description: 'The seat of alerts that have no label “seat”.',
  schema: { type: 'string' },
};

function parametersOf({ path, method, signed }: Endpoint): JsonObject[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]): JsonObject => ({
    name: name!,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  return [
    ...inPath,
    ...(method === 'POST' ? [KEY_PARAMETER] : []),
    ...(signed === undefined ? [] : [SENDER_PARAMETER]),
    ...(signed === 'grafana' ? [SEAT_PARAMETER] : []),
  ];
}

function bodyOf({ body }: Endpoint): JsonObject {
  if (body === undefined) return {};
  const schema = schemaOf(body.schema, 'input');
  const examples = Object.fromEntries(
    // Guarantee of the cast: examples are written as JSON.
    Object.entries(body.examples).map(([name, value]) => [name, { value: value as Json }]),
  );
  const lines: JsonObject = { 'application/x-ndjson': { schema: { type: 'string' } } };
  return {
    requestBody: {
      required: true,
      content: { 'application/json': { schema, examples }, ...(body.lines !== undefined ? lines : {}) },
    },
  };
}

/** Statuses of every operation, beside its own. */
const ALWAYS = [401, 403, 429] as const;

/** Every status that an operation may answer beside 200. */
const problemsOf = (endpoint: Endpoint): readonly number[] =>
  [...new Set([...ALWAYS, ...endpoint.problems])].toSorted((a, b) => a - b);

function responsesOf(endpoint: Endpoint): JsonObject {
  const problems = problemsOf(endpoint).map((status) => [
    String(status),
    {
      description: STATUS_CODES[status] ?? '',
      ...(status === 429
        ? { headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds' } } }
        : {}),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]);
  return {
    '200': {
      description: 'Done',
      content: { 'application/json': { schema: schemaOf(endpoint.answer, 'output') } },
    },
    ...Object.fromEntries(problems),
  };
}

function operationOf(endpoint: Endpoint): JsonObject {
  const { id, summary, description, scope, signed } = endpoint;
  const signature = signed === 'own' ? 'signature' : 'grafanaSignature';
  return {
    operationId: id,
    summary,
    description: `${description === undefined ? '' : `${description} `}Needs the scope ${scope}.`,
    security: [{ token: [] }, ...(signed === undefined ? [] : [{ [signature]: [] }])],
    parameters: parametersOf(endpoint),
    ...bodyOf(endpoint),
    responses: responsesOf(endpoint),
  };
}

/** The OpenAPI 3.1 document, made from the same schemas that the handlers check with. */
export function openApi(version: string): JsonObject {
  const paths: Record<string, Record<string, Json>> = {};
  for (const endpoint of ENDPOINTS)
    (paths[endpoint.path] ??= {})[endpoint.method.toLowerCase()] = operationOf(endpoint);
  const scopes = TOKEN_SCOPES.map((scope) => `${scope}: ${SCOPE_MEANINGS[scope]}`).join('; ');
  return {
    openapi: '3.1.0',
    info: {
      title: 'Coxswain',
      version,
      description: 'For machines: readings, issues, alerts, and what a seat is and has.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'cxs_<id>_<secret>',
          description: `Made with “/pilot token new”. Scopes are ${scopes}.`,
        },
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Coxswain-Signature',
          description: 't=<seconds>,v1=<hex HMAC-SHA256 of "<seconds>.<body>">, not older than five minutes.',
        },
        grafanaSignature: {
          type: 'apiKey',
          in: 'header',
          name: 'X-Grafana-Alerting-Signature',
          description:
            'Hex HMAC-SHA256 of the body, or of "<seconds>:<body>" with the header X-Grafana-Alerting-Timestamp.',
        },
      },
      schemas: { Problem: schemaOf(problemSchema, 'output') },
    },
  };
}
